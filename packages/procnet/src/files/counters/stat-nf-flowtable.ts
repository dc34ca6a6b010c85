import { parseRows } from "../../form/forms.ts";
import type { UnknownColumns } from "../../form/header-form.ts";
import type { ParseOptions } from "../../form/options.ts";
import { statForm } from "../../form/stat-form.ts";
import { type RowTable, table } from "../../form/table.ts";

/*
 * /proc/net/stat/nf_flowtable: nf_flow_table_cpu_seq_show (net/netfilter/nf_flow_table_procfs.c). Decimal.
 *
 *   wq_add   wq_del   wq_stats
 *         12        3        0
 */

/** Work for devices that take flows over, by the CPU that asked for it: a row of `/proc/net/stat/nf_flowtable`. */
export interface StatNfFlowtable extends UnknownColumns {
  /** Flows waiting to be added, less those another CPU took: only the sum of all rows means something. */
  readonly wqAdd: number;
  /** Flows waiting to be removed, counted likewise. */
  readonly wqDel: number;
  /** Flows waiting for their counters to be read, counted likewise. */
  readonly wqStats: number;
}

/** Rows of `/proc/net/stat/nf_flowtable`, one for each possible CPU in their order. */
export type StatNfFlowtables = StatNfFlowtable[];

/**
 * Rows of `/proc/net/stat/nf_flowtable`, one for each possible CPU in their order.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { statNfFlowtable } from "procnet/tables";
 * const waiting = read(statNfFlowtable).reduce((sum, cpu) => sum + cpu.wqAdd, 0);
 * ```
 */
export const statNfFlowtable: RowTable<"stat/nf_flowtable", StatNfFlowtable> = table(
  { name: "stat/nf_flowtable", needs: "CONFIG_NF_FLOW_TABLE_PROCFS, module nf_flow_table", since: "6.0" },
  statForm({
    header: "wq_add",
    always: ["wq_add", "wq_del", "wq_stats"],
    sometimes: [],
    read: (cells, column): number => cells.signed(column),
  }),
);

/**
 * Parses the text of `/proc/net/stat/nf_flowtable`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseStatNfFlowtable } from "procnet/parse";
 * const waiting = parseStatNfFlowtable(bytes).reduce((sum, cpu) => sum + cpu.wqAdd, 0);
 * ```
 */
export function parseStatNfFlowtable(text: Uint8Array, options: ParseOptions = {}): StatNfFlowtables {
  return parseRows(statNfFlowtable, text, options);
}
