import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes, describeBroken } from "../../../../../test/support/tables/broken.ts";
import { deviceName, pad, roundTrip } from "../../../../../test/support/tables/print.ts";
import { parseVlanConfig, type VlanConfig } from "./vlan-config.ts";

const NAME_TYPE = "VLAN_NAME_TYPE_RAW_PLUS_VID_NO_PAD";
const HEADER = `VLAN Dev name\t | VLAN ID\nName-Type: ${NAME_TYPE}\n`;
const TEXT = `${HEADER}eth0.5         | 5  | eth0
123456789012345| 4094  | 12345678901234|
`;

it("reads devices, with names of full width and with bars in them", () => {
  expect(parseVlanConfig(bytes(TEXT))).toEqual([
    { device: "eth0.5", vlanId: 5, realDevice: "eth0", nameType: NAME_TYPE },
    { device: "123456789012345", vlanId: 4094, realDevice: "12345678901234|", nameType: NAME_TYPE },
  ]);
});

it("reads the header of old kernels", () => {
  const text = bytes(TEXT.replace(NAME_TYPE, "VLAN_NAME_TYPE_PLUS_VID  bad_proto_recvd: 0"));
  expect(parseVlanConfig(text)[0]?.nameType).toBe("VLAN_NAME_TYPE_PLUS_VID");
});

it("gives back every row printed as the kernel prints it", () => {
  roundTrip<VlanConfig>(
    {
      device: deviceName,
      vlanId: fc.integer({ min: 0, max: 4095 }),
      realDevice: deviceName,
      nameType: fc.constant(NAME_TYPE),
    },
    (row) => `${pad(row.device, -15)}| ${row.vlanId}  | ${row.realDevice}`,
    parseVlanConfig,
    { header: HEADER },
  );
});

describeBroken("vlan/config", TEXT, parseVlanConfig, { header: HEADER });
