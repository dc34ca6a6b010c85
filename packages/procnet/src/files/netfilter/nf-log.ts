import { lineForm, parseRows, type RowForm } from "../../form/forms.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";

/*
 * /proc/net/netfilter/nf_log: seq_show (net/netfilter/nf_log.c), and nf_queue of kernels before 3.8:
 * seq_show (net/netfilter/nf_queue.c). No header.
 *
 *    0 NONE (nfnetlink_log)
 *    2 nf_log_ipv4 (nf_log_ipv4,nfnetlink_log)
 *
 * The kernel writes a comma behind the first logger only; there are two at most. nf_queue has no list.
 */

/** Who takes the packets of a protocol family: a row of `/proc/net/netfilter/nf_log` or `nf_queue`. */
export interface NfLogEntry {
  /** Protocol family: see `NetfilterProtocol`. */
  readonly protocol: number;
  /** Name of the logger (of the handler in `nf_queue`) in use; absent for `NONE`. */
  readonly active: string | undefined;
  /** Loggers that are loaded for the family. Absent in `nf_queue`, and before 2.6.30. */
  readonly loggers: readonly string[] | undefined;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** Rows of `/proc/net/netfilter/nf_log` or `nf_queue`. */
export type NfLogEntries = NfLogEntry[];

const nfLogForm: RowForm<NfLogEntry> = lineForm([], nfLogRow);

/**
 * Loggers by protocol family: rows of `/proc/net/netfilter/nf_log`.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { netfilterNfLog } from "procnet/tables";
 * for (const row of each(netfilterNfLog)) console.log(row);
 * ```
 */
export const netfilterNfLog: RowTable<"netfilter/nf_log", NfLogEntry> = table(
  { name: "netfilter/nf_log", needs: "CONFIG_NETFILTER" },
  nfLogForm,
);

/**
 * Handlers of queued packets by protocol family: rows of `/proc/net/netfilter/nf_queue`.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { netfilterNfQueue } from "procnet/tables";
 * for (const row of each(netfilterNfQueue)) console.log(row);
 * ```
 */
export const netfilterNfQueue: RowTable<"netfilter/nf_queue", NfLogEntry> = table(
  { name: "netfilter/nf_queue", needs: "CONFIG_NETFILTER", until: "3.8" },
  nfLogForm,
);

/**
 * Parses the text of `/proc/net/netfilter/nf_log` or `nf_queue`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseNfLog } from "procnet/parse";
 * parseNfLog(bytes).find((entry) => entry.protocol === 2)?.active; // "nf_log_ipv4"
 * ```
 */
export function parseNfLog(text: Uint8Array, options: ParseOptions = {}): NfLogEntries {
  return parseRows(nfLogForm, text, options);
}

function nfLogRow(line: Line): NfLogEntry {
  const protocol = line.decimal("protocol");
  const active = line.word("logger");
  return {
    protocol,
    active: active === "NONE" ? undefined : active,
    loggers: line.more() ? loggerList(line) : undefined,
    ...line.extra(),
  };
}

function loggerList(line: Line): string[] {
  const list = line.word("loggers");
  if (!list.startsWith("(") || !list.endsWith(")")) line.fail("loggers", "a list in parentheses");
  return list === "()" ? [] : list.slice(1, -1).split(",");
}
