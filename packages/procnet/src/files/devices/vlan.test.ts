import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes, describeBroken, outcome } from "../../../../../test/support/tables/broken.ts";
import { deviceName, hex, pad, u16, u32 } from "../../../../../test/support/tables/print.ts";
import { parseVlan, type Vlan } from "./vlan.ts";

const COUNTER_NAMES = [
  "total frames received",
  "total bytes received",
  "Broadcast/Multicast Rcvd",
  "total frames transmitted",
  "total bytes transmitted",
];

function print(vlan: Vlan<bigint>): string {
  const { ingress, egress } = vlan;
  const values = [vlan.recvPackets, vlan.recvBytes, vlan.recvMulticast, vlan.sentPackets, vlan.sentBytes];
  const counters = values.map((value, at) => `${pad(COUNTER_NAMES[at]!, 30)} ${pad(String(value), 12)}\n`);
  return [
    `${vlan.device}  VID: ${vlan.vlanId}\t REORDER_HDR: ${Number(vlan.reorderHdr)}  dev->priv_flags: ${hex(vlan.privFlags)}\n`,
    ...counters.slice(0, 3),
    "\n",
    ...counters.slice(3),
    `Device: ${vlan.realDevice}\n`,
    `INGRESS priority mappings: ${ingress.map(({ tag, packet }) => `${tag}:${packet}${tag < 6 ? " " : ""}`).join(" ")}\n`,
    ` EGRESS priority mappings: ${egress.map(({ tag, packet }) => `${packet}:${tag} `).join("")}\n`,
  ].join("");
}

const VLAN: Vlan<bigint> = {
  device: "eth0.5",
  vlanId: 5,
  reorderHdr: true,
  privFlags: 0x1021,
  recvPackets: 102n,
  recvBytes: 18446744073709551615n,
  recvMulticast: 3n,
  sentPackets: 98n,
  sentBytes: 8116n,
  realDevice: "eth0",
  ingress: [0, 1, 2, 3, 4, 5, 6, 7].map((tag) => ({ tag, packet: tag === 3 ? 6 : 0 })),
  egress: [
    { tag: 1, packet: 0 },
    { tag: 7, packet: 4294967295 },
  ],
};
const TEXT = `eth0.5  VID: 5	 REORDER_HDR: 1  dev->priv_flags: 1021
         total frames received          102
          total bytes received 18446744073709551615
      Broadcast/Multicast Rcvd            3

      total frames transmitted           98
       total bytes transmitted         8116
Device: eth0
INGRESS priority mappings: 0:0  1:0  2:0  3:6  4:0  5:0  6:0 7:0
 EGRESS priority mappings: 0:1 4294967295:7${" "}
`;

it("reads a device, its counters exactly when asked", () => {
  expect(parseVlan(bytes(TEXT), { bigint: true })).toEqual(VLAN);
  expect(parseVlan(bytes(TEXT))).toMatchObject({ recvPackets: 102, recvBytes: 2 ** 64 });
  expect(print(VLAN)).toBe(TEXT);
});

it("keeps lines of a later kernel", () => {
  expect(parseVlan(bytes(`${TEXT}Something: new\n`))?.extra).toEqual(["Something: new"]);
});

it.each([
  ["total bytes received", 3, TEXT.replace("18446744073709551615", "18446744073709551615x")],
  ["EGRESS", 10, TEXT.replace("0:1 ", "0=1 ")],
  ["VID:", 1, TEXT.replace("VID:", "VIDEO:")],
  ["realDevice", 9, TEXT.replace("Device: eth0\n", "")],
])("names what is wrong with %s, and gives no half device", (field, line, text) => {
  const { strict, kept } = outcome(parseVlan, bytes(text));
  expect(strict).toMatchObject({ code: "ERR_PARSE", field, line });
  expect(kept).toBeUndefined();
});

it("gives back every device printed as the kernel prints it", () => {
  const counter = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
  const priority = fc.record({ tag: fc.integer({ min: 0, max: 7 }), packet: u32 });
  const vlan: fc.Arbitrary<Vlan<bigint>> = fc.record({
    device: deviceName,
    vlanId: fc.integer({ min: 0, max: 4095 }),
    reorderHdr: fc.boolean(),
    privFlags: u16,
    recvPackets: counter,
    recvBytes: counter,
    recvMulticast: counter,
    sentPackets: counter,
    sentBytes: counter,
    realDevice: deviceName,
    ingress: fc.array(u32, { minLength: 8, maxLength: 8 }).map((all) => all.map((packet, tag) => ({ tag, packet }))),
    egress: fc.array(priority),
  });
  fc.assert(
    fc.property(vlan, (expected) => {
      expect(parseVlan(bytes(print(expected)), { bigint: true })).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});

describeBroken("vlan/*", TEXT, parseVlan);
