import type { StatArpCache } from "../../../files/counters/stat-arp-cache.ts";
import type { LimitName } from "../../limit-names.ts";
import type { Sample } from "../../sample.ts";
import { sumOf } from "../counted.ts";
import type { Evidence, FindingLimit, Severity } from "../finding.ts";
import type { FindingSpec, Thresholds, Verdict } from "../spec.ts";
import { isUnjudged, type Unjudged, unjudgedOf } from "../unjudged.ts";
import type { Delta, Window } from "../window.ts";
import { countWord, percent, seconds, several } from "../words.ts";

interface NeighbourTable {
  readonly table: "arp_cache" | "ndisc_cache";
  readonly family: "ipv4" | "ipv6";
  readonly word: string;
  readonly rows: (sample: Sample) => readonly StatArpCache[] | undefined;
}

const ARP: NeighbourTable = {
  table: "arp_cache",
  family: "ipv4",
  word: "IPv4",
  rows: ({ arpCache }) => arpCache,
};
const NDISC: NeighbourTable = {
  table: "ndisc_cache",
  family: "ipv6",
  word: "IPv6",
  rows: ({ ndiscCache }) => ndiscCache,
};

const neighbourTable: FindingSpec = {
  id: "neighbour-table",
  title: "a table of neighbours is nearly full",
  help:
    "Neighbours are hosts of the same link whose hardware addresses are known. When the table is full no new one is learnt, and nothing can be sent to it. Raise " +
    "gc_thresh1, gc_thresh2 and gc_thresh3 together, or make the link smaller. Permanent entries are counted and not limited: more than all can be " +
    "there without harm, and table_fulls decides.",
  sources: ["neigh_alloc, net/core/neighbour.c", "Documentation/networking/ip-sysctl.rst, gc_thresh1 to gc_thresh3"],
  // Parts of gc_thresh2 and of gc_thresh3; neighbours that were refused.
  thresholds: { info: 1, warn: 0.8, refused: 0 },
  clear: { info: 0.9, warn: 0.7, refused: 0 },
  use: ["neighbours", "utilization"],
  judge(window, thresholds) {
    const arp = ofTable(ARP, tableOf(window, ARP, thresholds));
    // A kernel without IPv6 has no such table, and the page of the other one says why it cannot be judged.
    const isThere = window.samples.some(({ ndiscCache }) => ndiscCache !== undefined);
    return isThere ? [...arp, ...ofTable(NDISC, tableOf(window, NDISC, thresholds))] : arp;
  },
};

/** What is not known of one table says nothing of the other. */
function ofTable({ table }: NeighbourTable, verdict: Verdict): Verdict {
  return verdict.map((one) => (isUnjudged(one) ? unjudgedOf({ kind: "table", table }, one) : one));
}

function tableOf(window: Window, of: NeighbourTable, marks: Thresholds): Verdict {
  const { table, word } = of;
  const file = `net/stat/${table}`;
  const entries = window.gauge(file, "entries", of.rows(window.last)?.[0]?.entries, `stat/${table}`);
  if (isUnjudged(entries)) return [entries];
  const summed = (name: string, read: (row: StatArpCache) => number | undefined) =>
    window.grown(file, name, (sample) => sumOf(of.rows(sample), read), `stat/${table}`);
  const fulls = summed("table_fulls", ({ tableFulls }) => tableFulls);
  const discards = summed("unresolved_discards", ({ unresolvedDiscards }) => unresolvedDiscards);
  const runs = summed("forced_gc_runs", ({ forcedGcRuns }) => forcedGcRuns);
  const near = nearLimit(window, of, entries.value, marks);
  const isRefusing = !isUnjudged(fulls) && fulls.delta > (marks.refused ?? 0);
  const untold = [fulls, near].filter((one): one is Unjudged => one !== undefined && isUnjudged(one)).slice(0, 1);
  const reached = near === undefined || isUnjudged(near) ? undefined : near;
  if (!isRefusing && reached === undefined) return untold;
  const refused = isRefusing
    ? `${several(fulls.delta, `new neighbour of ${word} was`, `new neighbours of ${word} were`)} refused in ${seconds(window)} because the table was full; `
    : "";
  const counts = [fulls, discards, runs].filter((one): one is Delta => !isUnjudged(one));
  return [
    ...untold,
    {
      severity: isRefusing ? "crit" : reached!.severity,
      subject: { kind: "table", table },
      evidence: [entries, ...counts] satisfies Evidence[],
      limit: reached?.limit,
      summary: `${refused}the table of ${word} neighbours holds ${countWord(entries.value)}${reached === undefined ? "" : `, ${reached.words}`}`,
      isMachine: true,
    },
  ];
}

interface Reached {
  readonly severity: Severity;
  readonly limit: FindingLimit;
  readonly words: string;
}

/** How near a table is to its limits; `undefined` where it is far from them. */
function nearLimit(
  window: Window,
  { family }: NeighbourTable,
  entries: number,
  { info = 1, warn = 1 }: Thresholds,
): Reached | Unjudged | undefined {
  const name = (number: 2 | 3): LimitName => `net.${family}.neigh.default.gc_thresh${number}`;
  const second = window.limit(name(2));
  const third = window.limit(name(3));
  if (isUnjudged(third)) return third;
  if (isUnjudged(second)) return second;
  const [most = 0] = third;
  const [soft = 0] = second;
  if (most > 0 && entries > warn * most) {
    const words = `${percent(entries / most)} of the ${most} that it may (gc_thresh3)`;
    return { severity: "warn", limit: window.limitOf(name(3), most), words };
  }
  if (entries <= info * soft) return undefined;
  const words = `more than the ${soft} from which on unused ones are collected (gc_thresh2)`;
  return { severity: "info", limit: window.limitOf(name(2), soft), words };
}

export const NEIGHBOURS: readonly FindingSpec[] = [neighbourTable];
