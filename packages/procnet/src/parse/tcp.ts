import { HOST_BYTE_ORDER } from "../net/byte-order.ts";
import { MINUS } from "../text/ascii.ts";
import type { Cursor } from "../text/cursor.ts";
import { inetColumns } from "./inet-general.ts";
import { type InetSocketEntry, stateName } from "./inet-row.ts";
import { type InetColumns, type InetFormat, type InetOptions, InetScanner } from "./inet-scanner.ts";
import type { Line } from "./line.ts";
import type { ParseOptions } from "./options.ts";
import { type Scanner, scanBytes } from "./scanner.ts";

/*
 * /proc/net/tcp and tcp6: tcp4_seq_show (net/ipv4/tcp_ipv4.c), tcp6_seq_show (net/ipv6/tcp_ipv6.c).
 *
 *   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
 *    6: 0100007F:D341 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 624252 1 0000000009856975 100 0 0 10 0
 *    4: 0100007F:9C12 0100007F:ADED 05 00000000:00000000 03:0000175C 00000000     0        0 0 3 00000000f630fbde
 *
 * Rows come in two lengths. Full sockets have five columns after the pointer that the header does not name; connection
 * requests (SYN_RECV), TIME_WAIT and sockets waiting in FIN_WAIT2 (timer 3) stop at the pointer. Listeners come first.
 * The lines of tcp are padded to 149 characters, those of tcp6 are not.
 */

/** A row of `/proc/net/tcp` or `tcp6`. */
export interface TcpNetEntry extends InetSocketEntry {
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

/** Rows of `/proc/net/tcp` or `tcp6`, in the file's order: listeners first. */
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
  return scanBytes(tcpScanner(options), text);
}

/** Parses the text of `/proc/net/tcp6`, like {@link parseTcp}. */
export function parseTcp6(text: Uint8Array, options: InetOptions = {}): TcpNetEntries {
  return scanBytes(tcp6Scanner(options), text);
}

/** Reads the rows of `tcp` region by region. */
export function tcpScanner(options: InetOptions): Scanner<TcpNetEntry> {
  return new InetScanner(TCP, options);
}

/** Reads the rows of `tcp6` region by region. */
export function tcp6Scanner(options: InetOptions): Scanner<TcpNetEntry> {
  return new InetScanner(TCP6, options);
}

export const TCP: InetFormat<TcpNetEntry> = {
  addressDigits: 8,
  listenersFirst: true,
  finish: finishTcp,
  general: (line, options) => generalTcp(line, 8, options),
};

export const TCP6: InetFormat<TcpNetEntry> = {
  ...TCP,
  addressDigits: 32,
  general: (line, options) => generalTcp(line, 32, options),
};

function finishTcp(columns: InetColumns, cursor: Cursor, bytes: Uint8Array): TcpNetEntry | undefined {
  let rto: number | undefined;
  let ato: number | undefined;
  let quickAck: number | undefined;
  let cwnd: number | undefined;
  let ssthresh: number | undefined;
  if (cursor.atLineEnd(bytes)) {
    if (!isShort(columns.stateCode, columns.timer)) return undefined;
  } else {
    rto = cursor.decimal(bytes);
    ato = cursor.decimal(bytes);
    quickAck = cursor.decimal(bytes);
    cwnd = cursor.decimal(bytes);
    if (rto < 0 || ato < 0 || quickAck < 0 || cwnd < 0) return undefined;
    ssthresh = signed(cursor, bytes);
    if (ssthresh === undefined || !cursor.atLineEnd(bytes)) return undefined;
  }
  return {
    localAddress: columns.localAddress,
    localPort: columns.localPort,
    remoteAddress: columns.remoteAddress,
    remotePort: columns.remotePort,
    state: stateName(columns.stateCode),
    txQueue: columns.txQueue,
    rxQueue: columns.rxQueue,
    timer: columns.timer,
    timerExpires: columns.timerExpires,
    retransmits: columns.retransmits,
    uid: columns.uid,
    probes: columns.probes,
    inode: columns.inode,
    refCount: columns.refCount,
    rto,
    ato,
    quickAck,
    cwnd,
    ssthresh,
  };
}

/** A decimal number that may be negative; `undefined` when there is none. */
function signed(cursor: Cursor, bytes: Uint8Array): number | undefined {
  if (cursor.atLineEnd(bytes)) return undefined;
  const negative = bytes[cursor.at] === MINUS;
  if (negative) cursor.at++;
  const value = cursor.decimal(bytes);
  if (value < 0) return undefined;
  return negative ? -value : value;
}

/** Whether a row of this state and timer may stop at the pointer: SYN_RECV, TIME_WAIT, and FIN_WAIT2 in time-wait. */
function isShort(state: number, timer: number): boolean {
  return state === 3 || state === 6 || (state === 5 && timer === 3);
}

function generalTcp(line: Line, digits: 8 | 32, options: ParseOptions): TcpNetEntry {
  const base = inetColumns(line, digits, options.byteOrder ?? HOST_BYTE_ORDER);
  const short = { rto: undefined, ato: undefined, quickAck: undefined, cwnd: undefined, ssthresh: undefined };
  const mayBeShort = base.state === "SYN_RECV" || base.state === "TIME_WAIT" || base.timer === 3;
  if (mayBeShort && !line.more()) return { ...base, ...short };
  return {
    ...base,
    rto: line.decimal("rto"),
    ato: line.decimal("ato"),
    quickAck: line.decimal("quickAck"),
    cwnd: line.decimal("cwnd"),
    ssthresh: line.decimal("ssthresh"),
    ...line.extra(),
  };
}
