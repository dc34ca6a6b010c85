import { lineForm, parseRows } from "../../form/forms.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { paddedHex } from "../../form/padded-hex.ts";
import { type RowTable, table } from "../../form/table.ts";

/*
 * /proc/net/softnet_stat: softnet_seq_show (net/core/net-procfs.c). No header, one line for each online CPU.
 *
 *   0002b42a 00000000 00000001 00000000 00000000 00000000 00000000 00000000 00000000 00000000 ...
 *
 * 9 columns up to 2.6.34, 10 since 2.6.35, 11 since 3.11, 13 since 5.7, 15 since 6.4: only their number tells them.
 */

/**
 * Work of one CPU on packets received, for the whole machine in every namespace: a row of `/proc/net/softnet_stat`.
 * Counters wrap at 2^32, `processed` soon.
 */
export interface SoftnetStat {
  /** Packets processed. */
  readonly processed: number;
  /** Packets dropped because the queue of this CPU was full (`net.core.netdev_max_backlog`). */
  readonly dropped: number;
  /** Times the work was broken off with packets left, for want of budget or time (`net.core.netdev_budget`). */
  readonly timeSqueeze: number;
  /**
   * The five columns behind, all 0 since Linux 2.6. In 2.4: throttled, fastroute_hit, fastroute_success,
   * fastroute_defer, fastroute_deferred_out.
   */
  readonly unused: readonly number[];
  /** Collisions of CPUs over a device's lock when sending; always 0 since Linux 4.8. */
  readonly cpuCollision: number;
  /** Times another CPU woke this one to process packets (receive packet steering). Since Linux 2.6.35. */
  readonly receivedRps: number | undefined;
  /** Packets dropped by the flow limit. Since Linux 3.11. */
  readonly flowLimitCount: number | undefined;
  /** Packets now waiting in both queues. Since Linux 5.7. */
  readonly backlogLength: number | undefined;
  /** Number of the CPU. Since Linux 5.7; before, the place of a row is no CPU number, as CPUs offline have no row. */
  readonly cpu: number | undefined;
  /** Packets now waiting that other CPUs and drivers queued. Since Linux 6.4. */
  readonly inputQueueLength: number | undefined;
  /** Packets now waiting that this CPU took to process. Since Linux 6.4. */
  readonly processQueueLength: number | undefined;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** Rows of `/proc/net/softnet_stat`, one for each online CPU. */
export type SoftnetStats = SoftnetStat[];

/**
 * What each online CPU did with received packets: rows of `/proc/net/softnet_stat`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { softnetStat } from "procnet/tables";
 * const busy = read(softnetStat).filter((row) => row.dropped > 0 || row.timeSqueeze > 0).map((row) => row.cpu);
 * ```
 */
export const softnetStat: RowTable<"softnet_stat", SoftnetStat> = table(
  { name: "softnet_stat", needs: "CONFIG_NET", scope: "machine" },
  lineForm([], softnetRow),
);

/**
 * Parses the text of `/proc/net/softnet_stat`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseSoftnetStat } from "procnet/parse";
 * const busy = parseSoftnetStat(bytes).filter((row) => row.dropped > 0 || row.timeSqueeze > 0).map((row) => row.cpu);
 * ```
 */
export function parseSoftnetStat(text: Uint8Array, options: ParseOptions = {}): SoftnetStats {
  return parseRows(softnetStat, text, options);
}

function softnetRow(line: Line): SoftnetStat {
  return {
    processed: paddedHex(line, "processed"),
    dropped: paddedHex(line, "dropped"),
    timeSqueeze: paddedHex(line, "time_squeeze"),
    unused: Array.from({ length: 5 }, () => paddedHex(line, "unused")),
    cpuCollision: paddedHex(line, "cpu_collision"),
    receivedRps: ifAny(line, "received_rps"),
    flowLimitCount: ifAny(line, "flow_limit_count"),
    backlogLength: ifAny(line, "backlog_len"),
    cpu: ifAny(line, "cpu"),
    inputQueueLength: ifAny(line, "input_qlen"),
    processQueueLength: ifAny(line, "process_qlen"),
    ...line.extra(),
  };
}

function ifAny(line: Line, field: string): number | undefined {
  return line.more() ? paddedHex(line, field) : undefined;
}
