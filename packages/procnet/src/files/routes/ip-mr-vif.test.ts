import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes, describeBroken } from "../../../../../test/support/tables/broken.ts";
import {
  address4,
  deviceName,
  digits4,
  pad,
  roundTrip,
  u16,
  u32,
  upperHex,
} from "../../../../../test/support/tables/print.ts";
import { MifFlags, VifFlags } from "../../codes/multicast.ts";
import { flagNames } from "../../codes/two-way.ts";
import { type Ip6MrVif, type IpMrVif, parseIp6MrVif, parseIpMrVif } from "./ip-mr-vif.ts";

// Linux 6.18: interfaces added with MRT_ADD_VIF and MRT6_ADD_MIF, the second one by its index.
const HEADER = "Interface      BytesIn  PktsIn  BytesOut PktsOut Flags Local    Remote\n";
const CAPTURE = `${HEADER} 0 e0               28       1         0       0 00000 0302010A 00000000
 1 123456789012345        0       0        28       1 00008 00000005 00000000
 2 pimreg            0       0        28       1 00004 0302010A 090200C0
 3 none              0       0        -1       0 08001 0302010A 00000000
`;
const HEADER6 = "Interface      BytesIn  PktsIn  BytesOut PktsOut Flags\n";
const CAPTURE6 = `${HEADER6} 0 e0                0       0         0       0 00000
 2 pim6reg           0       9 18446744073709551615       0 00001
`;

it("reads the interfaces of IPv4 multicast routing", () => {
  const rows = parseIpMrVif(bytes(CAPTURE), { byteOrder: "LE" });
  const none = { bytesIn: 0, packetsIn: 0, bytesOut: 0, packetsOut: 0 };
  const local = { local: "10.1.2.3", localIfIndex: undefined, remote: "0.0.0.0" };
  const out = { bytesOut: 28, packetsOut: 1 };
  expect(rows).toEqual([
    { ...none, vif: 0, device: "e0", bytesIn: 28, packetsIn: 1, flags: 0, ...local },
    { ...none, vif: 1, device: "123456789012345", ...out, flags: 8, ...local, local: undefined, localIfIndex: 5 },
    { ...none, vif: 2, device: "pimreg", ...out, flags: 4, ...local, remote: "192.0.2.9" },
    { ...none, vif: 3, device: undefined, bytesOut: -1, flags: 0x8001, ...local },
  ]);
  expect(rows.map((row) => flagNames(VifFlags, row.flags).join())).toEqual([
    "",
    "USE_IFINDEX",
    "REGISTER",
    "TUNNEL,STATIC",
  ]);
  const big = CAPTURE.replaceAll("0302010A", "0A010203");
  expect(parseIpMrVif(bytes(big), { byteOrder: "BE" })[0]?.local).toBe("10.1.2.3");
});

it("reads those of IPv6, exactly when asked", () => {
  const [, register] = parseIp6MrVif(bytes(CAPTURE6), { bigint: true });
  const counters = { bytesIn: 0n, packetsIn: 9n, bytesOut: 18446744073709551615n, packetsOut: 0n };
  expect(register).toEqual({ vif: 2, device: "pim6reg", ...counters, flags: MifFlags.REGISTER });
});

it("gives back every row printed as the kernel prints it", () => {
  const device = fc.option(deviceName, { nil: undefined });
  const v6 = { vif: u16, device, bytesIn: u32, packetsIn: u32, bytesOut: u32, packetsOut: u32, flags: u16 };
  const print = (row: Ip6MrVif) =>
    `${pad(row.vif, 2)} ${pad(row.device ?? "none", -10)} ${pad(row.bytesIn, 8)} ${pad(row.packetsIn, 7)}  ` +
    `${pad(row.bytesOut, 8)} ${pad(row.packetsOut, 7)} ${upperHex(row.flags, 5)}`;
  roundTrip<Ip6MrVif>(v6, print, parseIp6MrVif, { header: HEADER6 });
  const flags = fc.constantFrom(0, 1, 4, 0x8000);
  roundTrip<IpMrVif>(
    { ...v6, flags, local: address4, localIfIndex: fc.constant(undefined), remote: address4 },
    (row) => `${print(row)} ${digits4(row.local ?? "", "LE")} ${digits4(row.remote, "LE")}`,
    parseIpMrVif,
    { header: HEADER, byteOrder: "LE" },
  );
});

describeBroken("ip_mr_vif", CAPTURE, parseIpMrVif, { header: HEADER });
describeBroken("ip6_mr_vif", CAPTURE6, parseIp6MrVif, { header: HEADER6 });
