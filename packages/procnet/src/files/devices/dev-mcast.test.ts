import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes, describeBroken, utf8Bytes } from "../../../../../test/support/tables/broken.ts";
import { deviceName, macAddress, pad, roundTrip, u16 } from "../../../../../test/support/tables/print.ts";
import { type DevMcast, parseDevMcast } from "./dev-mcast.ts";

// Linux 6.18, after `ip maddr add 01:00:5e:01:02:03 dev e0` and a socket that joined 239.1.2.3 there.
const CAPTURE = `2    e1              1     0     333300000001
3    e0              2     1     01005e010203
5    123456789012345 1     0     01005e050505
`;

it("reads addresses as ip maddr shows them", () => {
  expect(parseDevMcast(bytes(CAPTURE))).toEqual([
    { ifIndex: 2, device: "e1", refCount: 1, globalUse: 0, address: "33:33:00:00:00:01" },
    { ifIndex: 3, device: "e0", refCount: 2, globalUse: 1, address: "01:00:5e:01:02:03" },
    { ifIndex: 5, device: "123456789012345", refCount: 1, globalUse: 0, address: "01:00:5e:05:05:05" },
  ]);
});

it("takes devices without hardware addresses, InfiniBand's twenty bytes and odd names", () => {
  const text = `7    tun0            1     0     \n8    ib0             1     0     ${"00ff".repeat(10)}\n`;
  const [none, infiniband] = parseDevMcast(bytes(text));
  expect(none).toMatchObject({ device: "tun0", address: undefined });
  expect(infiniband?.address).toHaveLength(59);
  const odd = parseDevMcast(
    utf8Bytes("9    e\u2003\ufeff         1     0     01\n10   *               1     0     01\n"),
  );
  expect(odd.map((row) => row.device)).toEqual(["e\u2003\ufeff", "*"]);
});

it.each(["333", "33330000000g"])("refuses the address %s", (address) => {
  expect(() => parseDevMcast(bytes(`3    e0              1     0     ${address}\n`))).toThrow("address");
});

it("gives back every row printed as the kernel prints it", () => {
  roundTrip<DevMcast>(
    {
      ifIndex: u16,
      device: deviceName,
      refCount: u16,
      globalUse: u16,
      address: fc.option(macAddress, { nil: undefined }),
    },
    (row) =>
      `${pad(row.ifIndex, -4)} ${pad(row.device, -15)} ${pad(row.refCount, -5)} ${pad(row.globalUse, -5)} ${(row.address ?? "").replaceAll(":", "")}`,
    parseDevMcast,
  );
});

describeBroken("dev_mcast", CAPTURE, parseDevMcast);
