import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes, describeBroken, outcome, utf8Bytes } from "../../../../../test/support/tables/broken.ts";
import { deviceName, pad } from "../../../../../test/support/tables/print.ts";
import { type DeviceStatus, parseDev } from "./dev.ts";

const HEADER = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
`;
/* Captured on Linux 6.18 in a namespace of its own; `ip -s -j link` showed the same numbers for v0 and v1. */
const CAPTURE = `${HEADER}    lo:       0       0    0    0    0     0          0         0        0       0    0    0    0     0       0          0
    v1:     486       5    0    0    0     0          0         0      266       3    0    0    0     0       0          0
    v0:     266       3    0    0    0     0          0         0      486       5    0    0    0     0       0          0
123456789012345:       0       0    0    0    0     0          0         0        0       0    0    0    0     0       0          0
     *:       0       0    0    0    0     0          0         0        0       0    0    0    0     0       0          0
`;
const COLUMNS = [
  ["recvBytes", 7],
  ["recvPackets", 7],
  ["recvErrs", 4],
  ["recvDrop", 4],
  ["recvFifo", 4],
  ["recvFrame", 5],
  ["recvCompressed", 10],
  ["recvMulticast", 9],
  ["sentBytes", 8],
  ["sentPackets", 7],
  ["sentErrs", 4],
  ["sentDrop", 4],
  ["sentFifo", 4],
  ["sentColls", 5],
  ["sentCarrier", 7],
  ["sentCompressed", 10],
] as const;

/** A row whose columns are 1, 2, 3, ... */
const numbered = (name: string) =>
  Object.fromEntries([["name", name], ...COLUMNS.map(([column], index) => [column, index + 1])]);
const NUMBERS = COLUMNS.map((_, index) => index + 1).join(" ");

it("reads interfaces in the file's order, each column into its field", () => {
  const devices = parseDev(bytes(CAPTURE));
  expect([...devices.keys()]).toEqual(["lo", "v1", "v0", "123456789012345", "*"]);
  expect(devices.get("v1")).toMatchObject({ recvBytes: 486, recvPackets: 5, sentBytes: 266, sentPackets: 3 });
  expect(devices.get("v0")).toMatchObject({ recvBytes: 266, recvPackets: 3, sentBytes: 486, sentPackets: 5 });
  expect(parseDev(bytes(`${HEADER}  eth0: ${NUMBERS}\n`)).get("eth0")).toEqual(numbered("eth0"));
});

it("reads the rows of kernels up to 2.6.34: no blank behind the colon, colons in names", () => {
  const devices = parseDev(bytes(`${HEADER}  eth0:${NUMBERS}\neth0:1:${NUMBERS}\n`));
  expect(devices.get("eth0")).toEqual(numbered("eth0"));
  expect(devices.get("eth0:1")).toEqual(numbered("eth0:1"));
});

it("knows its header by place: interfaces may be called like it, or like nothing else", () => {
  const names = ["face", "Inter-|", "*", "0x1", "__proto__", "q'\"", "\u001b[31m", "e\u2003x", "\ufeff", "\u0085"];
  const devices = parseDev(utf8Bytes(HEADER + names.map((name) => `${name.padStart(6)}: ${NUMBERS}\n`).join("")));
  expect([...devices.keys()]).toEqual(names);
  expect(parseDev(bytes(`${HEADER}\xff\xfe: ${NUMBERS}\n`)).has("\ufffd\ufffd")).toBe(true);
});

it("gives 64-bit counters exactly when asked", () => {
  const text = bytes(`${HEADER}  eth0: 18446744073709551615 9007199254740993${" 0".repeat(14)}\n`);
  expect(parseDev(text).get("eth0")?.recvBytes).toBe(2 ** 64);
  const exact = parseDev(text, { bigint: true }).get("eth0");
  expect(exact).toMatchObject({ recvBytes: 18446744073709551615n, recvPackets: 9007199254740993n, sentColls: 0n });
});

it("keeps columns of newer kernels, and reports rows that lack some", () => {
  expect(parseDev(bytes(`${HEADER}  eth0: ${NUMBERS} 17 18\n`)).get("eth0")?.extra).toEqual(["17", "18"]);
  const text = `${HEADER}  eth0: No statistics available.\n  eth1: ${NUMBERS}\n`;
  const { kept, issues } = outcome(parseDev, bytes(text));
  expect([...(kept as Map<string, unknown>).keys()]).toEqual(["eth1"]);
  expect(issues).toMatchObject([{ code: "ERR_PARSE", line: 3, field: "bytes" }]);
});

it("gives back every interface printed as the kernel prints it", () => {
  const counter = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
  const device = fc.record({ name: deviceName, counters: fc.array(counter, { minLength: 16, maxLength: 16 }) });
  const rows = fc.uniqueArray(device, { selector: (row) => row.name });
  fc.assert(
    fc.property(rows, fc.boolean(), (devices, glued) => {
      const print = ({ name, counters }: (typeof devices)[number]) =>
        `${pad(name, 6)}:${glued ? "" : " "}${counters.map((value, at) => pad(String(value), at === 0 && glued ? 0 : COLUMNS[at]![1])).join(" ")}\n`;
      const expected = devices.map(({ name, counters }): [string, DeviceStatus<bigint>] => {
        const values = COLUMNS.map(([column], at) => [column, counters[at]]);
        return [name, { name, ...Object.fromEntries(values) }];
      });
      const parsed = parseDev(bytes(HEADER + devices.map(print).join("")), { bigint: true });
      expect([...parsed]).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});

describeBroken("dev", CAPTURE, parseDev, { header: HEADER });
