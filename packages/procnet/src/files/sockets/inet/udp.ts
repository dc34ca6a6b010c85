import type { TcpState } from "../../../codes/tcp-state.ts";
import { parseRows } from "../../../form/forms.ts";
import type { Line } from "../../../form/line.ts";
import type { GivenFacts } from "../../../form/table.ts";
import { type InetAddresses, IPV4, IPV6 } from "./inet-address.ts";
import type { InetFormat, InetOptions, InetTail } from "./inet-format.ts";
import type { InetSocketEntry } from "./inet-row.ts";
import { type InetTable, inetRows, inetTable } from "./inet-table.ts";

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
  /** Reference count of the kernel's structure. */
  readonly refCount: number;
  /** Datagrams this socket dropped since it was made, wraps at 2^32. Absent before Linux 2.6.27. */
  readonly drops: number | undefined;
}

/** Rows of `/proc/net/udp` or `udp6`. */
export type UdpNetEntries = UdpNetEntry[];

/**
 * UDP sockets of IPv4 that have a local port.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { udp } from "procnet/tables";
 * for (const { localPort, drops } of each(udp)) console.log(localPort, drops);
 * ```
 */
export const udp: InetTable<"udp", UdpNetEntry> = datagramTable({ name: "udp", needs: "CONFIG_INET" }, IPV4);

/**
 * UDP sockets of IPv6 that have a local port.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { udp6 } from "procnet/tables";
 * for (const { localPort, drops } of each(udp6)) console.log(localPort, drops);
 * ```
 */
export const udp6: InetTable<"udp6", UdpNetEntry> = datagramTable(
  { name: "udp6", needs: "CONFIG_IPV6, module ipv6" },
  IPV6,
);

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
  return parseDatagrams(text, options, IPV4);
}

/** Parses the text of `/proc/net/udp6`, like {@link parseUdp}. */
export function parseUdp6(text: Uint8Array, options: InetOptions = {}): UdpNetEntries {
  return parseDatagrams(text, options, IPV6);
}

/** A table whose rows end in `drops`: that of UDP, which UDP-Lite, raw and ping sockets share. */
/* @__NO_SIDE_EFFECTS__ */
export function datagramTable<Name extends string>(
  facts: GivenFacts<Name>,
  addresses: InetAddresses,
): InetTable<Name, UdpNetEntry> {
  return inetTable(facts, datagramFormat(addresses));
}

/** The rows of such a text. */
export function parseDatagrams(text: Uint8Array, options: InetOptions, addresses: InetAddresses): UdpNetEntries {
  return parseRows(inetRows(datagramFormat(addresses)), text, options);
}

/* @__NO_SIDE_EFFECTS__ */
function datagramFormat(addresses: InetAddresses): InetFormat<UdpNetEntry> {
  return {
    addresses,
    tail: "drops",
    build: datagramRow,
    readTail: dropsTail,
  };
}

function datagramRow(
  localAddress: string,
  localPort: number,
  remoteAddress: string,
  remotePort: number,
  state: TcpState,
  txQueue: number,
  rxQueue: number,
  timer: number,
  timerExpires: number,
  retransmits: number,
  uid: number,
  probes: number,
  inode: number,
  refCount: number,
  drops: number | undefined,
): UdpNetEntry {
  return {
    localAddress,
    localPort,
    remoteAddress,
    remotePort,
    state,
    txQueue,
    rxQueue,
    timer,
    timerExpires,
    retransmits,
    uid,
    probes,
    inode,
    refCount,
    drops,
  };
}

/** Kernels before 2.6.27 print no drops. */
function dropsTail(line: Line): InetTail {
  return [line.more() ? line.unsigned32("drops") : undefined];
}
