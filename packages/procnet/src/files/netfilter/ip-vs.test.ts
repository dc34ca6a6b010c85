import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes, outcome } from "../../../../../test/support/tables/broken.ts";
import { checkFile } from "../../../../../test/support/tables/file-case.ts";
import { parseIpVs } from "./ip-vs.ts";
import { parseIpVsApp } from "./ip-vs-app.ts";
import { parseIpVsConn, parseIpVsConnSync } from "./ip-vs-conn.ts";
import { parseIpVsStats, parseIpVsStatsPercpu } from "./ip-vs-stats.ts";
import { parseIpVsStatus } from "./ip-vs-status.ts";

const HEADER = `IP Virtual Server version 1.2.1 (size=4096)
Prot LocalAddress:Port Scheduler Flags
  -> RemoteAddress:Port Forward Weight ActiveConn InActConn
`;
const V6 = "2001:0db8:0000:0000:0000:0000:0000:0001";
const service = {
  ...{ fwmark: undefined, onePacket: false, persistentTimeout: undefined, persistentNetmask: undefined },
  destinations: [],
};

checkFile({
  name: "ip_vs",
  header: HEADER,
  text: `TCP  C0A80001:0050 rr persistent 75000 FFFFFFFF
  -> 0A000002:1F90      Masq    1      0          3
  -> 0A000003:1F90      Route   0      2          0
SCTP  C0A80001:0016 wlc ops 
  -> [${V6}]:0016      Tunnel  -1     0          0
UDP  [${V6}]:0035 none 
FWM  00000001 wlc 
`,
  parse: (text, options) => parseIpVs(text, options).services,
  rows: [
    {
      ...{ ...service, protocol: "TCP", address: "192.168.0.1", port: 80, scheduler: "rr" },
      ...{ persistentTimeout: 75000, persistentNetmask: 0xffffffff },
      destinations: [
        { address: "10.0.0.2", port: 8080, forward: "Masq", weight: 1, activeConns: 0, inactConns: 3 },
        { address: "10.0.0.3", port: 8080, forward: "Route", weight: 0, activeConns: 2, inactConns: 0 },
      ],
    },
    {
      ...{ ...service, protocol: "SCTP", address: "192.168.0.1", port: 22, scheduler: "wlc", onePacket: true },
      destinations: [
        { address: "2001:db8::1", port: 22, forward: "Tunnel", weight: -1, activeConns: 0, inactConns: 0 },
      ],
    },
    { ...service, protocol: "UDP", address: "2001:db8::1", port: 53, scheduler: "none" },
    { ...service, protocol: "FWM", address: undefined, port: undefined, fwmark: 1, scheduler: "wlc" },
  ],
});

it("reads the head, and never gives the servers of a bad service to the one above", () => {
  const text = `${HEADER}TCP  C0A80001:0050 rr \nXXX  bad:0050 rr \n  -> 0A000002:1F90      Masq    1      0          3\n`;
  const { kept, issues } = outcome(parseIpVs, bytes(text));
  expect(kept).toMatchObject({ version: "1.2.1", size: 4096, services: [{ protocol: "TCP", destinations: [] }] });
  expect(issues.map((issue) => [issue.line, issue.field])).toEqual([
    [5, "LocalAddress:Port"],
    [6, "->"],
  ]);
});

const CONN_HEADER = "Pro FromIP   FPrt ToIP     TPrt DestIP   DPrt State       Expires PEName PEData\n";
const conn = {
  ...{ protocol: "TCP", fromAddress: "10.0.0.99", fromPort: 50000, toAddress: "192.168.0.1", toPort: 80 },
  ...{ destAddress: "10.0.0.2", destPort: 8080, state: "ESTABLISHED", expires: 899 },
};

checkFile({
  name: "ip_vs_conn",
  header: CONN_HEADER,
  text: `TCP 0A000063 C350 C0A80001 0050 0A000002 1F90 ESTABLISHED     899
UDP ${V6} 0000 ${V6} 13C4 0A000002 13C4 UDP             299 sip a b@x 
`,
  parse: parseIpVsConn,
  rows: [
    { ...conn, peName: undefined, peData: undefined },
    {
      ...{ protocol: "UDP", fromAddress: "2001:db8::1", fromPort: 0, toAddress: "2001:db8::1", toPort: 5060 },
      ...{ destAddress: "10.0.0.2", destPort: 5060, state: "UDP", expires: 299, peName: "sip", peData: "a b@x " },
    },
  ],
});

