import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes, describeBroken, outcome } from "../../../../../test/support/tables/broken.ts";
import { address4, address6, digits4, digits6, pad, roundTrip, u32 } from "../../../../../test/support/tables/print.ts";
import { type IpMrCache, parseIp6MrCache, parseIpMrCache } from "./ip-mr-cache.ts";

// Linux 6.18, beside `ip mroute`: two routes added with MRT_ADD_MFC, and one that waits for the daemon.
const HEADER = "Group    Origin   Iif     Pkts    Bytes    Wrong Oifs\n";
const CAPTURE = `${HEADER}010101EF 3202010A 0          1       28        0  1:1    2:7${"  "}
020101EF 3302010A 1          0        0        0  0:1${"  "}
070707EF 3C02010A -1         0        0        0
`;
const HEADER6 =
  "Group                            Origin                           Iif      Pkts  Bytes     Wrong  Oifs\n";
const CAPTURE6 = `${HEADER6}ff0e:0000:0000:0000:0000:0000:0000:0001 2001:0db8:0000:0000:0000:0000:0000:0050 0   18446744073709551615        0        0  1:1    2:1${"  "}
ff0e:0000:0000:0000:0000:0000:0000:0002 2001:0db8:0000:0000:0000:0000:0000:0051 -1         0        0        0
`;

it("reads routes as ip mroute shows them", () => {
  const rows = parseIpMrCache(bytes(CAPTURE), { byteOrder: "LE" });
  const none = { packets: 0, bytes: 0, wrong: 0 };
  expect(rows).toEqual([
    {
      group: "239.1.1.1",
      origin: "10.1.2.50",
      iif: 0,
      packets: 1,
      bytes: 28,
      wrong: 0,
      oifs: [
        { vif: 1, ttl: 1 },
        { vif: 2, ttl: 7 },
      ],
    },
    { group: "239.1.1.2", origin: "10.1.2.51", iif: 1, ...none, oifs: [{ vif: 0, ttl: 1 }] },
    { group: "239.7.7.7", origin: "10.1.2.60", iif: -1, ...none, oifs: [] },
  ]);
  expect(parseIpMrCache(bytes(CAPTURE), { byteOrder: "BE" })[0]?.group).toBe("1.1.1.239");
});

it("reads the routes of IPv6, exactly when asked", () => {
  const [first, second] = parseIp6MrCache(bytes(CAPTURE6), { bigint: true });
  expect(first).toMatchObject({ group: "ff0e::1", origin: "2001:db8::50", iif: 0, packets: 18446744073709551615n });
  expect(second).toMatchObject({ group: "ff0e::2", iif: -1, packets: 0n, oifs: [] });
});

it.each([
  [parseIpMrCache, CAPTURE.replace("2:7", "2-7"), "Oifs"],
  [parseIpMrCache, CAPTURE.replace("2:7", "2:"), "Oifs"],
  [parseIp6MrCache, CAPTURE6.replace("ff0e:0000", "ff0e:0"), "Group"],
  [parseIp6MrCache, CAPTURE6.replace("2001:0db8", "2001.0db8"), "Origin"],
])("names the field of a bad row", (parse, text, field) => {
  expect(outcome(parse, bytes(text)).strict).toMatchObject({ code: "ERR_PARSE", line: 2, field });
});

it("gives back every row printed as the kernel prints it", () => {
  const small = fc.integer({ min: 0, max: 254 });
  const oifs = fc.array(fc.record({ vif: small, ttl: small }));
  const rest = { iif: fc.integer({ min: -1, max: 31 }), packets: u32, bytes: u32, wrong: u32, oifs };
  const print = (row: IpMrCache, digits: (address: string) => string) =>
    `${digits(row.group)} ${digits(row.origin)} ${pad(row.iif, -3)} ${pad(row.packets, 8)} ${pad(row.bytes, 8)} ` +
    `${pad(row.wrong, 8)}${row.oifs.map(({ vif, ttl }) => ` ${pad(vif, 2)}:${pad(ttl, -3)}`).join("")}`;
  roundTrip<IpMrCache>(
    { ...rest, group: address4, origin: address4 },
    (row) => print(row, (address) => digits4(address, "BE")),
    parseIpMrCache,
    { header: HEADER, byteOrder: "BE" },
  );
  roundTrip<IpMrCache>(
    { ...rest, group: address6, origin: address6 },
    (row) => print(row, (address) => (digits6(address).match(/.{4}/g) ?? []).join(":")),
    parseIp6MrCache,
    { header: HEADER6 },
  );
});

describeBroken("ip_mr_cache", CAPTURE, parseIpMrCache, { header: HEADER });
describeBroken("ip6_mr_cache", CAPTURE6, parseIp6MrCache, { header: HEADER6 });
