import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes, describeBroken, outcome } from "../../../../../test/support/tables/broken.ts";
import { deviceName, hex, pad, roundTrip, u16 } from "../../../../../test/support/tables/print.ts";
import { parseWireless, type Wireless } from "./wireless.ts";

const HEADER = `Inter-| sta-|   Quality        |   Discarded packets               | Missed | WE
 face | tus | link level noise |  nwid  crypt   frag  retry   misc | beacon | 22
`;
const TEXT = `${HEADER} wlan0: 0000   54.  -56.  -256        0      0      0      0     12        3
  face: 001f    0   -256   -256        1      2      3      4      5        6
123456789012345: 0000  100.   40.   160.       0      0      0      0      0        0
`;

it("reads levels with and without the mark of a renewed value", () => {
  const rows = parseWireless(bytes(TEXT));
  expect(rows[0]).toEqual({
    device: "wlan0",
    status: 0,
    link: 54,
    level: -56,
    noise: -256,
    linkUpdated: true,
    levelUpdated: true,
    noiseUpdated: false,
    nwid: 0,
    crypt: 0,
    frag: 0,
    retry: 0,
    misc: 12,
    missedBeacon: 3,
    weVersion: 22,
  });
  expect(rows[1]).toMatchObject({
    device: "face",
    status: 0x1f,
    link: 0,
    linkUpdated: false,
    nwid: 1,
    misc: 5,
    missedBeacon: 6,
  });
  expect(rows[2]).toMatchObject({ device: "123456789012345", link: 100, level: 40, noise: 160, noiseUpdated: true });
});

it("keeps the other rows when a level is no number", () => {
  const { strict, kept } = outcome(parseWireless, bytes(TEXT.replace("-56.", "-x6.")));
  expect(strict).toMatchObject({ line: 3, field: "level" });
  expect(kept).toHaveLength(2);
});

it("gives back every row printed as the kernel prints it", () => {
  const quality = fc.integer({ min: -256, max: 255 });
  roundTrip<Wireless>(
    {
      device: deviceName,
      status: u16,
      link: quality,
      level: quality,
      noise: quality,
      linkUpdated: fc.boolean(),
      levelUpdated: fc.boolean(),
      noiseUpdated: fc.boolean(),
      nwid: u16,
      crypt: u16,
      frag: u16,
      retry: u16,
      misc: u16,
      missedBeacon: u16,
      weVersion: fc.constant(22),
    },
    (row) => {
      const mark = (updated: boolean) => (updated ? "." : " ");
      const levels = `${pad(row.link, 3)}${mark(row.linkUpdated)}  ${pad(row.level, 3)}${mark(row.levelUpdated)}  ${pad(row.noise, 3)}${mark(row.noiseUpdated)}`;
      const losses = [row.nwid, row.crypt, row.frag, row.retry, row.misc].map((value) => pad(value, 6)).join(" ");
      return `${pad(row.device, 6)}: ${hex(row.status, 4)}  ${levels}  ${losses}   ${pad(row.missedBeacon, 6)}`;
    },
    parseWireless,
    { header: HEADER },
  );
});

describeBroken("wireless", TEXT, parseWireless, { header: HEADER });
