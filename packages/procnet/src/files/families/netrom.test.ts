import { checkFile } from "../../../../../test/support/tables/file-case.ts";
import { parseNr, parseNrNeigh, parseNrNodes } from "./netrom.ts";

// No such hardware or module was at hand: the texts follow the formats in the kernel's sources.
checkFile({
  name: "nr",
  header:
    "user_addr dest_node src_node  dev    my  your  st  vs  vr  va    t1     t2     t4      idle   n2  wnd Snd-Q Rcv-Q inode\n",
  text: "N0CALL    N1CALL-1  N2CALL    nr0  04/0A 07/02  3   1   2   5   9/120  8/005   7/180   6/020  1/03   4    11    12 24601\n",
  parse: parseNr,
  rows: [
    {
      ...{ userAddr: "N0CALL", destNode: "N1CALL-1", srcNode: "N2CALL", dev: "nr0" },
      ...{ myIndex: 4, myId: 10, yourIndex: 7, yourId: 2, state: 3, vs: 1, vr: 2, va: 5 },
      ...{ t1Timer: 9, t1: 120, t2Timer: 8, t2: 5, t4Timer: 7, t4: 180, idleTimer: 6, idle: 20, n2Count: 1, n2: 3 },
      ...{ window: 4, sendQueue: 11, receiveQueue: 12, inode: 24601 },
    },
  ],
});

checkFile({
  name: "nr_neigh",
  header: "addr  callsign  dev  qual lock count failed digipeaters\n",
  text: "00001 N1CALL    bpq0   192    0     2      3 DIGI1\n",
  parse: parseNrNeigh,
  rows: [{ addr: 1, callsign: "N1CALL", dev: "bpq0", qual: 192, lock: 0, count: 2, failed: 3, digipeaters: ["DIGI1"] }],
});

checkFile({
  name: "nr_nodes",
  header: "callsign  mnemonic w n qual obs neigh qual obs neigh qual obs neigh\n",
  text: "N1CALL-1  HUB      1 2  192   6 00001  128   5 00002\n",
  parse: parseNrNodes,
  rows: [
    {
      ...{ callsign: "N1CALL-1", mnemonic: "HUB", which: 1 },
      routes: [
        { qual: 192, obs: 6, neigh: 1 },
        { qual: 128, obs: 5, neigh: 2 },
      ],
    },
  ],
});
