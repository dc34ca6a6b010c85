import { lineForm, parseRows } from "../../form/forms.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";

/*
 * /proc/net/netfilter/nfnetlink_queue: seq_show (net/netfilter/nfnetlink_queue.c). No header.
 *
 *       9 3733667649     0 2 65531     0     0        3  1
 */

/** A queue of packets that wait for a verdict of user space: a row of `/proc/net/netfilter/nfnetlink_queue`. */
export interface NfnetlinkQueueEntry {
  /** Number of the queue: `--queue-num`. */
  readonly queueNum: number;
  /** Netlink port of the program that listens, often its process id. */
  readonly peerPortid: number;
  /** Packets now waiting. */
  readonly queueTotal: number;
  /** How much of a packet is copied: see `NfnetlinkCopyMode`. */
  readonly copyMode: number;
  /** Bytes of a packet that are copied at most. */
  readonly copyRange: number;
  /** Packets dropped because the queue was full. */
  readonly queueDropped: number;
  /** Packets dropped because the netlink socket of the program was full. */
  readonly queueUserDropped: number;
  /** Number of the packet queued last. Wraps at 2^32. */
  readonly idSequence: number;
  /** Always 1. */
  readonly use: number;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** Rows of `/proc/net/netfilter/nfnetlink_queue`. */
export type NfnetlinkQueueEntries = NfnetlinkQueueEntry[];

/**
 * Rows of `/proc/net/netfilter/nfnetlink_queue`.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { netfilterNfnetlinkQueue } from "procnet/tables";
 * for (const row of each(netfilterNfnetlinkQueue)) console.log(row);
 * ```
 */
export const netfilterNfnetlinkQueue: RowTable<"netfilter/nfnetlink_queue", NfnetlinkQueueEntry> = table(
  {
    name: "netfilter/nfnetlink_queue",
    needs: "CONFIG_NETFILTER_NETLINK_QUEUE, module nfnetlink_queue",
    readers: "root",
  },
  lineForm([], nfnetlinkQueueRow),
);

/**
 * Parses the text of `/proc/net/netfilter/nfnetlink_queue`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseNfnetlinkQueue } from "procnet/parse";
 * parseNfnetlinkQueue(bytes).filter((queue) => queue.queueDropped > 0);
 * ```
 */
export function parseNfnetlinkQueue(text: Uint8Array, options: ParseOptions = {}): NfnetlinkQueueEntries {
  return parseRows(netfilterNfnetlinkQueue, text, options);
}

function nfnetlinkQueueRow(line: Line): NfnetlinkQueueEntry {
  return {
    queueNum: line.decimal("queue_num"),
    peerPortid: line.unsigned32("peer_portid"),
    queueTotal: line.decimal("queue_total"),
    copyMode: line.decimal("copy_mode"),
    copyRange: line.decimal("copy_range"),
    queueDropped: line.decimal("queue_dropped"),
    queueUserDropped: line.decimal("queue_user_dropped"),
    idSequence: line.decimal("id_sequence"),
    use: line.decimal("1"),
    ...line.extra(),
  };
}
