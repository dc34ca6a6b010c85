import { IPV4, IPV6 } from "./inet-address.ts";
import type { InetOptions } from "./inet-format.ts";
import type { InetTable } from "./inet-table.ts";
import { datagramTable, parseDatagrams, type UdpNetEntry } from "./udp.ts";

/*
 * /proc/net/raw and raw6: raw_seq_show (net/ipv4/raw.c), raw6_seq_show (net/ipv6/raw.c). The columns of udp.
 *
 *     sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
 *    216: 00000000:0059 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1472998 2 00000000bc0d37b9 0
 *
 * The port of the local address is the protocol. The column sl is a hash bucket, up to 5.15 the protocol's low byte.
 * Neither file is padded.
 */

/** A row of `/proc/net/raw` or `raw6`: a socket that takes whole IP packets of one protocol. */
export interface RawNetEntry extends UdpNetEntry {
  /** No port: the protocol above IP, see `IpProtocol`. 255 (`RAW`) only sends. */
  readonly localPort: number;
  /** Always 0. */
  readonly remotePort: number;
}

/** Rows of `/proc/net/raw` or `raw6`. */
export type RawNetEntries = RawNetEntry[];

/**
 * Raw sockets of IPv4; `localPort` is the IP protocol.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { raw } from "procnet/tables";
 * for (const { localPort, uid } of each(raw)) console.log(localPort, uid);
 * ```
 */
export const raw: InetTable<"raw", RawNetEntry> = datagramTable({ name: "raw", needs: "CONFIG_INET" }, IPV4);

/**
 * Raw sockets of IPv6; `localPort` is the IP protocol.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { raw6 } from "procnet/tables";
 * for (const { localPort, uid } of each(raw6)) console.log(localPort, uid);
 * ```
 */
export const raw6: InetTable<"raw6", RawNetEntry> = datagramTable(
  { name: "raw6", needs: "CONFIG_IPV6, module ipv6" },
  IPV6,
);

/**
 * Parses the text of `/proc/net/raw`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseRaw } from "procnet/parse";
 * const ospf = parseRaw(bytes, { where: { localPort: 89 } });
 * ```
 */
export function parseRaw(text: Uint8Array, options: InetOptions = {}): RawNetEntries {
  return parseDatagrams(text, options, IPV4);
}

/** Parses the text of `/proc/net/raw6`, like {@link parseRaw}. */
export function parseRaw6(text: Uint8Array, options: InetOptions = {}): RawNetEntries {
  return parseDatagrams(text, options, IPV6);
}
