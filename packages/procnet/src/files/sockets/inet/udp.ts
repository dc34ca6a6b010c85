import { HOST_BYTE_ORDER } from "../../../codes/byte-order.ts";
import type { Line } from "../../../form/line.ts";
import type { ParseOptions } from "../../../form/options.ts";
import { parseRows } from "../../../form/table.ts";
import { inetColumns } from "./inet-general.ts";
import type { InetSocketEntry } from "./inet-row.ts";
import type { InetOptions } from "./inet-scanner.ts";
import { type InetTable, inetTable } from "./inet-table.ts";

/*
 * /proc/net/udp and udp6: udp4_seq_show (net/ipv4/udp.c), udp6_seq_show (net/ipv6/udp.c).
 *
 *     sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
 *   4740: 0100007F:979B 00000000:0000 07 00000000:00000000 00:00000000 00000000 65534        0 350309 2 000000009f112b3f 0
 *
 * The column sl is the hash bucket. drops came with 2.6.27. The lines of udp are padded to 127 characters, udp6 is not.
 */

/**
 * A row of `/proc/net/udp` or `udp6`. Only sockets with a local port are listed. `txQueue` and `rxQueue` count the memory
 * of the packets with their overhead; `timer`, `timerExpires`, `retransmits` and `probes` are always 0.
 */
export interface UdpNetEntry extends InetSocketEntry {
  /** Datagrams this socket dropped since it was made, wraps at 2^32. Absent before Linux 2.6.27. */
  readonly drops: number | undefined;
}

/** Rows of `/proc/net/udp` or `udp6`. */
export type UdpNetEntries = UdpNetEntry[];

export const udpTable: InetTable<UdpNetEntry> = datagramTable(8);
export const udp6Table: InetTable<UdpNetEntry> = datagramTable(32);

/**
 * Parses the text of `/proc/net/udp`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseUdp } from "procnet/parse";
 * const dropping = parseUdp(bytes).filter((socket) => (socket.drops ?? 0) > 0);
 * ```
 */
export function parseUdp(text: Uint8Array, options: InetOptions = {}): UdpNetEntries {
  return parseRows(udpTable, text, options);
}

/** Parses the text of `/proc/net/udp6`, like {@link parseUdp}. */
export function parseUdp6(text: Uint8Array, options: InetOptions = {}): UdpNetEntries {
  return parseRows(udp6Table, text, options);
}

/** A table whose rows end in `drops`: that of UDP, which UDP-Lite, raw and ping sockets share. */
export function datagramTable(addressDigits: 8 | 32): InetTable<UdpNetEntry> {
  return inetTable({
    addressDigits,
    tail: "drops",
    general: (line, options) => datagramRow(line, addressDigits, options),
  });
}

function datagramRow(line: Line, digits: 8 | 32, options: ParseOptions): UdpNetEntry {
  return {
    ...inetColumns(line, digits, options.byteOrder ?? HOST_BYTE_ORDER),
    drops: line.more() ? line.unsigned32("drops") : undefined,
    ...line.extra(),
  };
}
