import { lineForm, parseRows } from "../../form/forms.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";

/*
 * /proc/net/netfilter/nfnetlink_log: seq_show (net/netfilter/nfnetlink_log.c). No header.
 *
 *       3  12275     0 2  1024    150  1
 */

/** A group that packets are logged to over netlink: a row of `/proc/net/netfilter/nfnetlink_log`. */
export interface NfnetlinkLogEntry {
  /** Number of the group: `--nflog-group`. */
  readonly groupNum: number;
  /** Netlink port of the program that listens, often its process id. */
  readonly peerPortid: number;
  /** Messages gathered and not yet sent. */
  readonly qlen: number;
  /** How much of a packet is copied: see `NfnetlinkCopyMode`. */
  readonly copyMode: number;
  /** Bytes of a packet that are copied at most. */
  readonly copyRange: number;
  /** How long messages are gathered, 1/100 s. */
  readonly flushTimeout: number;
  /** Reference count of the kernel's structure. */
  readonly use: number;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** Rows of `/proc/net/netfilter/nfnetlink_log`. */
export type NfnetlinkLogEntries = NfnetlinkLogEntry[];

/**
 * Rows of `/proc/net/netfilter/nfnetlink_log`.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { netfilterNfnetlinkLog } from "procnet/tables";
 * for (const row of each(netfilterNfnetlinkLog)) console.log(row);
 * ```
 */
export const netfilterNfnetlinkLog: RowTable<"netfilter/nfnetlink_log", NfnetlinkLogEntry> = table(
  { name: "netfilter/nfnetlink_log", needs: "CONFIG_NETFILTER_NETLINK_LOG, module nfnetlink_log", readers: "root" },
  lineForm([], nfnetlinkLogRow),
);

/**
 * Parses the text of `/proc/net/netfilter/nfnetlink_log`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseNfnetlinkLog } from "procnet/parse";
 * parseNfnetlinkLog(bytes).map((group) => group.groupNum);
 * ```
 */
export function parseNfnetlinkLog(text: Uint8Array, options: ParseOptions = {}): NfnetlinkLogEntries {
  return parseRows(netfilterNfnetlinkLog, text, options);
}

function nfnetlinkLogRow(line: Line): NfnetlinkLogEntry {
  return {
    groupNum: line.decimal("group_num"),
    peerPortid: line.unsigned32("peer_portid"),
    qlen: line.decimal("qlen"),
    copyMode: line.decimal("copy_mode"),
    copyRange: line.decimal("copy_range"),
    flushTimeout: line.decimal("flushtimeout"),
    use: line.decimal("use"),
    ...line.extra(),
  };
}
