import { ipv4Text, ipv6Text } from "../../../codes/address.ts";
import { type ByteOrder, HOST_BYTE_ORDER, swap32 } from "../../../codes/byte-order.ts";
import { TcpState } from "../../../codes/tcp-state.ts";
import { nameOf } from "../../../codes/two-way.ts";

/** Names of the states by code: one string for all rows of a state. */
const STATE_NAMES: readonly TcpState[] = /* @__PURE__ */ Array.from({ length: 256 }, (_, code) =>
  nameOf(TcpState, code),
);

/** Name of the state with this code, 0 to 255. */
export function stateName(code: number): TcpState {
  return STATE_NAMES[code]!;
}

/** Whether a value is one of those names. */
export function isStateName(value: unknown): value is TcpState {
  return STATE_NAMES.some((name) => name === value);
}

/** Columns that every internet socket table has. */
export interface InetSocketEntry {
  /** Address the socket is bound to, RFC 5952 text; `0.0.0.0` or `::` for any. Scope ids are not in the file. */
  readonly localAddress: string;
  /** Local port. In `raw` the IP protocol number, in `icmp` the echo identifier. */
  readonly localPort: number;
  /** Address of the peer; `0.0.0.0` or `::` when there is none. */
  readonly remoteAddress: string;
  /** Port of the peer; 0 when there is none. */
  readonly remotePort: number;
  /** State by the kernel's name; a state this version does not know is kept as `UNKNOWN(14)`. */
  readonly state: TcpState;
  /** TCP: bytes sent or queued and not acknowledged. Others: send memory in use, bytes. */
  readonly txQueue: number;
  /** TCP: bytes received and not read, for `LISTEN` the connections waiting for `accept`. Others: receive memory, bytes. */
  readonly rxQueue: number;
  /** Kind of the running timer, see `TcpTimer`; 0 for none and for everything but TCP. */
  readonly timer: number;
  /** Time until the timer fires, clock ticks (USER_HZ, 1/100 s). */
  readonly timerExpires: number;
  /** Retransmissions without an answer. */
  readonly retransmits: number;
  /**
   * User id of the owner as seen by the reader. Up to Linux 6.16 it is 0 for sockets without an inode, since 6.17 the
   * creator's; always 0 in `TIME_WAIT`.
   */
  readonly uid: number;
  /** Zero-window probes without an answer; the kernel's column `timeout`. */
  readonly probes: number;
  /** Number in the link `socket:[N]`. 0: no process holds the socket (time-wait, not yet accepted, orphan). */
  readonly inode: number;
  /** Reference count of the kernel's structure. Every file has it; absent on what netlink told. */
  readonly refCount: number | undefined;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** Which rows of an internet socket table are wanted. Tested on the bytes of the row, before anything is decoded. */
export interface InetWhere {
  /** Only sockets in this state, or in one of these. Of `LISTEN` alone the head of a file of Linux's is enough. */
  readonly state?: TcpState | readonly TcpState[];
  /** Only this local port, or one of these. */
  readonly localPort?: number | readonly number[];
  /** Only this port of the peer, or one of these. */
  readonly remotePort?: number | readonly number[];
  /** Only this user id, or one of these. */
  readonly uid?: number | readonly number[];
  /** Only this inode, or one of these. */
  readonly inode?: number | readonly number[] | ReadonlySet<number>;
}

/** The address printed as one word (IPv4) in the byte order of the machine that printed it. */
export function inetAddress4(word: number, byteOrder: ByteOrder = HOST_BYTE_ORDER): string {
  return ipv4Text(byteOrder === "LE" ? swap32(word) : word);
}

/** The address printed as four words (IPv6), each in the byte order of the machine that printed it. */
export function inetAddress6(a: number, b: number, c: number, d: number, byteOrder: ByteOrder): string {
  if (byteOrder === "BE") return ipv6Text(a, b, c, d);
  return ipv6Text(swap32(a), swap32(b), swap32(c), swap32(d));
}
