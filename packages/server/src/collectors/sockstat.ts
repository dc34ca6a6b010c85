import { read } from "procnet";
import { sockstat6, sockstat as sockstatTable } from "procnet/tables";
import { type Family, gauge, type Metric, single } from "../metrics/family.ts";
import { ifThere } from "./absent.ts";
import { type Collector, netOf, type Source } from "./collector.ts";
import { pageSize } from "./page-size.ts";

/** Words that node_exporter knows, and what each counts. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ["inuse", "Sockets in use"],
  ["orphan", "Sockets that their process closed and the kernel has yet to finish"],
  ["tw", "Connections in time-wait"],
  ["alloc", "Sockets that exist, closed ones too"],
  ["mem", "Memory of the buffers of sockets, in pages"],
  ["memory", "Memory of packets that wait for their other fragments, in bytes"],
]);

const USED = gauge("node_sockstat_sockets_used", "Sockets of all families.");

function metricOf(protocol: string, word: string): Metric {
  return gauge(`node_sockstat_${protocol}_${word}`, `${WORDS.get(word)}: ${protocol}.`);
}
function bytesOf(protocol: string): Metric {
  return gauge(`node_sockstat_${protocol}_mem_bytes`, `Memory of the buffers of sockets, in bytes: ${protocol}.`);
}

type Lines = Readonly<Record<string, Readonly<Record<string, number | undefined>> | undefined>>;

function* collect(source: Source): Generator<Family> {
  const of = netOf(source);
  const four = ifThere(() => read(sockstatTable, { of }));
  const six = ifThere(() => read(sockstat6, { of }));
  const page = pageSize(source.procfs.root);
  if (four !== undefined) yield single(USED, four.sockets.used);
  yield* familiesOf(four ?? {}, page);
  yield* familiesOf(six ?? {}, page);
}

function* familiesOf(lines: Lines, page: number | undefined): Generator<Family> {
  for (const [protocol, counts] of Object.entries(lines)) {
    if (counts === undefined || protocol === "sockets") continue;
    for (const [word, value] of Object.entries(counts)) {
      if (value === undefined || !WORDS.has(word)) continue;
      yield single(metricOf(protocol, word), value);
      if (word === "mem" && page !== undefined) yield single(bytesOf(protocol), value * page);
    }
  }
}

/** What kernels of today tell; what others have besides is given, too. */
const COMMON: readonly (readonly [protocol: string, ...words: readonly string[]])[] = [
  ["TCP", "inuse", "orphan", "tw", "alloc", "mem"],
  ["UDP", "inuse", "mem"],
  ["UDPLITE", "inuse"],
  ["RAW", "inuse"],
  ["FRAG", "inuse", "memory"],
  ["TCP6", "inuse"],
  ["UDP6", "inuse"],
  ["UDPLITE6", "inuse"],
  ["RAW6", "inuse"],
  ["FRAG6", "inuse", "memory"],
];

/** Sockets and their memory: `/proc/net/sockstat` and `sockstat6`. */
export const sockstat: Collector = {
  name: "sockstat",
  isDefault: true,
  metrics: [
    USED,
    ...COMMON.flatMap(([protocol, ...words]) => words.map((word) => metricOf(protocol, word))),
    bytesOf("TCP"),
    bytesOf("UDP"),
  ],
  collect,
};
