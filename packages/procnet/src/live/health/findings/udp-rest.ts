import type { Sample } from "../../sample.ts";
import { counted, recentOf } from "../counted.ts";
import { type Draft, type FindingSpec, severityOf } from "../spec.ts";
import { isUnjudged, type Unjudged, unjudgedOf } from "../unjudged.ts";
import { counterOf, type Delta, type Window } from "../window.ts";
import { countWord, percent, rateWord, seconds, several, thisNamespace } from "../words.ts";

const RESOURCE = "memory of TCP, UDP";

/** The sum of all buffers of UDP, of the machine. */
const udpMemory: FindingSpec = {
  id: "udp-memory",
  title: "the memory for UDP is used up",
  help:
    "Datagrams were dropped because UDP had all the memory it may have: that of the whole machine (net.ipv4.udp_mem), or that of the control group " +
    "of the program. See which sockets do not read; then raise udp_mem.",
  sources: ["__udp_enqueue_schedule_skb, net/ipv4/udp.c: all but ENOMEM counts as MemErrors", "ip-sysctl.rst, udp_mem"],
  thresholds: { errors: 0, warn: 0.8 },
  clear: { errors: 0, warn: 0.7 },
  use: [RESOURCE, "utilization"],
  judge(window, { errors = 0, warn = 1 }) {
    const refused = counted(window, [
      ["snmp", "Udp.MemErrors"],
      ["snmp6", "Udp6.MemErrors"],
    ]);
    const drafts: Draft[] = [];
    if (refused.total > errors) {
      const summary = `${several(refused.total, "datagram was", "datagrams were")} dropped in ${seconds(window)} because UDP had no memory`;
      drafts.push({ severity: "warn", subject: thisNamespace(window), evidence: refused.grown, summary });
    }
    const used = memoryUsed(window, warn);
    return [...refused.untold, ...drafts, ...(used === undefined ? [] : [used])];
  },
};

const MACHINE = { kind: "machine" } as const;

function memoryUsed(window: Window, warn: number): Draft | Unjudged | undefined {
  const memory = window.gauge("net/sockstat", "UDP.mem", window.last.sockstat?.UDP?.mem, "sockstat");
  const limit = window.limit("net.ipv4.udp_mem");
  // That nobody knows the memory says nothing of datagrams that were refused.
  if (isUnjudged(memory)) return unjudgedOf(MACHINE, memory);
  if (isUnjudged(limit)) return unjudgedOf(MACHINE, limit);
  const high = limit[2] ?? Number.POSITIVE_INFINITY;
  if (memory.value <= warn * high) return undefined;
  return {
    severity: "warn",
    subject: MACHINE,
    evidence: [{ ...memory, unit: "pages" }],
    limit: window.limitOf("net.ipv4.udp_mem", high),
    summary: `UDP of the whole machine uses ${countWord(memory.value)} pages of ${countWord(high)} that it may have, ${percent(memory.value / high)}`,
    isMachine: true,
  };
}

/** Datagrams for ports at which nobody is: a service that is gone, or a scan. */
const udpNoPort: FindingSpec = {
  id: "udp-no-port",
  title: "many more datagrams than before come for ports at which nobody listens",
  help:
    "A service has ended while its clients go on, or somebody tries ports. Each is answered by an ICMP message, which a firewall may drop. Which port it is, " +
    "no counter says: look at what came (tcpdump), and at services that ended lately.",
  sources: ["__udp4_lib_rcv, net/ipv4/udp.c", "the rule is that of netdata for resets, tcp_resets.conf"],
  thresholds: { info: 10, floor: 5, recent: 10, before: 45 },
  clear: { info: 1, floor: 5, recent: 10, before: 45 },
  judge(window, { info = 10, floor = 5, recent = 10, before = 45 }) {
    const whole = window.grown("net/snmp", "Udp.NoPorts", noPorts, "snmp");
    const compared = recentOf(window, whole, noPorts, { recent, before, floor });
    if (compared === undefined) return [];
    if (isUnjudged(compared)) return [compared];
    if (compared.now <= floor || compared.now <= info * compared.before) return [];
    const six = counted(window, [["snmp6", "Udp6.NoPorts"]]).grown;
    const four = counted(window, [["snmp", "Udp.NoPorts"]]).grown;
    const summary = `${rateWord(compared.now)} datagrams a second come for ports at which nobody listens; before, ${rateWord(compared.before)} did`;
    return [{ severity: "info", subject: thisNamespace(window), evidence: [...four, ...six], summary }];
  },
};

/** Of both families. */
function noPorts({ snmp, snmp6 }: Sample): number | undefined {
  const four = counterOf(snmp, "Udp.NoPorts");
  return four === undefined ? undefined : four + (counterOf(snmp6, "Udp6.NoPorts") ?? 0);
}

/** What came damaged, of any protocol. */
const udpChecksum: FindingSpec = {
  id: "udp-checksum",
  title: "packets with a wrong checksum came",
  help:
    "They were damaged on their way, or a device computes checksums wrongly: try `ethtool -K <interface> rx off` for a while. They are dropped; TCP sends " +
    "them again, UDP does not.",
  sources: ["__udp4_lib_rcv, net/ipv4/udp.c; tcp_v4_rcv, net/ipv4/tcp_ipv4.c; icmp_rcv, net/ipv4/icmp.c"],
  thresholds: { info: 0 },
  clear: { info: 0 },
  judge(window, thresholds) {
    const wrong = counted(window, [
      ["snmp", "Udp.InCsumErrors"],
      ["snmp6", "Udp6.InCsumErrors"],
      ["snmp", "Tcp.InCsumErrors"],
      ["snmp", "Icmp.InCsumErrors"],
      ["snmp6", "Icmp6.InCsumErrors"],
      ["netstat", "IpExt.InCsumErrors"],
    ]);
    const severity = severityOf(wrong.total, thresholds);
    if (severity === undefined) return wrong.untold;
    const each = wrong.grown.map(({ name, delta }: Delta) => `${name} ${countWord(delta)}`).join(", ");
    const summary = `${several(wrong.total, "packet")} with a wrong checksum came in ${seconds(window)} (${each})`;
    return [...wrong.untold, { severity, subject: thisNamespace(window), evidence: wrong.grown, summary }];
  },
};

export const UDP_REST: readonly FindingSpec[] = [udpMemory, udpNoPort, udpChecksum];
