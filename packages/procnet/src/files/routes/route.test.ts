import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes, describeBroken, outcome, utf8Bytes } from "../../../../../test/support/tables/broken.ts";
import { address4, deviceName, digits4, u32, upperHex } from "../../../../../test/support/tables/print.ts";
import { RouteFlags } from "../../codes/route-flags.ts";
import { flagNames } from "../../codes/two-way.ts";
import { parseRoute, type RouteEntry } from "./route.ts";

const line = (text: string) => `${text.replaceAll(" ", "\t").padEnd(127)}\n`;
const HEADER = `${"Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT".padEnd(127)}\n`;

/* Captured on Linux 6.18 in a namespace of its own; `ip -j route` showed what the comments say. */
const CAPTURE = [
  HEADER,
  line("v0 00000000 0200090A 0003 0 0 0 00000000 0 0 0"), // default via 10.9.0.2
  line("v0 0000090A 00000000 0001 0 0 0 00FFFFFF 0 0 0"), // 10.9.0.0/24
  line("* 00000B0A 00000000 0001 0 0 0 0000FFFF 0 0 0"), // blackhole 10.11.0.0/16
  line("* 00000C0A 00000000 0201 0 0 0 0000FFFF 0 0 0"), // unreachable 10.12.0.0/16
  line("v0 00000D0A 0200090A 0003 0 0 4294967295 0000FFFF 0 0 0"), // 10.13.0.0/16 via 10.9.0.2 metric 4294967295
  line("* 0101100A 00000000 0205 0 0 0 FFFFFFFF 0 0 0"), // prohibit 10.16.1.1
  line("v0 0000110A 00000000 0003 0 0 0 0000FFFF 1240 0 0"), // 10.17.0.0/16 via inet6 fd00:9::2 advmss 1200
  line("v0 0000120A 00000000 0001 0 0 0 0000FFFF 0 8000 3"), // 10.18.0.0/16 window 8000 rtt 3
].join("");
const ZERO = { gateway: "0.0.0.0", refCnt: 0, use: 0, metric: 0, mtu: 0, window: 0, irtt: 0 };
const ROUTES: readonly RouteEntry[] = [
  { ...ZERO, iface: "v0", destination: "0.0.0.0", gateway: "10.9.0.2", flags: 3, mask: "0.0.0.0" },
  { ...ZERO, iface: "v0", destination: "10.9.0.0", flags: 1, mask: "255.255.255.0" },
  { ...ZERO, iface: "*", destination: "10.11.0.0", flags: 1, mask: "255.255.0.0" },
  { ...ZERO, iface: "*", destination: "10.12.0.0", flags: 0x201, mask: "255.255.0.0" },
  {
    ...ZERO,
    iface: "v0",
    destination: "10.13.0.0",
    gateway: "10.9.0.2",
    flags: 3,
    metric: 4294967295,
    mask: "255.255.0.0",
  },
  { ...ZERO, iface: "*", destination: "10.16.1.1", flags: 0x205, mask: "255.255.255.255" },
  { ...ZERO, iface: "v0", destination: "10.17.0.0", flags: 3, mask: "255.255.0.0", mtu: 1240 },
  { ...ZERO, iface: "v0", destination: "10.18.0.0", flags: 1, mask: "255.255.0.0", window: 8000, irtt: 3 },
];

it("reads routes of every kind", () => {
  expect(parseRoute(bytes(CAPTURE), { byteOrder: "LE" })).toEqual(ROUTES);
  expect(flagNames(RouteFlags, ROUTES[5]!.flags)).toEqual(["UP", "HOST", "REJECT"]);
});

it("reads the metric of kernels up to 6.12, which is printed with a sign", () => {
  const old = CAPTURE.replace("4294967295", "-1");
  expect(parseRoute(bytes(old), { byteOrder: "LE" })).toEqual(ROUTES);
  const half = parseRoute(bytes(CAPTURE.replace("4294967295", "-2147483648")));
  expect(half[4]?.metric).toBe(2147483648);
});

it("reads the text of a big-endian machine", () => {
  const text = HEADER + line("eth0 C0000200 C0000201 0003 0 0 0 FFFFFF00 0 0 0");
  expect(parseRoute(bytes(text), { byteOrder: "BE" })).toEqual([
    { ...ZERO, iface: "eth0", destination: "192.0.2.0", gateway: "192.0.2.1", flags: 3, mask: "255.255.255.0" },
  ]);
});

it("keeps columns of newer kernels, and names that only look like separators", () => {
  const row = line("e\u2003x 00000000 00000000 0001 0 0 0 00000000 0 0 0 77 new");
  expect(parseRoute(utf8Bytes(HEADER + row))).toMatchObject([{ iface: "e\u2003x", irtt: 0, extra: ["77", "new"] }]);
});

it("takes an empty text for a namespace without a main table", () => {
  expect(parseRoute(bytes(""))).toEqual([]);
});

it("reports a bad row with its place, and keeps the others", () => {
  const { kept, issues } = outcome(parseRoute, bytes(CAPTURE.replace("00000B0A", "100000B0A")));
  expect((kept as unknown[]).length).toBe(ROUTES.length - 1);
  expect(issues).toMatchObject([{ line: 4, column: 3, field: "Destination" }]);
});

it("gives back every route printed as the kernel prints it, in both byte orders", () => {
  const count = fc.nat(2 ** 31 - 1);
  const route: fc.Arbitrary<RouteEntry> = fc.record({
    iface: deviceName,
    destination: address4,
    gateway: address4,
    flags: fc.nat(0xffff),
    refCnt: count,
    use: count,
    metric: u32,
    mask: address4,
    mtu: count,
    window: u32,
    irtt: u32,
  });
  fc.assert(
    fc.property(
      fc.array(route),
      fc.constantFrom("LE" as const, "BE" as const),
      fc.boolean(),
      (rows, byteOrder, old) => {
        const print = (row: RouteEntry) => {
          const [destination, gateway, mask] = [row.destination, row.gateway, row.mask].map((address) =>
            digits4(address, byteOrder),
          );
          const metric = old ? row.metric | 0 : row.metric;
          const numbers = `${row.refCnt}\t${row.use}\t${metric}\t${mask}\t${row.mtu}\t${row.window}\t${row.irtt}`;
          return `${`${row.iface}\t${destination}\t${gateway}\t${upperHex(row.flags, 4)}\t${numbers}`.padEnd(127)}\n`;
        };
        expect(parseRoute(bytes(HEADER + rows.map(print).join("")), { byteOrder })).toEqual(rows);
      },
    ),
    { numRuns: 60 },
  );
});

describeBroken("route", CAPTURE, parseRoute, { header: HEADER });
