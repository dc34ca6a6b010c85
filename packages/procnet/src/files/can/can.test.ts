import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes, describeBroken } from "../../../../../test/support/tables/broken.ts";
import { describeAlike, describeTexts } from "../../../../../test/support/tables/tree-of.ts";
import { CanIdFlags } from "../../codes/can.ts";
import { flagNames } from "../../codes/two-way.ts";
import { parseCanBcm } from "./can-bcm.ts";
import {
  type CanRcvlistEntry,
  canRcvlistAll,
  canRcvlistEff,
  canRcvlistErr,
  canRcvlistFil,
  canRcvlistInv,
  canRcvlistSff,
  parseCanRcvlist,
} from "./can-rcvlist.ts";
import { parseCanStats } from "./can-stats.ts";
import { canResetStats, canVersion } from "./can-text.ts";

const STATS = `
        7 transmitted frames (TXF)
        9 received frames (RXF)
        3 matched frames (RXMF)

       33 % total match ratio (RXMR)
        1 frames/s total tx rate (TXR)
        0 frames/s total rx rate (RXR)

       17 current receive list entries (CRCV)
       18 maximum receive list entries (MRCV)

        2 statistic resets (STR)
        1 user statistic resets (USTR)

`;
const BANNER = "  device   can_id   can_mask      function          userdata       matches  ident\n";
const OLD_BANNER = "  device   can_id   can_mask  function  userdata   matches  ident\n";
const HEADER = "\nreceive list 'rx_sff':\n  (any: no entry)\n";
const RCVLIST = `${HEADER}${BANNER}   vcan0  92345678  9fffffff  00000000cb627637  0000000000000000         0  raw
   vcan0     123    00000123  0000000000000000  0000000000000000        12  bcm
${OLD_BANNER}   device    7ff    000007ff  cb627637  afdf543a  18446744073709551615  isotp
  ((x: no entry)

`;
const BCM = `>>> socket 00000000cb627637 / sk 00000000afdf543a / bo 0000000020f218f6 / dropped 4 / bound vcan0 <<<
rx_op: 123 vcan0 [1]d timeo=500000 thr=100 # recv 3 (10) => reduction: 70%
rx_op: 8000007B any   (2)  # recv 0 (7) => reduction: near 100%
tx_op: 321 vcan0 (2) t1=1000 t2=20000 # sent 17
tx_op: 322 ??? [1] # sent 0

`;

it("reads statistics by abbreviation, with and without the rates", () => {
  const rates = { RXMR: 33, TXR: 1, RXR: 0 };
  const others = { TXF: 7, RXF: 9, RXMF: 3, CRCV: 17, MRCV: 18, STR: 2, USTR: 1 };
  expect(parseCanStats(bytes(STATS))).toEqual({ ...others, ...rates });
  const timerOff = STATS.split("\n").filter((line) => !line.includes("rati") && !line.includes("rate"));
  expect(parseCanStats(bytes(timerOff.join("\n")), { bigint: true })).toMatchObject({ TXF: 7n, USTR: 1n });
});

it("reads filters under both banners, and devices with awkward names", () => {
  const nobody = "0000000000000000";
  expect(parseCanRcvlist(bytes(RCVLIST), { bigint: true })).toEqual([
    {
      device: "vcan0",
      canId: 0x92345678,
      canMask: 0x9fffffff,
      function: "00000000cb627637",
      userdata: nobody,
      matches: 0n,
      ident: "raw",
    },
    { device: "vcan0", canId: 0x123, canMask: 0x123, function: nobody, userdata: nobody, matches: 12n, ident: "bcm" },
    {
      device: "device",
      canId: 0x7ff,
      canMask: 0x7ff,
      function: "cb627637",
      userdata: "afdf543a",
      matches: 2n ** 64n - 1n,
      ident: "isotp",
    },
  ]);
  expect(flagNames(CanIdFlags, 0xc0000000)).toEqual(["RTR", "EFF"]);
  expect(CanIdFlags[0x80000000]).toBe("EFF");
});

