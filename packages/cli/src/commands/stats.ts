import { type BaseProcFs, type Located, read, seriesKind } from "procnet";
import { globOf, type Pattern } from "procnet/query";
import { netstat, snmp, snmp6, sockstat, sockstat6 } from "procnet/tables";
import { rateText } from "procnet/view";
import type { STATS } from "../flags/definitions.ts";
import type { OptionsOf } from "../flags/spec.ts";
import { missingNames, type Report, rowsReport } from "../output/report.ts";
import type { Column } from "../output/table.ts";
import type { CommandIo } from "../terminal.ts";
import { suggestion } from "../text/suggest.ts";
import { Issues, output, type TableOptions, unlessMissing } from "./context.ts";
import { Growth } from "./growth.ts";
import { columnsIn, readEach } from "./places.ts";
import { type AnywhereOptions, procfsOf } from "./where.ts";

type StatsOptions = OptionsOf<typeof STATS.options> & AnywhereOptions & TableOptions;

/** A name that was asked for, perhaps with `*`. */
interface Wanted {
  readonly text: string;
  readonly pattern: Pattern;
}

/** A counter of a protocol. */
export interface Stat {
  readonly file: string;
  readonly protocol: string;
  /** The kernel's own name. */
  readonly counter: string;
  readonly value: number;
  /** What it grew by a second since the round before; absent in the first, and of numbers of now. */
  readonly perSecond?: number | undefined;
}

/** Files of counters by protocol and name. */
const FILES = [snmp, netstat, snmp6, sockstat, sockstat6] as const;

export const STAT_COLUMNS: readonly Column<Stat>[] = [
  { key: "counter", title: "COUNTER", value: ({ protocol, counter }) => `${protocol}.${counter}` },
  { key: "value", title: "VALUE", align: "right", value: ({ value }) => value },
  {
    key: "persecond",
    title: "PER-SECOND",
    align: "right",
    value: ({ perSecond }) => rateText(perSecond),
    raw: ({ perSecond }) => perSecond,
    order: ({ perSecond }) => perSecond ?? -1,
    ifAny: true,
  },
  { key: "file", title: "FILE", value: ({ file }) => file, drop: 1 },
];

/** `procnet stats [name...]` */
export function statsCommand(patterns: readonly string[], options: StatsOptions, io: CommandIo): Promise<number> {
  const procfs = procfsOf(options, io);
  const wanted = patterns.map((text) => ({ text, pattern: globOf(text.toLowerCase()) }));
  const growth = options.every === undefined ? undefined : new Growth();
  return output(() => report(procfs, wanted, options, growth), options, io, ["stats", ...patterns].join(" "));
}

function report(
  procfs: BaseProcFs,
  wanted: readonly Wanted[],
  options: StatsOptions,
  growth: Growth | undefined,
): Report {
  const issues = new Issues();
  const { rows: read, notes } = readEach(options, procfs, (of) => allStats(of, issues));
  growth?.begin();
  const all = growth === undefined ? read : read.map((stat) => withRate(stat, growth));
  const named = all.filter((stat) => wanted.length === 0 || wanted.some(({ pattern }) => isNamed(stat, pattern)));
  const missing = wanted.filter(({ pattern }) => !all.some((stat) => isNamed(stat, pattern)));
  const stats = named.filter(({ value }) => value !== 0 || options.zeros || wanted.length > 0);
  return rowsReport({ kind: "stats" }, columnsIn(STAT_COLUMNS, options), stats, options, {
    notes: [...issues.notes, ...notes, ...missing.map(({ text }) => unheard(text, all))],
    ...missingNames(wanted, missing),
  });
}

function allStats(of: Located, issues: Issues): Stat[] {
  const found = FILES.map((file) => statsOf(of, file, issues));
  // One file or another may be missing; without any there is nothing to answer.
  if (found.every((stats) => stats === undefined)) read(FILES[0], { of });
  return found.flatMap((stats) => stats ?? []);
}

/** A counter with what it does a second. Rows of several namespaces have the number of theirs beside them. */
function withRate<Row extends Stat>(stat: Row, growth: Growth): Row {
  const { file, protocol, counter, value } = stat;
  if (seriesKind(`${protocol}.${counter}`, file) === "gauge") return stat;
  const place = "namespace" in stat ? String(stat.namespace) : "";
  const perSecond = growth.perSecond(`${place} ${file} ${protocol}.${counter}`, value);
  return perSecond === undefined ? stat : { ...stat, perSecond };
}

/** A line for a name that no counter has. */
function unheard(text: string, all: readonly Stat[]): string {
  const names = all.flatMap(({ protocol, counter }) => [counter, `${protocol}.${counter}`]);
  return `no counter is called "${text}"${suggestion(text, names) || "; procnet stats --zeros lists all there are"}`;
}

/** `Tcp.RetransSegs`, `RetransSegs` and `Tcp*` name a counter. */
function isNamed({ protocol, counter }: Stat, pattern: Pattern): boolean {
  return pattern.test(`${protocol}.${counter}`.toLowerCase()) || pattern.test(counter.toLowerCase());
}

/** Counters by name, by protocol. */
type Groups = Readonly<Record<string, object | undefined>>;

/** The counters of a file; `undefined` where the kernel has no such file. */
function statsOf(of: Located, table: (typeof FILES)[number], issues: Issues): Stat[] | undefined {
  const groups: Groups | undefined = unlessMissing(() => read(table, { of, onIssue: issues.take }));
  if (groups === undefined) return undefined;
  return Object.entries(groups).flatMap(([protocol, counters]) =>
    Object.entries(counters ?? {}).flatMap(([counter, value]) =>
      typeof value === "number" ? [{ file: table.name, protocol, counter, value }] : [],
    ),
  );
}
