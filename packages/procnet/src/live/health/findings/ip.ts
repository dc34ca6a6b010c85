import { type CounterName, counted } from "../counted.ts";
import { type FindingSpec, severityOf } from "../spec.ts";
import { countWord, perSecond, seconds, several, thisNamespace } from "../words.ts";

/** Marks of all of these: a second. */
const MARKS = { thresholds: { info: 1, warn: 10 }, clear: { info: 0.5, warn: 5 } } as const;

interface IpFinding extends Pick<FindingSpec, "id" | "title" | "help" | "sources"> {
  readonly counters: readonly CounterName[];
  /** What happened: `had no route`. */
  readonly what: string;
}

/** Packets of IP that went nowhere, by counters that are added up. */
function ipFinding({ counters, what, ...facts }: IpFinding): FindingSpec {
  return {
    ...facts,
    ...MARKS,
    judge(window, thresholds) {
      const all = counted(window, counters);
      const severity = severityOf(all.perSecond, thresholds);
      if (severity === undefined) return all.untold;
      const each = all.grown.map(({ name, delta }) => `${name} ${countWord(delta)}`).join(", ");
      const summary = `${several(all.total, "packet")} ${what} in ${seconds(window)}, ${perSecond(all.perSecond)} (${each})`;
      return [...all.untold, { severity, subject: thisNamespace(window), evidence: all.grown, summary }];
    },
  };
}

const ipNoRoute: FindingSpec = /* @__PURE__ */ ipFinding({
  id: "ip-no-route",
  title: "packets have no route",
  help:
    "Programs of this host, or packets to be forwarded, want to go where no route leads: the default route is gone, an interface is down, or an address is " +
    "wrong. A program that tries IPv6 first, where there is none, counts here as well. See `ip route get <address>`.",
  sources: [
    "OutNoRoutes, Documentation/networking/snmp_counter.rst and RFC 1213",
    "ip_route_output_key_hash, net/ipv4/route.c",
  ],
  counters: [
    ["snmp", "Ip.OutNoRoutes"],
    ["snmp6", "Ip6.OutNoRoutes"],
  ],
  what: "had no route",
});

const ipDiscards: FindingSpec = /* @__PURE__ */ ipFinding({
  id: "ip-discards",
  title: "packets were discarded though nothing was wrong with them",
  help:
    "InDiscards: for want of memory, or by a filter of the kernel. OutDiscards: the queue of the device was full, as that of a shaper (`tc -s qdisc` tells), or memory was " +
    "short.",
  sources: ["IpInDiscards and IpOutDiscards, Documentation/networking/snmp_counter.rst"],
  counters: [
    ["snmp", "Ip.InDiscards"],
    ["snmp", "Ip.OutDiscards"],
    ["snmp6", "Ip6.InDiscards"],
    ["snmp6", "Ip6.OutDiscards"],
  ],
  what: "were discarded",
});

const ipReassembly: FindingSpec = /* @__PURE__ */ ipFinding({
  id: "ip-reassembly",
  title: "fragments cannot be put together",
  help:
    "Parts of packets were lost on their way, came too late (ipfrag_time) or too many waited (ipfrag_high_thresh). Better nothing is fragmented: see whether the MTU of tunnels " +
    "fits, and that firewalls let ICMP `fragmentation needed` through.",
  sources: [
    "IpReasmFails, Documentation/networking/snmp_counter.rst",
    "ip_frag_queue and ip_expire, net/ipv4/ip_fragment.c",
  ],
  counters: [
    ["snmp", "Ip.ReasmFails"],
    ["snmp6", "Ip6.ReasmFails"],
  ],
  what: "could not be put together from fragments",
});

const ipReversePath: FindingSpec = /* @__PURE__ */ ipFinding({
  id: "ip-rpfilter",
  title: "packets are dropped because answers would leave by another interface",
  help:
    "rp_filter is on, and packets come by an interface by which their sender would not be answered: routing is asymmetric, or addresses are forged. Where it is meant, set " +
    "net.ipv4.conf.<interface>.rp_filter to 2.",
  sources: ["ip_rcv_finish_core, net/ipv4/ip_input.c", "Documentation/networking/ip-sysctl.rst, rp_filter"],
  counters: [["netstat", "TcpExt.IPReversePathFilter"]],
  what: "came by an interface that does not lead back to their sender, and were dropped",
});

export const IP: readonly FindingSpec[] = /* @__PURE__ */ [ipNoRoute, ipDiscards, ipReassembly, ipReversePath].flat();
