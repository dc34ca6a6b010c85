import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes } from "../../../../../test/support/tables/broken.ts";
import { checkFile } from "../../../../../test/support/tables/file-case.ts";
import { describeAlike } from "../../../../../test/support/tables/tree-of.ts";
import { bnep, cmtp, hci, hidp, iso, l2cap, parseBluetooth, rfcomm, sco } from "./bluetooth.ts";
import { parseLlcCore, parseLlcSocket } from "./llc.ts";
import { parsePfkey } from "./pfkey.ts";
import { parsePhonet, parsePnresource } from "./phonet.ts";
import { parseX25Forward, parseX25Route, parseX25Socket } from "./x25.ts";

// No such hardware or module was at hand: the texts follow the formats in the kernel's sources.
const BT_HEADER = "sk               RefCnt Rmem   Wmem   User   Inode  Parent\n";
const POINTER = "000000006d3c5f21";
const memory = { refCnt: 2, rmem: 0, wmem: 5, user: 1000, inode: 44004585 };

checkFile({
  name: "l2cap",
  header: BT_HEADER,
  text: `${POINTER} 2      0      5      1000   44004585 139915\n(____ptrval____) 2      0      5      4294967295 668    0     \n`,
  parse: parseBluetooth,
  rows: [
    { pointer: POINTER, ...memory, src: undefined, dst: undefined, parent: 139915 },
    { pointer: "(____ptrval____)", ...memory, user: 4294967295, inode: 668, src: undefined, dst: undefined, parent: 0 },
  ],
});

it("reads the addresses of kernels about 3.10, and keeps columns of newer ones", () => {
  const [src, dst] = ["00:1a:7d:da:71:13", "00:00:00:00:00:00"];
  const header = "sk               RefCnt Rmem   Wmem   User   Inode  Src Dst Parent\n";
  const old = `${header}${POINTER} 2      0      5      1000   44004585 ${src} ${dst} 0\n`;
  expect(parseBluetooth(bytes(old))).toEqual([{ pointer: POINTER, ...memory, src, dst, parent: 0 }]);
  const newer = `${BT_HEADER.trimEnd()} State\n${POINTER} 2      0      5      1000   44004585 0      9\n`;
  expect(parseBluetooth(bytes(newer))[0]).toMatchObject({ parent: 0, extra: ["9"] });
});

it("gives back every Bluetooth row printed as the kernel prints it", () => {
  const word = fc.nat();
  const row = fc.record({ refCnt: word, rmem: word, wmem: word, user: word, inode: word, parent: word });
  fc.assert(
    fc.property(fc.array(row), (rows) => {
      const lines = rows.map(
        (each) =>
          `${POINTER} ${Object.values(each)
            .map((value) => String(value).padEnd(6))
            .join(" ")}\n`,
      );
      const expected = rows.map((each) => ({ pointer: POINTER, ...each, src: undefined, dst: undefined }));
      expect(parseBluetooth(bytes(BT_HEADER + lines.join("")))).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});

checkFile({
  name: "pfkey",
  header: "sk       RefCnt Rmem   Wmem   User   Inode\n",
  text: `${POINTER} 2      0      5      1000   44004585\n`,
  parse: parsePfkey,
  rows: [{ pointer: POINTER, ...memory }],
});

checkFile({
  name: "phonet",
  header: `${"pt  loc  rem rs st tx_queue rx_queue   uid inode ref pointer drops".padEnd(127)}\n`,
  text: `${` 2 6C40:0001:10 07 00000002:000000FF    -2 24601 2 ${POINTER} 3`.padEnd(127)}\n`,
  parse: parsePhonet,
  rows: [
    {
      ...{ protocol: 2, local: 0x6c40, remote: 1, resource: 0x10, state: 7, txQueue: 2, rxQueue: 255 },
      ...{ uid: 4294967294, inode: 24601, refCount: 2, pointer: POINTER, drops: 3 },
    },
  ],
});

checkFile({
  name: "pnresource",
  header: `${"rs   uid inode".padEnd(63)}\n`,
  text: `${"10  1000 24601".padEnd(63)}\n`,
  parse: parsePnresource,
  rows: [{ resource: 16, uid: 1000, inode: 24601 }],
});

checkFile({
  name: "x25/route",
  header: "Address          Digits  Device\n",
  text: `123456           6       x25tap0\n${"".padEnd(15)}  0       ???  \n`,
  parse: parseX25Route,
  rows: [
    { address: "123456", digits: 6, device: "x25tap0" },
    { address: "", digits: 0, device: "???" },
  ],
});

checkFile({
  name: "x25/socket",
  header: "dest_addr  src_addr   dev   lci st vs vr va   t  t2 t21 t22 t23 Snd-Q Rcv-Q inode\n",
  text: "*          654321     ???   00A  3  1  2  4   5   3 200 180 181     6     7 24601\n",
  parse: parseX25Socket,
  rows: [
    {
      ...{ destAddr: undefined, srcAddr: "654321", dev: "???", lci: 10, state: 3, vs: 1, vr: 2, va: 4, timer: 5 },
      ...{ t2: 3, t21: 200, t22: 180, t23: 181, sendQueue: 6, receiveQueue: 7, inode: 24601 },
    },
  ],
});

checkFile({
  name: "x25/forward",
  header: "lci dev1       dev2\n",
  text: "1 x25tap0    x25tap1   \n",
  parse: parseX25Forward,
  rows: [{ lci: 1, dev1: "x25tap0", dev2: "x25tap1" }],
});

checkFile({
  name: "llc/socket",
  header: "SKt Mc local_mac_sap        remote_mac_sap       tx_queue rx_queue st uid link\n",
  text: " 1   0 02:00:00:00:00:01@04 02:00:00:00:00:02@FE        1       -2 10   0    1\n",
  parse: parseLlcSocket,
  rows: [
    {
      ...{ type: 1, mc: 0, localMac: "02:00:00:00:00:01", localSap: 4, remoteMac: "02:00:00:00:00:02", remoteSap: 254 },
      ...{ txQueue: 1, rxQueue: -2, state: 10, uid: 0, link: 1 },
    },
  ],
});

checkFile({
  name: "llc/core",
  header: "Connection list:\ndsap state      retr txw rxw pf ff sf df rs cs tack tpfc trs tbs blog busr\n",
  text: " FE  normal       1    2   3  4  5  6  7  8  9   10   11  12  13   14   15\n",
  parse: parseLlcCore,
  rows: [
    {
      ...{ dsap: 254, state: "normal", retr: 1, txw: 2, rxw: 3, pf: 4, ff: 5, sf: 6, df: 7, rs: 8, cs: 9 },
      ...{ tack: 10, tpfc: 11, trs: 12, tbs: 13, blog: 14, busr: 15 },
    },
  ],
});

// bt_seq_show (net/bluetooth/af_bluetooth.c) prints all of them; the protocols add columns behind those.
const SOCKET = `${BT_HEADER}${POINTER} 2      0      5      1000   44004585 0     \n`;
describeAlike(parseBluetooth, SOCKET, [
  [hci, "hci"],
  [l2cap, "l2cap"],
  [rfcomm, "rfcomm"],
  [sco, "sco"],
  [bnep, "bnep"],
  [hidp, "hidp"],
  [cmtp, "cmtp"],
  [iso, "iso"],
]);
