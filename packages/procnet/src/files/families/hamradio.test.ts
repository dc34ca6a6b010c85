import { expect, it } from "vitest";
import { bytes } from "../../../../../test/support/tables/broken.ts";
import { checkFile } from "../../../../../test/support/tables/file-case.ts";
import { parseAx25, parseAx25Calls, parseAx25Route } from "./ax25.ts";
import { parseBpqether } from "./bpqether.ts";
import { parseNr, parseNrNeigh, parseNrNodes } from "./netrom.ts";
import { parseRose, parseRoseNeigh, parseRoseNodes, parseRoseRoutes } from "./rose.ts";
import { parseYam } from "./yam.ts";

// No such hardware or module was at hand: the texts follow the formats in the kernel's sources.
const link = {
  ...{ state: 3, vs: 1, vr: 2, va: 4, t1Timer: 5, t1: 10, t2Timer: 6, t2: 3, t3Timer: 240, t3: 300 },
  ...{ idleTimer: 7, idle: 1200, n2Count: 0, n2: 10, rtt: 8, window: 2, paclen: 256 },
};
const NUMBERS = "3 1 2 4 5 10 6 3 240 300 7 1200 0 10 8 2 256";

checkFile({
  name: "ax25",
  header: "",
  text: `000000006d3c5f21 bpq0 N0CALL-1* N1CALL,DIGI1*,DIGI2 ${NUMBERS} 9 11 24601\nd0a1b2c3 ??? N0CALL * ${NUMBERS} * * *\n`,
  parse: parseAx25,
  rows: [
    {
      ...{ pointer: "000000006d3c5f21", dev: "bpq0", srcAddr: "N0CALL-1*", destAddr: "N1CALL" },
      ...{ digipeaters: ["DIGI1*", "DIGI2"], ...link, sendQueue: 9, receiveQueue: 11, inode: 24601 },
    },
    {
      ...{ pointer: "d0a1b2c3", dev: "???", srcAddr: "N0CALL", destAddr: "*", digipeaters: [], ...link },
      ...{ sendQueue: undefined, receiveQueue: undefined, inode: undefined },
    },
  ],
});

checkFile({
  name: "ax25_route",
  header: "callsign  dev  mode digipeaters\n",
  text: "default   bpq0   vc DIGI1 DIGI2\nN1CALL    bpq0    *\n",
  parse: parseAx25Route,
  rows: [
    { callsign: "default", dev: "bpq0", mode: "vc", digipeaters: ["DIGI1", "DIGI2"] },
    { callsign: "N1CALL", dev: "bpq0", mode: "*", digipeaters: [] },
  ],
});

checkFile({
  name: "ax25_calls",
  header: "Policy: 1\n",
  text: "  1000 N0CALL\n",
  parse: (text, options) => parseAx25Calls(text, options).users,
  rows: [{ uid: 1000, callsign: "N0CALL" }],
});

it("reads the policy of ax25_calls", () => {
  expect(parseAx25Calls(bytes("Policy: 1\n"))).toEqual({ policy: 1, users: [] });
});

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

checkFile({
  name: "bpqether",
  header: "dev   ether      destination        accept from\n",
  text: "bpq0  eth0       ff:ff:ff:ff:ff:ff  *\nbpq1  eth1       02:00:00:00:00:01  02:00:00:00:00:02\n",
  parse: parseBpqether,
  rows: [
    { dev: "bpq0", ether: "eth0", destination: "ff:ff:ff:ff:ff:ff", acceptFrom: undefined },
    { dev: "bpq1", ether: "eth1", destination: "02:00:00:00:00:01", acceptFrom: "02:00:00:00:00:02" },
  ],
});

checkFile({
  name: "yam",
  header: "",
  text: "Device yam0\n  Up       1\n  IoBase   0x3f8\n\nDevice yam1\n  Up       0\n\n",
  parse: parseYam,
  rows: [
    {
      device: "yam0",
      values: new Map([
        ["Up", 1],
        ["IoBase", 0x3f8],
      ]),
    },
    { device: "yam1", values: new Map([["Up", 0]]) },
  ],
});
