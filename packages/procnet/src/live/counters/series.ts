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
      /**
       * Number of the CPU. Rows of `/proc/net/stat` do not say it: there it is the place of the row among the possible CPUs, which is the
       * number on all machines that number them without a gap.
       */
      readonly cpu: number;
    }
  | {
      /** Which kind. */
      readonly kind: "cpus";
      /** All that are on, together: before Linux 5.7 a row of `softnet_stat` does not say of which it is. */
      readonly count: number;
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
  /** Bits after which it begins anew, where it is known: 32 of `softnet_stat` and some of `/proc/net/stat` on every kernel. */
  readonly bits: 32 | 64;
  /** Whose it is; absent where it is that of all. */
  readonly of: SeriesOf | undefined;
  /** As it was read; above 2^53 the nearest double. */
  readonly value: number;
}

/** Numbers of now among those that count. */
const GAUGES: ReadonlySet<string> = /* @__PURE__ */ new Set([
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
  "stat/nf_flowtable.wqAdd",
  "stat/nf_flowtable.wqDel",
  "stat/nf_flowtable.wqStats",
  "stat/rt_cache.entries",
  "stat/synproxy.entries",
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
  softnet(sample, take);
  for (const table of CPU_TABLES) byCpu(sample[table.of], table, take);
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

function softnet({ softnet: rows = [] }: Sample, take: Take): void {
  const group = "softnet_stat";
  for (const { cpu, ...counts } of rows) {
    if (cpu !== undefined) numbers(group, group, "machine", counts, { kind: "cpu", cpu }, 32, take);
  }
  // Rows of CPUs that are off are left out, so that a row that does not say its CPU is of any.
  if (rows.length === 0 || rows.some(({ cpu }) => cpu !== undefined)) return;
  numbers(group, group, "machine", sumsOf(rows), { kind: "cpus", count: rows.length }, 64, take);
}

/** A table below `/proc/net/stat`: a row for each possible CPU, in their order. */
interface CpuTable {
  readonly of: "arpCache" | "ndiscCache" | "conntrack" | "rtCache" | "synproxy" | "flowtable";
  readonly file: string;
  readonly scope: Series["scope"];
  readonly bits: Series["bits"];
}

const CPU_TABLES: readonly CpuTable[] = [
  { of: "arpCache", file: "stat/arp_cache", scope: "machine", bits: 64 },
  { of: "ndiscCache", file: "stat/ndisc_cache", scope: "machine", bits: 64 },
  { of: "conntrack", file: "stat/nf_conntrack", scope: "namespace", bits: 32 },
  { of: "rtCache", file: "stat/rt_cache", scope: "machine", bits: 32 },
  { of: "synproxy", file: "stat/synproxy", scope: "namespace", bits: 32 },
  { of: "flowtable", file: "stat/nf_flowtable", scope: "namespace", bits: 32 },
];

/** What counts is of each CPU. Numbers of now are of all: `entries` is the same in every row, of `nf_flowtable` the sum means something. */
function byCpu(rows: readonly object[] | undefined, { file, scope, bits }: CpuTable, take: Take): void {
  const [first] = rows ?? [];
  if (rows === undefined || first === undefined) return;
  const isNow = ([name]: readonly [string, unknown]) => seriesKind(`${file}.${name}`, file) === "gauge";
  const now = Object.entries(file === "stat/nf_flowtable" ? sumsOf(rows) : first).filter(isNow);
  numbers(file, file, scope, Object.fromEntries(now), undefined, bits, take);
  rows.forEach((row, cpu) => {
    const counted = Object.entries(row).filter((entry) => !isNow(entry));
    numbers(file, file, scope, Object.fromEntries(counted), { kind: "cpu", cpu }, bits, take);
  });
}

function sumsOf(rows: readonly object[]): object {
  const sums = new Map<string, number>();
  for (const row of rows) {
    for (const [name, value] of Object.entries(row))
      if (typeof value === "number") sums.set(name, (sums.get(name) ?? 0) + value);
  }
  return Object.fromEntries(sums);
}
