import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes, describeBroken, outcome, utf8Bytes } from "../../../../../../test/support/tables/broken.ts";
import { parseUnix, unix } from "./unix.ts";

const HEADER = "Num       RefCount Protocol Flags    Type St Inode Path\n";
const CAPTURE = `${HEADER}00000000d01efaba: 00000002 00000000 00010000 0001 01 350241 /tmp/us/a b  c
00000000c764166e: 00000002 00000000 00010000 0005 01 350247 /tmp/us/trail${" "}
00000000a259d5ab: 00000003 00000000 00000000 0001 03 350254
0000000098420536: 00000003 00000000 00000000 0002 03   573
00000000d43bde0a: 00000003 00000000 00000000 0001 02     0 /tmp/us/a b  c
0000000011e04d56: 00000002 00000000 00010000 0001 01 350244 @
00000000263e86ff: 00000002 00000000 00010000 0001 01 350245 @  spaces${" "}
(____ptrval____): 00000002 00000000 00010000 0001 01 350243 @abs@with@nul
d521d013: 00000002 00000000 00000000 000B 07 350248
`;

it("reads whole names, blanks included, and unnamed sockets", () => {
  const rows = parseUnix(bytes(CAPTURE));
  expect(rows[0]).toEqual({
    refCount: 2,
    protocol: 0,
    flags: 0x10000,
    listening: true,
    type: "STREAM",
    state: "UNCONNECTED",
    inode: 350241,
    path: "/tmp/us/a b  c",
  });
  expect(rows.map((row) => [row.type, row.state, row.inode, row.path])).toEqual([
    ["STREAM", "UNCONNECTED", 350241, "/tmp/us/a b  c"],
    ["SEQPACKET", "UNCONNECTED", 350247, "/tmp/us/trail "],
    ["STREAM", "CONNECTED", 350254, undefined],
    ["DGRAM", "CONNECTED", 573, undefined],
    ["STREAM", "CONNECTING", 0, "/tmp/us/a b  c"],
    ["STREAM", "UNCONNECTED", 350244, "@"],
    ["STREAM", "UNCONNECTED", 350245, "@  spaces "],
    ["STREAM", "UNCONNECTED", 350243, "@abs@with@nul"],
    ["UNKNOWN(11)", "UNKNOWN(7)", 350248, undefined],
  ]);
});

it("gives a line that is no row to the name before it", () => {
  const text = `${HEADER}00000000d01efaba: 00000002 00000000 00010000 0001 01 7 /tmp/a\nb\n\nc\n00000000d01efabb: 00000002 00000000 00010000 0001 01 8\n`;
  expect(parseUnix(bytes(text)).map((row) => row.path)).toEqual(["/tmp/a\nb\n\nc", undefined]);
  const { strict, kept, issues } = outcome(parseUnix, bytes(text.replace(" /tmp/a", "")));
  expect(strict).toMatchObject({ code: "ERR_PARSE", line: 3, field: "row" });
  expect(issues).toHaveLength(3);
  expect(kept).toHaveLength(2);
});

it("reports the inode that a forged row repeats", () => {
  const forged = `${HEADER}00000000d01efaba: 00000002 00000000 00010000 0001 01 7 /run/real\n0000000000000001: 00000002 00000000 00000000 0001 01 8 /tmp/nl\n0000000000000002: 00000002 00000000 00010000 0001 01 7 FAKE\n`;
  const issues: unknown[] = [];
  expect(parseUnix(bytes(forged), { onIssue: (issue) => issues.push(issue) })).toHaveLength(3);
  expect(issues).toEqual([
    expect.objectContaining({ code: "ERR_SUSPECT", message: expect.stringContaining('"FAKE"') }),
  ]);
});

it("keeps the bytes of names that are not UTF-8", () => {
  const row = (name: string) => `${HEADER}00000000d01efaba: 00000002 00000000 00010000 0001 01 7 ${name}\n`;
  const [odd] = parseUnix(bytes(row("/tmp/\u00ff\u00fe")));
  expect(odd?.path).toBe("/tmp/\ufffd\ufffd");
  expect(odd?.pathBytes).toEqual(bytes("/tmp/\u00ff\u00fe"));
  const [fine] = parseUnix(utf8Bytes(row("/tmp/é\u2028")));
  expect(fine?.path).toBe("/tmp/é\u2028");
  expect(fine && "pathBytes" in fine).toBe(false);
});

it("filters before a row is made, and takes the lines of an unwanted name with it", () => {
  const text = bytes(`${CAPTURE}00000000d01efabb: 00000002 00000000 00010000 0001 01 9 /x\ny\n`);
  expect(parseUnix(text, { where: { type: "SEQPACKET" } }).map((row) => row.inode)).toEqual([350247]);
  expect(parseUnix(text, { where: { listening: false } })).toHaveLength(4);
  expect(parseUnix(text, { where: { state: ["CONNECTED"] } })).toHaveLength(2);
  expect(parseUnix(text, { where: { inode: new Set([9, 573]) } }).map((row) => row.path)).toEqual([undefined, "/x\ny"]);
});

it("counts by state what it reads as rows", () => {
  const counter = unix.counter?.({});
  const text = bytes(CAPTURE);
  counter?.scan(text, 0, text.length);
  expect(counter?.finish(false)).toEqual(
    new Map([
      ["UNCONNECTED", 5],
      ["CONNECTED", 2],
      ["CONNECTING", 1],
      ["UNKNOWN(7)", 1],
    ]),
  );
});

it("gives back every name that is not itself a row", () => {
  const name = fc.uint8Array({ minLength: 0, maxLength: 107 });
  fc.assert(
    fc.property(fc.array(name), (names) => {
      const rows = names.map((path, at) => {
        const head = bytes(`00000000d01efaba: 00000002 00000000 00010000 0001 01 ${String(at + 1).padStart(5)} `);
        return [...head, ...path, 0x0a];
      });
      const read = parseUnix(Uint8Array.from([...bytes(HEADER), ...rows.flat()]));
      expect(read.map((row) => row.pathBytes ?? utf8Bytes(row.path ?? ""))).toEqual(names);
    }),
    { numRuns: 100 },
  );
});

describeBroken("unix", CAPTURE, parseUnix, { header: HEADER });
