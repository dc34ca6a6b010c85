import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes } from "../../../../../test/support/tables/broken.ts";
import { checkFile, failingField } from "../../../../../test/support/tables/file-case.ts";
import { describeAlike } from "../../../../../test/support/tables/tree-of.ts";
import { NetfilterProtocol, NfnetlinkCopyMode } from "../../codes/netfilter.ts";
import {
  arpTablesMatches,
  arpTablesNames,
  arpTablesTargets,
  ip6TablesMatches,
  ip6TablesNames,
  ip6TablesTargets,
  ipTablesMatches,
  ipTablesNames,
  ipTablesTargets,
  parseIpTablesNames,
} from "./ip-tables-names.ts";
import { parseIptClusterip } from "./ipt-clusterip.ts";
import { ip6tHashlimit, iptHashlimit, parseIptHashlimit } from "./ipt-hashlimit.ts";
import { parseNfLog } from "./nf-log.ts";
import { parseNfnetlinkLog } from "./nfnetlink-log.ts";
import { parseNfnetlinkQueue } from "./nfnetlink-queue.ts";
import { iptRecent, parseXtRecent, xtRecent } from "./xt-recent.ts";

// All but ipt_CLUSTERIP are captures of Linux 6.18.
checkFile({
  name: "ip_tables_targets",
  header: "",
  text: "NFQUEUE\nNFQUEUE\nAUDIT\nDNAT\nSNAT\nDNAT\n",
  parse: parseIpTablesNames,
  rows: ["NFQUEUE", "NFQUEUE", "AUDIT", "DNAT", "SNAT", "DNAT"],
});

checkFile({
  name: "ipt_hashlimit",
  header: "",
  text: `14 127.0.0.1:0->0.0.0.0:0 4194304000 0 6399
9 127.0.0.1:0->0.0.0.0:8080 58823871991616 68719476500000 13743895300000
0 fd00:0000:0000:0000:0000:0000:0000:0001:47186->fd00:0000:0000:0000:0000:0000:0000:0002:8081 59923383619392 1 2
`,
  parse: parseIptHashlimit,
  rows: [
    {
      expires: 14,
      src: "127.0.0.1",
      srcPort: 0,
      dst: "0.0.0.0",
      dstPort: 0,
      credit: 4194304000,
      creditCap: 0,
      cost: 6399,
    },
    {
      ...{ expires: 9, src: "127.0.0.1", srcPort: 0, dst: "0.0.0.0", dstPort: 8080 },
      ...{ credit: 58823871991616, creditCap: 68719476500000, cost: 13743895300000 },
    },
    {
      ...{ expires: 0, src: "fd00::1", srcPort: 47186, dst: "fd00::2", dstPort: 8081 },
      ...{ credit: 59923383619392, creditCap: 1, cost: 2 },
    },
  ],
});

checkFile({
  name: "xt_recent",
  header: "",
  text: `src=127.0.0.1 ttl: 64 last_seen: 4295632136 oldest_pkt: 3 4295632127, 4295632128, 4295632136
src=fd00:0000:0000:0000:0000:0000:0000:0001 ttl: 0 last_seen: 4295632127 oldest_pkt: 1 4295632127
`,
  parse: parseXtRecent,
  rows: [
    { src: "127.0.0.1", ttl: 64, lastSeen: 4295632136, oldestPkt: 3, stamps: [4295632127, 4295632128, 4295632136] },
    { src: "fd00::1", ttl: 0, lastSeen: 4295632127, oldestPkt: 1, stamps: [4295632127] },
  ],
});

checkFile({
  name: "netfilter/nf_log",
  header: "",
  text: " 0 NONE (nfnetlink_log)\n 2 nf_log_ipv4 (nf_log_ipv4,nfnetlink_log)\n 3 NONE ()\n10 nf_log_ipv6 (nf_log_ipv6)\n",
  parse: parseNfLog,
  rows: [
    { protocol: 0, active: undefined, loggers: ["nfnetlink_log"] },
    { protocol: 2, active: "nf_log_ipv4", loggers: ["nf_log_ipv4", "nfnetlink_log"] },
    { protocol: 3, active: undefined, loggers: [] },
    { protocol: 10, active: "nf_log_ipv6", loggers: ["nf_log_ipv6"] },
  ],
});

checkFile({
  name: "netfilter/nf_queue",
  header: "",
  text: "  0 NONE\n  2 nfnetlink_queue\n",
  parse: parseNfLog,
  rows: [
    { protocol: 0, active: undefined, loggers: undefined },
    { protocol: 2, active: "nfnetlink_queue", loggers: undefined },
  ],
});

checkFile({
  name: "netfilter/nfnetlink_log",
  header: "",
  text: " 4464  13412     0 2 65531    100  1\n    3  13412     5 1  1024    150  7\n",
  parse: parseNfnetlinkLog,
  rows: [
    { groupNum: 4464, peerPortid: 13412, qlen: 0, copyMode: 2, copyRange: 65531, flushTimeout: 100, use: 1 },
    { groupNum: 3, peerPortid: 13412, qlen: 5, copyMode: 1, copyRange: 1024, flushTimeout: 150, use: 7 },
  ],
});

