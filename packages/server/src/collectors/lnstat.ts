import { readBytes, type Table } from "procnet";
import {
  statArpCache,
  statClipArpCache,
  statIpConntrack,
  statNdiscCache,
  statNfConntrack,
  statNfFlowtable,
  statRtCache,
  statSynproxy,
} from "procnet/tables";
import { counter, type Family, type Metric, type Value } from "../metrics/family.ts";
import { ifThere } from "./absent.ts";
import { type Collector, netOf, type Source } from "./collector.ts";

/** Files of `/proc/net/stat`, and the base of their numbers. */
const FILES: readonly (readonly [table: Table, base: 10 | 16])[] = [
  [statArpCache, 16],
  [statClipArpCache, 16],
  [statIpConntrack, 16],
  [statNdiscCache, 16],
  [statNfConntrack, 16],
  [statNfFlowtable, 10],
  [statRtCache, 16],
  [statSynproxy, 16],
];

function metricOf(word: string): Metric {
  return counter(`node_lnstat_${word}_total`, `The kernel's counter ${word} of a table.`, "cpu", "subsystem");
}

function* collect(source: Source): Generator<Family> {
  const of = netOf(source);
  const byWord = new Map<string, Value[]>();
  let count = 0;
  for (const [table, base] of FILES) {
    const bytes = ifThere(() => readBytes(table, { of }));
    if (bytes === undefined) continue;
    count++;
    take(Buffer.from(bytes).toString("latin1"), table.name.replace("stat/", ""), base, byWord);
  }
  if (count === 0) throw new Error("there is no file of counters of tables");
  for (const [word, values] of byWord) yield { metric: metricOf(word), values };
}

/** The first line has the names; then comes a line for each CPU that there may be, in their order. */
function take(text: string, subsystem: string, base: 10 | 16, byWord: Map<string, Value[]>): void {
  const [header = [], ...rows] = text
    .split("\n")
    .map((line) => line.split(/\s+/).filter((word) => word !== ""))
    .filter((words) => words.length > 0);
  for (const [cpu, row] of rows.entries()) {
    for (const [place, word] of header.entries()) {
      const value = numberOf(row[place] ?? "", base);
      if (value === undefined || !/^[a-z]\w*$/i.test(word)) continue;
      const values = byWord.get(word) ?? [];
      values.push({ labels: { cpu: String(cpu), subsystem }, value });
      byWord.set(word, values);
    }
  }
}

function numberOf(text: string, base: 10 | 16): number | undefined {
  if (base === 10) return /^-?\d{1,20}$/.test(text) ? Number(text) : undefined;
  return /^[\da-f]{1,16}$/i.test(text) ? Number(`0x${text}`) : undefined;
}

/** Names that kernels have; others are given, too. */
const COMMON =
  "allocs chainlength clashres delete delete_list destroys drop early_drop entries expect_create expect_delete expect_new forced_gc_runs found hash_grows hits icmp_error ignore insert insert_failed invalid lookups new periodic_gc_runs rcv_probes_mcast rcv_probes_ucast res_failed search_restart searched table_fulls unresolved_discards";

/** Counters of tables by CPU: the files of `/proc/net/stat`. */
export const lnstat: Collector = {
  name: "lnstat",
  isDefault: false,
  metrics: COMMON.split(" ").map(metricOf),
  collect,
};
