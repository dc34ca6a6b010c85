import type { Sample } from "../sample.ts";

/** Whose a number is, where it is not that of the whole namespace or machine. */
export type SeriesOf =
  | {
      /** Which kind. */
      readonly kind: "interface";
      /** Name of the interface. */
      readonly interface: string;
      /** Its index; absent where sysfs does not tell. */
      readonly index: number | undefined;
    }
  | {
      /** Which kind. */
      readonly kind: "cpu";
      /** Number of the CPU. */
      readonly cpu: number;
    };

/** A number of a sample, with what it is. */
export interface Series {
  /** The kernel's names, group first: `Tcp.RetransSegs`, `TcpExt.ListenDrops`; of tables the table: `dev.recvBytes`, `softnet_stat.dropped`. */
  readonly name: string;
  /** The file it is in, below `/proc`. */
  readonly file: string;
  /** How far it reaches. */
  readonly scope: "namespace" | "machine";
  /** Whether it counts since boot, or is a number of now. */
  readonly kind: "counter" | "gauge";
  /** Bits after which it begins anew, where it is known: 32 of `softnet_stat` on every kernel. */
  readonly bits: 32 | 64;
  /** Whose it is; absent where it is that of all. */
  readonly of: SeriesOf | undefined;
  /** As it was read. */
  readonly value: number;
}

/** Numbers of now among those that count. */
export const GAUGES: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "Ip.Forwarding",
  "Ip.DefaultTTL",
  "Tcp.RtoAlgorithm",
  "Tcp.RtoMin",
  "Tcp.RtoMax",
  "Tcp.MaxConn",
  "Tcp.CurrEstab",
  "MPTcpExt.MPCurrEstab",
  "softnet_stat.cpu",
  "softnet_stat.backlogLength",
  "softnet_stat.inputQueueLength",
  "softnet_stat.processQueueLength",
  "stat/arp_cache.entries",
  "stat/ndisc_cache.entries",
  "stat/nf_conntrack.entries",
]);

/** `tls_stat` has sessions of now and sessions since boot: names of the former begin so. */
const TLS_NOW = "TlsCurr";

/**
 * Whether a number counts since boot, or is one of now: by its name with its group, and its file below `net`.
 *
 * @example
 * ```ts
 * import { seriesKind } from "procnet/live";
 * seriesKind("Tcp.CurrEstab", "snmp"); // "gauge"
 * ```
 */
export function seriesKind(name: string, file: string): Series["kind"] {
  const isNow = file.startsWith("sockstat") || GAUGES.has(name) || name.includes(`.${TLS_NOW}`);
  return isNow ? "gauge" : "counter";
}

type Take = (series: Series) => void;

/**
 * All numbers of a sample, in the order of the files.
 *
 * @example
 * ```ts
 * import { seriesOf, takeSample } from "procnet";
 * const series = seriesOf(await takeSample({ sockets: false }));
 * console.log(series.find(({ name }) => name === "Tcp.CurrEstab")?.value);
 * ```
 */
export function seriesOf(sample: Sample): Series[] {
  const all: Series[] = [];
  const take = (series: Series): void => {
    all.push(series);
  };
  grouped(sample.snmp, "snmp", take);
  flat(sample.snmp6, "snmp6", take);
  grouped(sample.netstat, "netstat", take);
  gauges(sample.sockstat, "sockstat", take);
  gauges(sample.sockstat6, "sockstat6", take);
  flat({ xfrm_stat: sample.xfrm }, "xfrm_stat", take);
  flat({ tls_stat: sample.tls }, "tls_stat", take);
  for (const { name, index, status } of sample.devices ?? []) {
    numbers("dev", "dev", "namespace", status, { kind: "interface", interface: name, index }, 64, take);
  }
  for (const row of sample.softnet ?? []) {
    // Before Linux 5.7 a row does not say of which CPU it is, and those of CPUs that are off are left out.
    if (row.cpu === undefined) continue;
    const { cpu, ...counts } = row;
    numbers("softnet_stat", "softnet_stat", "machine", counts, { kind: "cpu", cpu }, 32, take);
  }
  summed(sample.arpCache, "stat/arp_cache", "entries", take);
  summed(sample.ndiscCache, "stat/ndisc_cache", "entries", take);
  summed(sample.conntrack, "stat/nf_conntrack", "entries", take, "namespace");
  return all;
}

/** Groups of counters by their names. */
function grouped(groups: object | undefined, file: string, take: Take): void {
  for (const [group, counters] of Object.entries(groups ?? {})) {
    numbers(group, file, "namespace", counters as object, undefined, 64, take);
  }
}

/** The same, of files that have one level in their text and two in ours. */
function flat(groups: object | undefined, file: string, take: Take): void {
  for (const [group, counters] of Object.entries(groups ?? {})) {
    if (counters !== undefined) numbers(group, file, "namespace", counters as object, undefined, 64, take);
  }
}

/** Numbers of now; some of them of the whole machine. */
function gauges(groups: object | undefined, file: string, take: Take): void {
  for (const [group, values] of Object.entries(groups ?? {})) {
    for (const [name, value] of Object.entries((values ?? {}) as object)) {
      if (typeof value !== "number") continue;
      const scope = MACHINE.has(`${group}.${name}`) ? "machine" : "namespace";
      take({ name: `${group}.${name}`, file: `net/${file}`, scope, kind: "gauge", bits: 64, of: undefined, value });
    }
  }
}

/** Of the whole machine, in whichever namespace they are read: sockstat_seq_show, net/ipv4/proc.c. */
export const MACHINE: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "TCP.orphan",
  "TCP.alloc",
  "TCP.mem",
  "UDP.mem",
  "UDPLITE.mem",
]);

function numbers(
  group: string,
  file: string,
  scope: Series["scope"],
  counters: object,
  of: SeriesOf | undefined,
  bits: Series["bits"],
  take: Take,
): void {
  for (const [name, value] of Object.entries(counters)) {
    if (typeof value !== "number") continue;
    const full = `${group}.${name}`;
    take({ name: full, file: `net/${file}`, scope, kind: seriesKind(full, file), bits, of, value });
  }
}

/** Tables with a row for each CPU: what counts is added up, `now` is the same in every row. */
function summed(
  rows: readonly object[] | undefined,
  file: string,
  now: string,
  take: Take,
  scope: Series["scope"] = "machine",
): void {
  const [first] = rows ?? [];
  if (first === undefined) return;
  const sums = new Map<string, number>();
  for (const row of rows ?? []) {
    for (const [name, value] of Object.entries(row)) {
      if (typeof value === "number") sums.set(name, name === now ? value : (sums.get(name) ?? 0) + value);
    }
  }
  const counted = Object.fromEntries(sums);
  numbers(file, file, scope, counted, undefined, 64, take);
}
