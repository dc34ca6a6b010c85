import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes, describeBroken, outcome } from "../../../../../test/support/tables/broken.ts";
import { address6, deviceName, digits6, hex, pad, roundTrip, u32 } from "../../../../../test/support/tables/print.ts";
import { RouteFlags } from "../../codes/route-flags.ts";
import { ROUTER_PREFERENCE_MASK, routerPreference } from "../../codes/route-type.ts";
import { flagNames } from "../../codes/two-way.ts";
import { type Ipv6Route, parseIpv6Route } from "./ipv6-route.ts";

const ZERO = "00000000000000000000000000000000";
// Linux 6.18, beside `ip -6 route show table all`.
const CAPTURE = `20010db8000100000000000000000000 40 ${ZERO} 00 ${ZERO} 00000100 00000001 00000000 00000001 123456789012345
20010db8000200000000000000000000 30 ${ZERO} 00 20010db8000000000000000000000001 00000005 00000002 00000000 00000003       e0
20010db8000300000000000000000000 30 ${ZERO} 00 fe800000000000000000000000000001 00000400 00000001 00000000 08000003       e0
20010db8000400000000000000000000 30 ${ZERO} 00 fe800000000000000000000000000001 00000400 00000003 00000000 18000003       e0
20010db8000500000000000000000000 30 20010db8000000000000000000000000 40 ${ZERO} 00000400 00000002 00000000 00000001       e0
20010db8000600000000000000000000 30 ${ZERO} 00 ${ZERO} 00000400 00000002 00000000 00200200       lo
${ZERO} 00 ${ZERO} 00 ${ZERO} ffffffff 00000002 00000000 00200200       lo
20010db8000000000000000000000000 80 ${ZERO} 00 ${ZERO} 00000000 00000003 00000000 00300001       e0
20010db8000000000000000000000005 80 ${ZERO} 00 ${ZERO} 00000000 00000004 00000000 80200001       e0
ff000000000000000000000000000000 08 ${ZERO} 00 ${ZERO} 00000100 00000004 00000000 00000001       e1
`;

it("reads routes as ip -6 route shows them", () => {
  const rows = parseIpv6Route(bytes(CAPTURE));
  expect(rows[1]).toEqual({
    destination: "2001:db8:2::",
    destinationPrefixLength: 48,
    source: "::",
    sourcePrefixLength: 0,
    nextHop: "2001:db8::1",
    metric: 5,
    refCnt: 2,
    use: 0,
    flags: 3,
    iface: "e0",
  });
  const shown = rows.map((row) => [
    `${row.destination}/${row.destinationPrefixLength} via ${row.nextHop} dev ${row.iface} metric ${row.metric}`,
    routerPreference(row.flags),
    flagNames(RouteFlags, (row.flags & ~ROUTER_PREFERENCE_MASK) >>> 0).join(" "),
  ]);
  expect(shown).toEqual([
    ["2001:db8:1::/64 via :: dev 123456789012345 metric 256", "MEDIUM", "UP"],
    ["2001:db8:2::/48 via 2001:db8::1 dev e0 metric 5", "MEDIUM", "UP GATEWAY"],
    ["2001:db8:3::/48 via fe80::1 dev e0 metric 1024", "HIGH", "UP GATEWAY"],
    ["2001:db8:4::/48 via fe80::1 dev e0 metric 1024", "LOW", "UP GATEWAY"],
    ["2001:db8:5::/48 via :: dev e0 metric 1024", "MEDIUM", "UP"],
    ["2001:db8:6::/48 via :: dev lo metric 1024", "MEDIUM", "REJECT NONEXTHOP"],
    ["::/0 via :: dev lo metric 4294967295", "MEDIUM", "REJECT NONEXTHOP"],
    ["2001:db8::/128 via :: dev e0 metric 0", "MEDIUM", "UP ANYCAST NONEXTHOP"],
    ["2001:db8::5/128 via :: dev e0 metric 0", "MEDIUM", "UP NONEXTHOP LOCAL"],
    ["ff00::/8 via :: dev e1 metric 256", "MEDIUM", "UP"],
  ]);
  expect(rows[4]).toMatchObject({ source: "2001:db8::", sourcePrefixLength: 64 });
});

it("takes a route without an interface", () => {
  const text = CAPTURE.split("\n")[6]?.replace("lo", "  ");
  expect(parseIpv6Route(bytes(`${text}\n`))).toMatchObject([{ iface: undefined, metric: 0xffffffff }]);
});

it.each([
  ["source prefix length", " 30 20010db8000000000000000000000000 40", " 30 20010db8000000000000000000000000 81"],
  ["next hop", "fe800000000000000000000000000001", "fe80000000000000000000000000001"],
  ["flags", "08000003", "108000003"],
])("names the field %s of a bad row", (field, from, to) => {
  const { strict, kept, issues } = outcome(parseIpv6Route, bytes(CAPTURE.replace(from, to)));
  expect(strict).toMatchObject({ code: "ERR_PARSE", field });
  expect(issues).toHaveLength(1);
  expect(kept).toHaveLength(9);
});

it("gives back every row printed as the kernel prints it", () => {
  const length = fc.integer({ min: 0, max: 128 });
  roundTrip<Ipv6Route>(
    {
      destination: address6,
      destinationPrefixLength: length,
      source: address6,
      sourcePrefixLength: length,
      nextHop: address6,
      metric: u32,
      refCnt: u32,
      use: u32,
      flags: u32,
      iface: fc.option(deviceName, { nil: undefined }),
    },
    (row) =>
      `${digits6(row.destination)} ${hex(row.destinationPrefixLength, 2)} ${digits6(row.source)} ` +
      `${hex(row.sourcePrefixLength, 2)} ${digits6(row.nextHop)} ${hex(row.metric, 8)} ${hex(row.refCnt, 8)} ` +
      `${hex(row.use, 8)} ${hex(row.flags, 8)} ${pad(row.iface ?? "", 8)}`,
    parseIpv6Route,
  );
});

describeBroken("ipv6_route", CAPTURE, parseIpv6Route);
