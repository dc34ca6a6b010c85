import { IPV4, IPV6 } from "./inet-address.ts";
import type { InetOptions } from "./inet-format.ts";
import type { InetTable } from "./inet-table.ts";
import { datagramTable, parseDatagrams, type UdpNetEntry } from "./udp.ts";

/*
 * /proc/net/icmp and icmp6: ping_v4_seq_show (net/ipv4/ping.c), ping_v6_seq_show (net/ipv6/ping.c). The columns of udp.
 *
 *     sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
 *     45: 010200C0:1234 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1473004 2 00000000c169594e 0
 *
 * The port of the local address is the echo identifier. The lines of icmp are padded to 127 characters, icmp6 is not.
 */

/**
 * A row of `/proc/net/icmp` or `icmp6`: a ping socket, which sends echo messages and needs no privilege to.
 * A `ping` that uses a raw socket is a row of `raw` or `raw6`.
 */
export interface IcmpNetEntry extends UdpNetEntry {
  /** No port: the identifier in the socket's echo messages. */
  readonly localPort: number;
}

/** Rows of `/proc/net/icmp` or `icmp6`. */
export type IcmpNetEntries = IcmpNetEntry[];

/**
 * Ping sockets of IPv4 (`SOCK_DGRAM` of ICMP); `localPort` is the echo identifier.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { icmp } from "procnet/tables";
 * for (const { localPort, uid } of each(icmp)) console.log(localPort, uid);
 * ```
 */
export const icmp: InetTable<"icmp", IcmpNetEntry> = datagramTable(
  { name: "icmp", needs: "CONFIG_INET", since: "3.0" },
  IPV4,
);

/**
 * Ping sockets of IPv6 (`SOCK_DGRAM` of ICMPv6); `localPort` is the echo identifier.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { icmp6 } from "procnet/tables";
 * for (const { localPort, uid } of each(icmp6)) console.log(localPort, uid);
 * ```
 */
export const icmp6: InetTable<"icmp6", IcmpNetEntry> = datagramTable(
  { name: "icmp6", needs: "CONFIG_IPV6, module ipv6", since: "3.12" },
  IPV6,
);

/**
 * Parses the text of `/proc/net/icmp`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseIcmp } from "procnet/parse";
 * const identifiers = parseIcmp(bytes).map((socket) => socket.localPort);
 * ```
 */
export function parseIcmp(text: Uint8Array, options: InetOptions = {}): IcmpNetEntries {
  return parseDatagrams(text, options, IPV4);
}

/** Parses the text of `/proc/net/icmp6`, like {@link parseIcmp}. */
export function parseIcmp6(text: Uint8Array, options: InetOptions = {}): IcmpNetEntries {
  return parseDatagrams(text, options, IPV6);
}
