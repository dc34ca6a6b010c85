import { parseRows, type RowForm } from "../../form/forms.ts";
import type { UnknownColumns } from "../../form/header-form.ts";
import type { ParseOptions } from "../../form/options.ts";
import { paddedHex } from "../../form/padded-hex.ts";
import { statForm } from "../../form/stat-form.ts";
import { type RowTable, table } from "../../form/table.ts";

/*
 * /proc/net/stat/nf_conntrack: ct_cpu_seq_show (net/netfilter/nf_conntrack_standalone.c). Hexadecimal.
 *
 *   entries  clashres found new invalid ignore delete chainlength insert insert_failed drop early_drop icmp_error ...
 *   00000007  00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 ...
 *
 * The second column was `searched`, the eighth `delete_list`; the last came in 2.6.3x.
 */

/** What one CPU did to track the namespace's connections: a row of `/proc/net/stat/nf_conntrack`. It wraps at 2^32. */
export interface StatNfConntrack extends UnknownColumns {
  /** Connections now tracked, of all CPUs: the same in every row. */
  readonly entries: number;
  /** Packets of a connection already tracked. */
  readonly found: number;
  /** Always 0 on current kernels. */
  readonly new: number;
  /** Packets that cannot be tracked. */
  readonly invalid: number;
  /** Packets not to be tracked; always 0 since Linux 5.10. */
  readonly ignore: number;
  /** Connections that ended; always 0 on current kernels. */
  readonly delete: number;
  /** Connections added to the table. */
  readonly insert: number;
  /** Connections that could not be added, another packet of the same having come first. */
  readonly insertFailed: number;
  /** Packets dropped because tracking their connection failed. */
  readonly drop: number;
  /** Connections dropped to make room: the table was full (`nf_conntrack_max`). */
  readonly earlyDrop: number;
  /** ICMP errors that fit no connection. */
  readonly icmpError: number;
  /** Connections that a helper had announced. */
  readonly expectNew: number;
  /** Connections that helpers announced. */
  readonly expectCreate: number;
  /** Announcements that ended. */
  readonly expectDelete: number;
  /** Entries looked at while searching the table. Kernels up to 4.x. */
  readonly searched: number | undefined;
  /** Two packets of one new connection at once that could be reconciled. Takes the place of `searched`. */
  readonly clashres: number | undefined;
  /** Connections on the list of those to be freed. Kernels up to 5.1x. */
  readonly deleteList: number | undefined;
  /** Connections refused because their hash chain was too long. Takes the place of `delete_list`. */
  readonly chainlength: number | undefined;
  /** Searches begun again because the table changed. Absent before 2.6.3x. */
  readonly searchRestart: number | undefined;
}

/** Rows of `/proc/net/stat/nf_conntrack`, one for each possible CPU in their order. */
export type StatNfConntracks = StatNfConntrack[];

const statNfConntrackForm: RowForm<StatNfConntrack> = statForm({
  header: "entries",
  always: [
    "entries",
    "found",
    "new",
    "invalid",
    "ignore",
    "delete",
    "insert",
    "insert_failed",
    "drop",
    "early_drop",
    "icmp_error",
    "expect_new",
    "expect_create",
    "expect_delete",
  ],
  sometimes: ["searched", "clashres", "delete_list", "chainlength", "search_restart"],
  read: (cells, column): number => paddedHex(cells.at(column), column),
});

/**
 * Rows of `/proc/net/stat/nf_conntrack`, one for each possible CPU in their order.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { statNfConntrack } from "procnet/tables";
 * const tableIsFull = read(statNfConntrack).some((cpu) => cpu.earlyDrop > 0 || cpu.drop > 0);
 * ```
 */
export const statNfConntrack: RowTable<"stat/nf_conntrack", StatNfConntrack> = table(
  { name: "stat/nf_conntrack", needs: "CONFIG_NF_CONNTRACK_PROCFS, module nf_conntrack" },
  statNfConntrackForm,
);

/**
 * Rows of `/proc/net/stat/ip_conntrack`, one for each possible CPU in their order.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { statIpConntrack } from "procnet/tables";
 * for (const row of each(statIpConntrack)) console.log(row);
 * ```
 */
export const statIpConntrack: RowTable<"stat/ip_conntrack", StatNfConntrack> = table(
  { name: "stat/ip_conntrack", needs: "CONFIG_NF_CONNTRACK_PROC_COMPAT, module nf_conntrack_ipv4", until: "4.9" },
  statNfConntrackForm,
);

/**
 * Parses the text of `/proc/net/stat/nf_conntrack`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseStatNfConntrack } from "procnet/parse";
 * const tableIsFull = parseStatNfConntrack(bytes).some((cpu) => cpu.earlyDrop > 0 || cpu.drop > 0);
 * ```
 */
export function parseStatNfConntrack(text: Uint8Array, options: ParseOptions = {}): StatNfConntracks {
  return parseRows(statNfConntrackForm, text, options);
}
