import { parseRows } from "../../form/forms.ts";
import type { UnknownColumns } from "../../form/header-form.ts";
import type { ParseOptions } from "../../form/options.ts";
import { paddedHex } from "../../form/padded-hex.ts";
import { statForm } from "../../form/stat-form.ts";
import { type RowTable, table } from "../../form/table.ts";

/*
 * /proc/net/stat/synproxy: synproxy_cpu_seq_show (net/netfilter/nf_synproxy_core.c). Tabs, two behind the first name.
 *
 *   entries		syn_received	cookie_invalid	cookie_valid	cookie_retrans	conn_reopened
 *   00000000	0000002a	00000000	00000000	00000000	00000000
 */

/** Handshakes that one CPU answered in place of servers: a row of `/proc/net/stat/synproxy`. Counters wrap at 2^32. */
export interface StatSynproxy extends UnknownColumns {
  /** Always 0. */
  readonly entries: number;
  /** Connection requests received. */
  readonly synReceived: number;
  /** Answers whose cookie was wrong. */
  readonly cookieInvalid: number;
  /** Answers whose cookie was right: connections let through. */
  readonly cookieValid: number;
  /** Answers that came again before the server had answered. */
  readonly cookieRetrans: number;
  /** Connections opened again while the old one was in time-wait. */
  readonly connReopened: number;
}

/** Rows of `/proc/net/stat/synproxy`, one for each possible CPU in their order. */
export type StatSynproxies = StatSynproxy[];

/**
 * Rows of `/proc/net/stat/synproxy`, one for each possible CPU in their order.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { statSynproxy } from "procnet/tables";
 * const requests = read(statSynproxy).reduce((sum, cpu) => sum + cpu.synReceived, 0);
 * ```
 */
export const statSynproxy: RowTable<"stat/synproxy", StatSynproxy> = table(
  { name: "stat/synproxy", needs: "CONFIG_NETFILTER_SYNPROXY, module nf_synproxy_core", since: "3.12" },
  statForm({
    header: "entries",
    always: ["entries", "syn_received", "cookie_invalid", "cookie_valid", "cookie_retrans", "conn_reopened"],
    sometimes: [],
    read: (cells, column): number => paddedHex(cells.at(column), column),
  }),
);

/**
 * Parses the text of `/proc/net/stat/synproxy`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseStatSynproxy } from "procnet/parse";
 * const requests = parseStatSynproxy(bytes).reduce((sum, cpu) => sum + cpu.synReceived, 0);
 * ```
 */
export function parseStatSynproxy(text: Uint8Array, options: ParseOptions = {}): StatSynproxies {
  return parseRows(statSynproxy, text, options);
}
