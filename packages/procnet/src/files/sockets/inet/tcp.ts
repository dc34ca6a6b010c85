import { TcpState, type TcpStateName, type TcpState as TcpStates } from "../../../codes/tcp-state.ts";
import { parseRows } from "../../../form/forms.ts";
import type { Line } from "../../../form/line.ts";
import { type InetAddresses, IPV4, IPV6 } from "./inet-address.ts";
import type { InetFormat, InetOptions, InetTail } from "./inet-format.ts";
import type { InetSocketEntry } from "./inet-row.ts";
import { hasShortRow } from "./inet-shape.ts";
import { type InetTable, inetRows, inetTable } from "./inet-table.ts";

/*
 * /proc/net/tcp and tcp6: tcp4_seq_show (net/ipv4/tcp_ipv4.c), tcp6_seq_show (net/ipv6/tcp_ipv6.c).
 *
 *   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
 *    6: 0100007F:D341 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 624252 1 0000000009856975 100 0 0 10 0
 *    4: 0100007F:9C12 0100007F:ADED 05 00000000:00000000 03:0000175C 00000000     0        0 0 3 00000000f630fbde
 *
 * Rows come in two lengths. Full sockets have five columns after the pointer that the header does not name; connection
 * requests (SYN_RECV), TIME_WAIT and sockets waiting in FIN_WAIT2 (timer 3) stop at the pointer. Listeners come first
 * where Linux prints the file (see inet-order.ts). The lines of tcp are padded to 149 characters, those of tcp6 are not.
 */

/** A row of `/proc/net/tcp` or `tcp6`. */
export interface TcpNetEntry extends InetSocketEntry {
  /** Reference count of the kernel's structure. */
  readonly refCount: number;
  /** Retransmission timeout, clock ticks (1/100 s). Absent in the short rows of `TIME_WAIT` and connection requests. */
  readonly rto: number | undefined;
  /** Delayed-acknowledgement timeout, clock ticks. Absent in short rows. */
  readonly ato: number | undefined;
  /** Quick acknowledgements left, times two, plus one when the connection is interactive. Absent in short rows. */
  readonly quickAck: number | undefined;
  /** Congestion window, segments. Absent in short rows. */
  readonly cwnd: number | undefined;
  /** Slow-start threshold, segments; -1 before the first loss. For `LISTEN` the limit of the Fast Open queue. Absent in short rows. */
  readonly ssthresh: number | undefined;
}

/** Rows of `/proc/net/tcp` or `tcp6`, in the file's order: Linux lists listeners first, others do not. */
export type TcpNetEntries = TcpNetEntry[];

/**
 * Parses the text of `/proc/net/tcp`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseTcp } from "procnet/parse";
 * const rows = parseTcp(bytes, { byteOrder: "BE", where: { state: "LISTEN" } });
 * ```
 */
export function parseTcp(text: Uint8Array, options: InetOptions = {}): TcpNetEntries {
  return parseRows(inetRows(tcpFormat(IPV4)), text, options);
}

/** Parses the text of `/proc/net/tcp6`, like {@link parseTcp}. */
export function parseTcp6(text: Uint8Array, options: InetOptions = {}): TcpNetEntries {
  return parseRows(inetRows(tcpFormat(IPV6)), text, options);
}

/**
 * TCP sockets of IPv4. Linux lists listeners first. A socket that is bound but neither listens nor connects is in no file.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { tcp } from "procnet/tables";
 * for (const { localPort, uid } of each(tcp, { where: { state: "LISTEN" } })) console.log(localPort, uid);
 * ```
 */
export const tcp: InetTable<"tcp", TcpNetEntry> = inetTable({ name: "tcp", needs: "CONFIG_INET" }, tcpFormat(IPV4));

/**
 * TCP sockets of IPv6. Linux lists listeners first; those that serve IPv4 too are here only.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { tcp6 } from "procnet/tables";
 * for (const { localPort, uid } of each(tcp6, { where: { state: "LISTEN" } })) console.log(localPort, uid);
 * ```
 */
export const tcp6: InetTable<"tcp6", TcpNetEntry> = inetTable(
  { name: "tcp6", needs: "CONFIG_IPV6, module ipv6" },
  tcpFormat(IPV6),
);

/* @__NO_SIDE_EFFECTS__ */
function tcpFormat(addresses: InetAddresses): InetFormat<TcpNetEntry> {
  return {
    addresses,
    tail: "tcp",
    build: tcpRow,
    readTail: tcpTail,
  };
}

function tcpRow(
  localAddress: string,
  localPort: number,
  remoteAddress: string,
  remotePort: number,
  state: TcpStates,
  txQueue: number,
  rxQueue: number,
  timer: number,
  timerExpires: number,
  retransmits: number,
  uid: number,
  probes: number,
  inode: number,
  refCount: number,
  rto: number | undefined,
  ato: number | undefined,
  quickAck: number | undefined,
  cwnd: number | undefined,
  ssthresh: number | undefined,
): TcpNetEntry {
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
    rto,
    ato,
    quickAck,
    cwnd,
    ssthresh,
  };
}

function tcpTail(line: Line, state: TcpStates, timer: number): InetTail {
  if (!line.more() && hasShortRow(TcpState[state as TcpStateName], timer)) return [undefined];
  return [
    line.decimal("rto"),
    line.decimal("ato"),
    line.decimal("quickAck"),
    line.decimal("cwnd"),
    line.signed("ssthresh"),
  ];
}
