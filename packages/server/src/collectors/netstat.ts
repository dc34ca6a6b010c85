import { read } from "procnet";
import { netstat as netstatTable, snmp, snmp6 } from "procnet/tables";
import { type Family, type Metric, single } from "../metrics/family.ts";
import { ifThere } from "./absent.ts";
import { type Collector, netOf, type Source } from "./collector.ts";

type Groups = Readonly<Record<string, Readonly<Record<string, number>> | undefined>>;

function metricOf(group: string, counter: string): Metric {
  const help = `The kernel's counter ${counter} of ${group}.`;
  return { name: `node_netstat_${group}_${counter}`, type: "untyped", help, labels: [] };
}

function* collect(source: Source): Generator<Family> {
  const {
    filters: { netstatFields },
  } = source;
  const of = netOf(source);
  yield* familiesOf(read(netstatTable, { of }), netstatFields);
  yield* familiesOf(read(snmp, { of }), netstatFields);
  // A kernel without IPv6 has no such file.
  yield* familiesOf(ifThere(() => read(snmp6, { of })) ?? {}, netstatFields);
}

function* familiesOf(groups: object, fields: RegExp): Generator<Family> {
  for (const [group, counters] of Object.entries(groups as Groups)) {
    for (const [counter, value] of Object.entries(counters ?? {})) {
      if (fields.test(`${group}_${counter}`)) yield single(metricOf(group, counter), value);
    }
  }
}

/** Counters that kernels of today have; others that pass the filter are given, too. */
const COMMON: readonly (readonly [group: string, ...counters: readonly string[]])[] = [
  ["Icmp", "InErrors", "InMsgs", "OutMsgs"],
  ["Icmp6", "InErrors", "InMsgs", "OutMsgs"],
  ["Ip", "Forwarding"],
  ["Ip6", "InOctets", "OutOctets"],
  ["IpExt", "InOctets", "OutOctets"],
  ["Tcp", "ActiveOpens", "CurrEstab", "InErrs", "InSegs", "OutRsts", "OutSegs", "PassiveOpens", "RetransSegs"],
  [
    "TcpExt",
    ...["ListenDrops", "ListenOverflows", "SyncookiesFailed", "SyncookiesRecv", "SyncookiesSent"],
    ...["TCPOFOQueue", "TCPRcvQDrop", "TCPSynRetrans", "TCPTimeouts"],
  ],
  ["Udp", "InDatagrams", "InErrors", "NoPorts", "OutDatagrams", "RcvbufErrors", "SndbufErrors"],
  ["Udp6", "InDatagrams", "InErrors", "NoPorts", "OutDatagrams", "RcvbufErrors", "SndbufErrors"],
  ["UdpLite", "InErrors"],
  ["UdpLite6", "InErrors"],
];

/** Counters of protocols: `/proc/net/netstat`, `snmp` and `snmp6`. */
export const netstat: Collector = {
  name: "netstat",
  isDefault: true,
  metrics: COMMON.flatMap(([group, ...counters]) => counters.map((counter) => metricOf(group, counter))),
  collect,
};