checkFile({
  name: "ip_vs_conn_sync",
  header: "Pro FromIP   FPrt ToIP     TPrt DestIP   DPrt State       Origin Expires\n",
  text: "TCP 0A000063 C350 C0A80001 0050 0A000002 1F90 ESTABLISHED SYNC       899\n",
  parse: parseIpVsConnSync,
  rows: [{ ...conn, origin: "SYNC" }],
});

checkFile({
  name: "ip_vs_app",
  header: "prot port    usecnt name\n",
  text: "TCP  21      0      ftp              \n",
  parse: parseIpVsApp,
  rows: [{ protocol: "TCP", port: 21, useCnt: 0, name: "ftp" }],
});

checkFile({
  name: "ip_vs_status",
  header: "",
  text: "Conns:\t7\nConn buckets:\t4096 (12 bits, lfactor -4)\nConn buckets empty:\t4089 (99%)\n",
  parse: parseIpVsStatus,
  rows: [
    { key: "Conns", value: 7, detail: undefined },
    { key: "Conn buckets", value: 4096, detail: "(12 bits, lfactor -4)" },
    { key: "Conn buckets empty", value: 4089, detail: "(99%)" },
  ],
});

const total = { conns: 0x1f, inPkts: 0xa0, outPkts: 0x9c, inBytes: 0x6b2c, outBytes: 0xf01d };
const rate = { cps: 0, inPps: 2, outPps: 2, inBps: 0xc4, outBps: 0x1e8 };
const RATES = `
 Conns/s   Pkts/s   Pkts/s          Bytes/s          Bytes/s
       0        2        2               C4              1E8
`;

checkFile({
  name: "ip_vs_stats",
  header:
    "   Total Incoming Outgoing         Incoming         Outgoing\n   Conns  Packets  Packets            Bytes            Bytes\n",
  text: `      1F       A0       9C             6B2C             F01D\n${RATES}`,
  parse: parseIpVsStats,
  rows: { total, rate },
});

const PERCPU = `       Total Incoming Outgoing         Incoming         Outgoing
CPU    Conns  Packets  Packets            Bytes            Bytes
  0       1F       A0       9C             6B2C             F01D
  A        0        0        0                0                0
  ~       1F       A0       9C             6B2C             F01D
${RATES}`;

checkFile({
  name: "ip_vs_stats_percpu",
  header: "",
  text: PERCPU,
  parse: (text, options) => parseIpVsStatsPercpu(text, options).cpus,
  rows: [
    { cpu: 0, ...total },
    { cpu: 10, conns: 0, inPkts: 0, outPkts: 0, inBytes: 0, outBytes: 0 },
  ],
});

it("keeps sums, rates and CPUs apart, and counts exactly on demand", () => {
  expect(parseIpVsStatsPercpu(bytes(PERCPU))).toMatchObject({ total, rate });
  const wide = PERCPU.replace("~       1F", "~ FFFFFFFFFFFFFFFF");
  expect(parseIpVsStatsPercpu(bytes(wide), { bigint: true }).total?.conns).toBe(0xffffffffffffffffn);
  expect(parseIpVsStats(bytes(RATES), { bigint: true }).rate?.outBps).toBe(0x1e8n);
});

it("gives back every connection printed as the kernel prints it", () => {
  const word = fc.integer({ min: 0, max: 0xffffffff });
  const port = fc.nat({ max: 0xffff });
  const upper = (value: number, digits: number) => value.toString(16).toUpperCase().padStart(digits, "0");
  fc.assert(
    fc.property(word, port, port, fc.nat(), (address, from, to, expires) => {
      const text = `${CONN_HEADER}TCP ${upper(address, 8)} ${upper(from, 4)} 00000000 ${upper(to, 4)} 7F000001 0001 ${"NONE".padEnd(11)} ${String(expires).padStart(7)}\n`;
      const dotted = [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join(".");
      const expected = {
        fromAddress: dotted,
        fromPort: from,
        toPort: to,
        destAddress: "127.0.0.1",
        state: "NONE",
        expires,
      };
      expect(parseIpVsConn(bytes(text))).toMatchObject([expected]);
    }),
    { numRuns: 60 },
  );
});