checkFile({
  name: "netfilter/nfnetlink_queue",
  header: "",
  text: "65535 3529667784     0 0 65531     0     0        0  1\n    9 3529667784     3 2 65531     4     5        6  1\n",
  parse: parseNfnetlinkQueue,
  rows: [
    {
      ...{ queueNum: 65535, peerPortid: 3529667784, queueTotal: 0, copyMode: 0, copyRange: 65531 },
      ...{ queueDropped: 0, queueUserDropped: 0, idSequence: 0, use: 1 },
    },
    {
      ...{ queueNum: 9, peerPortid: 3529667784, queueTotal: 3, copyMode: 2, copyRange: 65531 },
      ...{ queueDropped: 4, queueUserDropped: 5, idSequence: 6, use: 1 },
    },
  ],
});

checkFile({ name: "ipt_CLUSTERIP", header: "", text: "1,2,16\n", parse: parseIptClusterip, rows: [1, 2, 16] });

it("lists more nodes than a call takes arguments", () => {
  const nodes = Array.from({ length: 200_000 }, (_, at) => 1 + (at % 9));
  expect(parseIptClusterip(bytes(`${nodes.join(",")}\n`))).toEqual(nodes);
});

it("names protocols and copy modes in both directions", () => {
  expect([NetfilterProtocol.BRIDGE, NetfilterProtocol[10]]).toEqual([7, "IPV6"]);
  expect([NfnetlinkCopyMode.PACKET, NfnetlinkCopyMode[1]]).toEqual([2, "META"]);
});

it("gives the credit of hashlimit exactly on demand", () => {
  const row = "9 1.2.3.4:0->0.0.0.0:0 18446744073709551615 1 2\n";
  expect(parseIptHashlimit(bytes(row), { bigint: true })[0]?.credit).toBe(18446744073709551615n);
});

it("names the field of a row that is no good", () => {
  expect(failingField(parseIptHashlimit, "9 1.2.3.4:0-0.0.0.0:0 1 1 1\n")).toBe("src");
  expect(failingField(parseIptHashlimit, "9 1.2.3.4:0->0.0.0.0 1 1 1\n")).toBe("dst");
  expect(failingField(parseXtRecent, "src=1.2.3.4 ttl: 64 seen: 1 oldest_pkt: 1 1\n")).toBe("last_seen");
  expect(failingField(parseXtRecent, "src=1.2.3.4 ttl: 64 last_seen: 1 oldest_pkt: 1 1 2\n")).toBe("stamps");
  expect(failingField(parseNfLog, " 0 NONE (a\n")).toBe("loggers");
  expect(failingField(parseIpTablesNames, "two words\n")).toBe("name");
});

it("gives back every row of xt_recent printed as the kernel prints it", () => {
  const jiffies = fc.nat({ max: 2 ** 40 });
  const row = fc.record({
    src: fc.constantFrom("192.0.2.1", "255.255.255.255"),
    ttl: fc.nat({ max: 255 }),
    lastSeen: jiffies,
    oldestPkt: fc.nat({ max: 255 }),
    stamps: fc.array(jiffies, { minLength: 1 }),
  });
  fc.assert(
    fc.property(fc.array(row), (expected) => {
      const lines = expected.map(
        ({ src, ttl, lastSeen, oldestPkt, stamps }) =>
          `src=${src} ttl: ${ttl} last_seen: ${lastSeen} oldest_pkt: ${oldestPkt} ${stamps.join(", ")}\n`,
      );
      expect(parseXtRecent(bytes(lines.join("")))).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});

// xt_table_seq_show, xt_mttg_seq_show (net/netfilter/x_tables.c).
describeAlike(parseIpTablesNames, "filter\nnat\n", [
  [ipTablesNames, "ip_tables_names"],
  [ipTablesMatches, "ip_tables_matches", "conntrack\nconntrack\nudplite\nudp\ntcp\n"],
  [ipTablesTargets, "ip_tables_targets", "REJECT\nERROR\nMASQUERADE\n"],
  [ip6TablesNames, "ip6_tables_names"],
  [ip6TablesMatches, "ip6_tables_matches", "conntrack\nicmp6\n"],
  [ip6TablesTargets, "ip6_tables_targets", "REJECT\nERROR\n"],
  [arpTablesNames, "arp_tables_names", "filter\n"],
  [arpTablesMatches, "arp_tables_matches", "mark\n"],
  [arpTablesTargets, "arp_tables_targets", "ERROR\nmangle\n"],
]);
// dl_seq_print (net/netfilter/xt_hashlimit.c): one line for either family.
describeAlike(parseIptHashlimit, "14 127.0.0.1:0->0.0.0.0:0 4194304000 0 6399\n", [
  [iptHashlimit, "ipt_hashlimit/web"],
  [ip6tHashlimit, "ip6t_hashlimit/web", "0 fd00:0000:0000:0000:0000:0000:0000:0001:47186->fd00::2:8081 5 1 2\n"],
]);
// recent_seq_show (net/netfilter/xt_recent.c, before that net/ipv4/netfilter/ipt_recent.c).
describeAlike(parseXtRecent, "src=127.0.0.1 ttl: 64 last_seen: 4295632136 oldest_pkt: 1 4295632136\n", [
  [xtRecent, "xt_recent/ssh"],
  [iptRecent, "ipt_recent/ssh"],
]);
