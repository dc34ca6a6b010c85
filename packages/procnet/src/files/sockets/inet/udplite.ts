import { IPV4, IPV6 } from "./inet-address.ts";
import type { InetOptions } from "./inet-format.ts";
import type { InetTable } from "./inet-table.ts";
import { datagramTable, parseDatagrams, type UdpNetEntry } from "./udp.ts";

/*
 * /proc/net/udplite and udplite6: udp4_seq_show (net/ipv4/udp.c), udp6_seq_show (net/ipv6/udp.c). The columns of udp.
 *
 *     sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
 *   6746: 0100007F:1E61 00000000:0000 07 00000000:00000340 00:00000000 00000000     0        0 1473006 2 00000000d6072b85 0
 *
 * From Linux 2.6.20 to 7.0. The lines of udplite are padded to 127 characters, udplite6 is not.
 */

/** A row of `/proc/net/udplite` or `udplite6`. */
export interface UdpliteNetEntry extends UdpNetEntry {}

/** Rows of `/proc/net/udplite` or `udplite6`. */
export type UdpliteNetEntries = UdpliteNetEntry[];

/**
 * UDP-Lite sockets of IPv4.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { udplite } from "procnet/tables";
 * for (const { localPort, drops } of each(udplite)) console.log(localPort, drops);
 * ```
 */
export const udplite: InetTable<"udplite", UdpliteNetEntry> = datagramTable(
  { name: "udplite", needs: "CONFIG_INET", since: "2.6.20", until: "7.1" },
  IPV4,
);

/**
 * UDP-Lite sockets of IPv6.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { udplite6 } from "procnet/tables";
 * for (const { localPort, drops } of each(udplite6)) console.log(localPort, drops);
 * ```
 */
export const udplite6: InetTable<"udplite6", UdpliteNetEntry> = datagramTable(
  { name: "udplite6", needs: "CONFIG_IPV6, module ipv6", since: "2.6.20", until: "7.1" },
  IPV6,
);

/**
 * Parses the text of `/proc/net/udplite`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseUdplite } from "procnet/parse";
 * parseUdplite(bytes, { where: { localPort: 7777 } });
 * ```
 */
export function parseUdplite(text: Uint8Array, options: InetOptions = {}): UdpliteNetEntries {
  return parseDatagrams(text, options, IPV4);
}

/** Parses the text of `/proc/net/udplite6`, like {@link parseUdplite}. */
export function parseUdplite6(text: Uint8Array, options: InetOptions = {}): UdpliteNetEntries {
  return parseDatagrams(text, options, IPV6);
}
