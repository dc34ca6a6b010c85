import { checkFile } from "../../../../../test/support/tables/file-case.ts";
import { parseRose, parseRoseNeigh, parseRoseNodes, parseRoseRoutes } from "./rose.ts";

// No such hardware or module was at hand: the texts follow the formats in the kernel's sources.
checkFile({
  name: "rose",
  header:
    "dest_addr  dest_call src_addr   src_call  dev   lci neigh st vs vr va   t  t1  t2  t3  hb    idle Snd-Q Rcv-Q inode\n",
  text: "2080175520 N1CALL    2080175521 ??????-?  rose0 00A 00001  3  1  2  4   5 200 181 180   6   7/008     9    11 24601\n",
  parse: parseRose,
  rows: [
    {
      ...{ destAddr: "2080175520", destCall: "N1CALL", srcAddr: "2080175521", srcCall: "??????-?", dev: "rose0" },
      ...{ lci: 10, neigh: 1, state: 3, vs: 1, vr: 2, va: 4, timer: 5, t1: 200, t2: 181, t3: 180, hb: 6 },
      ...{ idleTimer: 7, idle: 8, sendQueue: 9, receiveQueue: 11, inode: 24601 },
    },
  ],
});

checkFile({
  name: "rose_neigh",
  header: "addr  callsign  dev  count use mode restart  t0  tf digipeaters\n",
  text: "00001 RSLOOP-0  ???      1   2  DCE     yes   3   4\n",
  parse: parseRoseNeigh,
  rows: [
    {
      ...{ addr: 1, callsign: "RSLOOP-0", dev: "???", count: 1, use: 2, mode: "DCE", restart: "yes", t0: 3, tf: 4 },
      digipeaters: [],
    },
  ],
});

checkFile({
  name: "rose_nodes",
  header: "address    mask n neigh neigh neigh\n",
  text: "2080175520 0010 2 00001 00002\n",
  parse: parseRoseNodes,
  rows: [{ address: "2080175520", mask: 10, neighs: [1, 2] }],
});

checkFile({
  name: "rose_routes",
  header: "lci  address     callsign   neigh  <-> lci  address     callsign   neigh\n",
  text: "00A  2080175520  N1CALL     00001      000  *           *          00000\n",
  parse: parseRoseRoutes,
  rows: [
    {
      src: { lci: 10, address: "2080175520", callsign: "N1CALL", neigh: 1 },
      dest: { lci: 0, address: "*", callsign: "*", neigh: 0 },
    },
  ],
});
