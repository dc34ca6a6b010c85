import { eachLine } from "../../form/forms.ts";
import { RowError } from "../../form/issues.ts";
import type { Line } from "../../form/line.ts";
import { hexCounterOf } from "../../form/line-counters.ts";
import type { Counter, CounterOf, ExactOptions, ParseOptions } from "../../form/options.ts";
import { counterTable, type TextTable } from "../../form/table.ts";

/*
 * /proc/net/ip_vs_stats and ip_vs_stats_percpu: ip_vs_stats_show, ip_vs_stats_percpu_show
 * (net/netfilter/ipvs/ip_vs_ctl.c). All numbers are hexadecimal.
 *
 *      Total Incoming Outgoing         Incoming         Outgoing
 *      Conns  Packets  Packets            Bytes            Bytes
 *         1F       A0       9C             6B2C             F01D
 *
 *    Conns/s   Pkts/s   Pkts/s          Bytes/s          Bytes/s
 *          0        2        2               C4              1E8
 *
 * ip_vs_stats_percpu has a column CPU in front, one line for each possible CPU, and the sums in a line that begins with ~.
 */

/** What passed through the virtual servers since the namespace was made, or since `ipvsadm --zero`. */
export interface IpVsCounters<Value extends Counter = number> {
  /** Connections. */
  readonly conns: Value;
  /** Packets of clients. */
  readonly inPkts: Value;
  /** Packets of servers; none where they answer by themselves (`Route`, `Tunnel`). */
  readonly outPkts: Value;
  /** Bytes of clients. */
  readonly inBytes: Value;
  /** Bytes of servers. */
  readonly outBytes: Value;
}

/** What passes now, an average the kernel keeps: per second. */
export interface IpVsRates<Value extends Counter = number> {
  /** Connections a second. */
  readonly cps: Value;
  /** Packets of clients a second. */
  readonly inPps: Value;
  /** Packets of servers a second. */
  readonly outPps: Value;
  /** Bytes of clients a second. */
  readonly inBps: Value;
  /** Bytes of servers a second. */
  readonly outBps: Value;
}

/** The counters of one CPU. */
export interface IpVsCpuCounters<Value extends Counter = number> extends IpVsCounters<Value> {
  /** Number of the CPU. */
  readonly cpu: number;
}

/** Content of `/proc/net/ip_vs_stats`. Both parts are absent in an empty text only. */
export interface IpVsStats<Value extends Counter = number> {
  /** Counters since the start or the last reset. */
  readonly total?: IpVsCounters<Value>;
  /** What happened in each second, estimated. */
  readonly rate?: IpVsRates<Value>;
}

/** Content of `/proc/net/ip_vs_stats_percpu`. */
export interface IpVsStatsPercpu<Value extends Counter = number> extends IpVsStats<Value> {
  /** One for each possible CPU, offline ones included. */
  readonly cpus: readonly IpVsCpuCounters<Value>[];
}

/**
 * Counters and rates of IPVS: `/proc/net/ip_vs_stats`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { ipVsStats } from "procnet/tables";
 * read(ipVsStats).rate?.cps;
 * ```
 */
export const ipVsStats: TextTable<"ip_vs_stats", IpVsStats, IpVsStats<bigint>> = counterTable(
  { name: "ip_vs_stats", needs: "CONFIG_IP_VS, module ip_vs" },
  {
    parse: (text, options) => {
      const { cpus, ...stats } = readStats(text, options);
      return stats;
    },
  },
);

/**
 * Counters of IPVS for each CPU: `/proc/net/ip_vs_stats_percpu`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { ipVsStatsPercpu } from "procnet/tables";
 * console.log(read(ipVsStatsPercpu));
 * ```
 */
export const ipVsStatsPercpu: TextTable<"ip_vs_stats_percpu", IpVsStatsPercpu, IpVsStatsPercpu<bigint>> = counterTable(
  { name: "ip_vs_stats_percpu", needs: "CONFIG_IP_VS, module ip_vs", since: "2.6.39" },
  { parse: readStats },
);

/**
 * Parses the text of `/proc/net/ip_vs_stats`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad line, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseIpVsStats } from "procnet/parse";
 * parseIpVsStats(bytes).rate?.cps;
 * ```
 */
export function parseIpVsStats<Exact extends boolean = false>(
  text: Uint8Array,
  options?: ExactOptions<Exact>,
): IpVsStats<CounterOf<Exact>>;
export function parseIpVsStats(text: Uint8Array, options: ParseOptions = {}): IpVsStats<Counter> {
  return ipVsStats.parse(text, options);
}

/** Parses the text of `/proc/net/ip_vs_stats_percpu`, like {@link parseIpVsStats}. */
export function parseIpVsStatsPercpu<Exact extends boolean = false>(
  text: Uint8Array,
  options?: ExactOptions<Exact>,
): IpVsStatsPercpu<CounterOf<Exact>>;
export function parseIpVsStatsPercpu(text: Uint8Array, options: ParseOptions = {}): IpVsStatsPercpu<Counter> {
  return ipVsStatsPercpu.parse(text, options);
}

/** First words of the header lines, and what stands below them. */
const HEADERS: ReadonlyMap<string, "total" | "cpus" | "rate"> = /* @__PURE__ */ new Map([
  ["Total", "total"],
  ["Conns", "total"],
  ["CPU", "cpus"],
  ["Conns/s", "rate"],
]);

function readStats(text: Uint8Array, options: ParseOptions): IpVsStatsPercpu<Counter> {
  const bigint = options.bigint === true;
  const cpus: IpVsCpuCounters<Counter>[] = [];
  let total: IpVsCounters<Counter> | undefined;
  let rate: IpVsRates<Counter> | undefined;
  let part: "total" | "cpus" | "rate" | undefined;
  eachLine(
    text,
    options,
    (line) => {
      const header = HEADERS.get(line.word("header"));
      part = header ?? part;
      if (header !== undefined) return;
      if (part === undefined) throw new RowError(line.start, "header", 'expected a header that begins with "Total"');
      const isSum = part === "cpus" && line.bytes[line.tokenStart] === 0x7e;
      if (!isSum) line.at = line.start;
      if (part === "rate") rate = rates(line, bigint);
      else if (part === "total" || isSum) total = counters(line, bigint);
      else cpus.push({ cpu: line.hex("CPU"), ...counters(line, bigint) });
    },
    { blanks: "usual" },
  );
  return { cpus, ...(total && { total }), ...(rate && { rate }) };
}

function counters(line: Line, bigint: boolean): IpVsCounters<Counter> {
  return {
    conns: hexCounterOf(line, "Conns", bigint),
    inPkts: hexCounterOf(line, "Incoming Packets", bigint),
    outPkts: hexCounterOf(line, "Outgoing Packets", bigint),
    inBytes: hexCounterOf(line, "Incoming Bytes", bigint),
    outBytes: hexCounterOf(line, "Outgoing Bytes", bigint),
  };
}

function rates(line: Line, bigint: boolean): IpVsRates<Counter> {
  return {
    cps: hexCounterOf(line, "Conns/s", bigint),
    inPps: hexCounterOf(line, "Incoming Pkts/s", bigint),
    outPps: hexCounterOf(line, "Outgoing Pkts/s", bigint),
    inBps: hexCounterOf(line, "Incoming Bytes/s", bigint),
    outBps: hexCounterOf(line, "Outgoing Bytes/s", bigint),
  };
}
