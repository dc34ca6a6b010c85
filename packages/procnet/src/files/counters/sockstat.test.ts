import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes, describeBroken, outcome } from "../../../../../test/support/tables/broken.ts";
import { parseSockstat, parseSockstat6 } from "./sockstat.ts";

const CAPTURE = `sockets: used 18
TCP: inuse 1 orphan 3 tw 4 alloc 20003 mem 7
UDP: inuse 5 mem 6
UDPLITE: inuse 2
RAW: inuse 8
FRAG: inuse 9 memory 4096
`;
const CAPTURE6 = `TCP6: inuse 3
UDP6: inuse 0
UDPLITE6: inuse 1
RAW6: inuse 2
FRAG6: inuse 4 memory 8192
`;

it("reads both families", () => {
  expect(parseSockstat(bytes(CAPTURE))).toEqual({
    sockets: { used: 18 },
    TCP: { inuse: 1, orphan: 3, tw: 4, alloc: 20003, mem: 7 },
    UDP: { inuse: 5, mem: 6 },
    UDPLITE: { inuse: 2 },
    RAW: { inuse: 8 },
    FRAG: { inuse: 9, memory: 4096 },
  });
  expect(parseSockstat6(bytes(CAPTURE6))).toEqual({
    TCP6: { inuse: 3 },
    UDP6: { inuse: 0 },
    UDPLITE6: { inuse: 1 },
    RAW6: { inuse: 2 },
    FRAG6: { inuse: 4, memory: 8192 },
  });
});

it("takes kernels without UDP-Lite, without memory of UDP, and with keys and names that nobody knows", () => {
  const text = "sockets: used 1\nUDP: inuse 0\nTCP: inuse -1 orphan 0 fresh 5\nNEW: inuse 3\nTCP: late 6\n";
  const sockstat = parseSockstat(bytes(text));
  expect(sockstat.UDPLITE).toBeUndefined();
  expect(sockstat.UDP.mem).toBeUndefined();
  expect(sockstat.TCP).toEqual({ inuse: -1, orphan: 0, fresh: 5, late: 6 });
  expect(sockstat.NEW).toEqual({ inuse: 3 });
});

it.each([
  ["UDP inuse 5", "key"],
  ["UDP:", "name"],
  ["UDP: inuse", "inuse"],
  ["UDP: inuse x", "inuse"],
  ["UDP: inuse 5 mem", "mem"],
])("reports the line %j and keeps the others", (line, field) => {
  const { strict, kept } = outcome(parseSockstat, bytes(CAPTURE.replace("UDP: inuse 5 mem 6", line)));
  expect(strict).toMatchObject({ code: "ERR_PARSE", line: 3, field });
  expect(Object.keys(kept as object)).toEqual(["sockets", "TCP", "UDPLITE", "RAW", "FRAG"]);
});

it("gives back every text printed as the kernel prints it, prototype names among them", () => {
  const name = fc.oneof(fc.stringMatching(/^[A-Za-z_]{1,9}[A-Za-z]$/), fc.constant("__proto__"));
  const values = fc.uniqueArray(fc.tuple(name, fc.integer()), { selector: ([key]) => key, minLength: 1 });
  const lines = fc.uniqueArray(fc.tuple(name, values), { selector: ([key]) => key });
  fc.assert(
    fc.property(lines, (rows) => {
      const text = rows.map(([key, pairs]) => `${key}: ${pairs.map((pair) => pair.join(" ")).join(" ")}\n`).join("");
      const read = Object.entries(parseSockstat(bytes(text))).map(([key, found]) => [key, Object.entries(found ?? {})]);
      expect(read).toEqual(rows);
    }),
    { numRuns: 60 },
  );
});

describeBroken("sockstat", CAPTURE, parseSockstat);
describeBroken("sockstat6", CAPTURE6, parseSockstat6);