it("reads the jobs of a broadcast manager's socket", () => {
  expect(parseCanBcm(bytes(BCM))).toEqual({
    socket: "00000000cb627637",
    sk: "00000000afdf543a",
    bo: "0000000020f218f6",
    dropped: 4,
    bound: "vcan0",
    rxOps: [
      {
        canId: 0x123,
        device: "vcan0",
        frames: 1,
        fd: false,
        settings: { timeo: 500000, thr: 100 },
        checkLength: true,
        received: 3,
        seen: 10,
        reduction: 70,
      },
      {
        canId: 0x8000007b,
        device: "any",
        frames: 2,
        fd: true,
        settings: {},
        checkLength: false,
        received: 0,
        seen: 7,
        reduction: 100,
      },
    ],
    txOps: [
      { canId: 0x321, device: "vcan0", frames: 2, fd: true, settings: { t1: 1000, t2: 20000 }, sent: 17 },
      { canId: 0x322, device: "???", frames: 1, fd: false, settings: {}, sent: 0 },
    ],
  });
  expect(parseCanBcm(bytes(BCM), { bigint: true })?.rxOps[0]?.seen).toBe(10n);
});

it("gives back every filter printed as the kernel prints it", () => {
  const pointer = fc.stringMatching(/^[0-9a-f]{16}$/);
  const filter: fc.Arbitrary<CanRcvlistEntry> = fc.record({
    device: fc.stringMatching(/^[!-9;-~]{1,15}$/).filter((name) => !name.startsWith("(")),
    canId: fc.nat(0xffffffff),
    canMask: fc.nat(0xffffffff),
    function: pointer,
    userdata: pointer,
    matches: fc.nat(),
    ident: fc.constantFrom("raw", "bcm", "isotp", "j1939", "gw"),
  });
  const print = (row: CanRcvlistEntry) => {
    const id = row.canId.toString(16);
    const padded = row.canId >= 0x80000000 ? id.padStart(8, "0") : `   ${id.padStart(3, "0")}  `;
    return `   ${row.device.padEnd(5)}  ${padded}  ${row.canMask.toString(16).padStart(8, "0")}  ${row.function}  ${row.userdata}  ${String(row.matches).padStart(8)}  ${row.ident}\n`;
  };
  fc.assert(
    fc.property(fc.array(filter), (rows) => {
      expect(parseCanRcvlist(bytes(`${HEADER}${BANNER}${rows.map(print).join("")}\n`))).toEqual(rows);
    }),
    { numRuns: 60 },
  );
});

describeBroken("can/stats", STATS, parseCanStats);
describeBroken("can/rcvlist", RCVLIST, parseCanRcvlist, { header: HEADER });
describeBroken("can-bcm", BCM, parseCanBcm);

// can_rcvlist_proc_show, can_rcvlist_sff_proc_show, can_rcvlist_eff_proc_show (net/can/proc.c): each says which list it is.
const listOf = (name: string): string => RCVLIST.replace("rx_sff", name);
describeAlike(parseCanRcvlist, RCVLIST, [
  [canRcvlistAll, "can/rcvlist_all", listOf("rx_all")],
  [canRcvlistFil, "can/rcvlist_fil", listOf("rx_fil")],
  [canRcvlistInv, "can/rcvlist_inv", listOf("rx_inv")],
  [canRcvlistErr, "can/rcvlist_err", listOf("rx_err")],
  [canRcvlistEff, "can/rcvlist_eff", listOf("rx_eff")],
  [canRcvlistSff, "can/rcvlist_sff"],
]);
describeTexts([
  [canResetStats, "can/reset_stats", "can_reset_stats_proc_show", "Scheduled statistic reset #3.\n"],
  [canVersion, "can/version", "can_version_proc_show", "rev 20170425 abi 9\n"],
]);
