import { checkOptions, optionNames } from "../check-options.ts";
import { isProcfsError } from "../errors.ts";
import { netstat } from "../files/counters/netstat.ts";
import { snmp } from "../files/counters/snmp.ts";
import { snmp6 } from "../files/counters/snmp6.ts";
import { sockstat, sockstat6 } from "../files/counters/sockstat.ts";
import { softnetStat } from "../files/counters/softnet-stat.ts";
import { statArpCache, statNdiscCache } from "../files/counters/stat-arp-cache.ts";
import { statNfConntrack } from "../files/counters/stat-nf-conntrack.ts";
import { statNfFlowtable } from "../files/counters/stat-nf-flowtable.ts";
import { statRtCache } from "../files/counters/stat-rt-cache.ts";
import { statSynproxy } from "../files/counters/stat-synproxy.ts";
import { tlsStat } from "../files/counters/tls-stat.ts";
import { xfrmStat } from "../files/counters/xfrm-stat.ts";
import { namespaceOf, takenAtOf, uptimeOf } from "../host/moment.ts";
import { monotonicNow } from "../host/monotonic.ts";
import { type BaseProcFs, baseProcFs, checkProcfs } from "../host/procfs.ts";
import { wrongValue } from "../option-values.ts";
import type { Located } from "../read/place.ts";
import { isLive } from "../read/procfs-type.ts";
import { read } from "../read/read.ts";
import type { SocketSource } from "../sockets/source.ts";
import type { Socket } from "../sockets/types.ts";
import type { Missing, Sample } from "./sample.ts";
import { bondsOf, devicesOf } from "./sample-devices.ts";
import { type SampledSockets, sampleSockets } from "./sample-sockets.ts";

/** What a sample holds; all optional. */
export interface TakeSampleOptions {
  /** The procfs to look at; that of this machine by default. */
  readonly procfs?: BaseProcFs;
  /** A process: the sample is of its network namespace. */
  readonly pid?: number;
  /**
   * Whether sockets, their owners and their descriptors are looked at, which costs most: true by default. Sockets of a look that was
   * taken just now are not looked at again: of them those of the namespace are in the sample. They are to be of all tables.
   */
  readonly sockets?: boolean | Iterable<Socket>;
  /** Who is asked for sockets before procfs: see `SocketsOptions.source`. */
  readonly source?: SocketSource;
  /** Gives up. */
  readonly signal?: AbortSignal;
}

const OPTIONS = optionNames<TakeSampleOptions>({
  procfs: true,
  pid: true,
  sockets: true,
  source: true,
  signal: true,
});

/**
 * Reads the counters of a network namespace and, unless `sockets` is false, its sockets with their owners. Files that the kernel does
 * not have, or does not let be read, are in `missing`.
 *
 * @throws `ProcfsError` with code `ERR_INVALID_ARG` for a wrong or unknown option, `ERR_NO_NET` where there is no network file at all,
 * `ESRCH` where there is no such process
 * @example
 * ```ts
 * import { takeSample } from "procnet";
 * const { netstat, missing } = await takeSample({ sockets: false });
 * console.log(netstat?.TcpExt.ListenOverflows, missing.map(({ what }) => what));
 * ```
 */
export async function takeSample(options: TakeSampleOptions = {}): Promise<Sample> {
  checkOptions("takeSample", options, OPTIONS);
  const { procfs = baseProcFs(), pid, sockets = true, source, signal } = options;
  checkProcfs("takeSample", procfs);
  const given = typeof sockets === "boolean" ? undefined : sockets;
  if (given !== undefined && !isIterable(given))
    throw wrongValue("takeSample: sockets", "true, false or sockets", given);
  const counted = countersOf(procfs, pid);
  if (sockets === false) return counted;
  const looked: SampledSockets = await sampleSockets(procfs, pid, given, signal, source);
  return { ...counted, ...looked, missing: [...counted.missing, ...looked.missing] };
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.iterator in value;
}

/** There is no network to look at, or the process that was asked for is gone: that is no single file that is missing. */
const NOTHING_LEFT: ReadonlySet<string> = /* @__PURE__ */ new Set(["ERR_NO_NET", "ESRCH"]);

/** The counters alone, at once: a millisecond. */
export function countersOf(procfs: BaseProcFs, pid: number | undefined): Sample {
  const of: Located = pid === undefined ? procfs : procfs.process(pid);
  const missing: Missing[] = [];
  const attempt = <Value>(what: string, read: () => Value): Value | undefined => {
    try {
      return read();
    } catch (error) {
      if (!isProcfsError(error) || NOTHING_LEFT.has(error.code)) throw error;
      missing.push({ what, code: error.code, message: error.message });
      return undefined;
    }
  };
  const takenAt = takenAtOf(procfs, of);
  const live = isLive(procfs.context);
  return {
    at: live ? monotonicNow() : takenAt.getTime(),
    takenAt,
    uptime: uptimeOf(procfs.root),
    namespace: namespaceOf(procfs, pid),
    snmp: attempt("snmp", () => read(snmp, { of })),
    snmp6: attempt("snmp6", () => read(snmp6, { of })),
    netstat: attempt("netstat", () => read(netstat, { of })),
    sockstat: attempt("sockstat", () => read(sockstat, { of })),
    sockstat6: attempt("sockstat6", () => read(sockstat6, { of })),
    softnet: attempt("softnet_stat", () => read(softnetStat, { of })),
    arpCache: attempt("stat/arp_cache", () => read(statArpCache, { of })),
    ndiscCache: attempt("stat/ndisc_cache", () => read(statNdiscCache, { of })),
    conntrack: attempt("stat/nf_conntrack", () => read(statNfConntrack, { of })),
    rtCache: attempt("stat/rt_cache", () => read(statRtCache, { of })),
    synproxy: attempt("stat/synproxy", () => read(statSynproxy, { of })),
    flowtable: attempt("stat/nf_flowtable", () => read(statNfFlowtable, { of })),
    xfrm: attempt("xfrm_stat", () => read(xfrmStat, { of })),
    tls: attempt("tls_stat", () => read(tlsStat, { of })),
    devices: attempt("dev", () => devicesOf(procfs, of, pid)),
    bonds: attempt("bonding", () => bondsOf(of)),
    missing,
  };
}
