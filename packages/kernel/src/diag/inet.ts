import type { DatagramSocket, TcpSocket } from "procnet";
import type { TcpState } from "procnet/parse";
import type { KernelBytes } from "../netlink/bytes.ts";
import type { NetlinkSocket, Question } from "../netlink/socket.ts";
import { EXT, IPPROTO_MPTCP, SOCK_DIAG_BY_FAMILY } from "./constants.ts";
import { datagramRows } from "./datagram-row.ts";
import type { Dump, Told } from "./dump.ts";
import { type InetProtocol, inetRequest } from "./inet-request.ts";
import { messageOf } from "./message-length.ts";
import { AS_PROCFS, stateMask, stateName } from "./states.ts";
import { type TcpInfoField, tcpInfoReader } from "./tcp-info.ts";
import { tcpRows } from "./tcp-row.ts";

/** What is wanted of each socket besides what a table of procfs has. What costs nothing is always told. */
export interface InetWanted {
  /**
   * Figures of TCP, which the columns `rto`, `ato`, `cwnd` and `ssthresh` come from too: `true` for those that most want, fields, or
   * `"all"`. `true` by default.
   */
  readonly info?: boolean | "all" | readonly TcpInfoField[];
  /** Names of congestion control, and figures of those that have some. */
  readonly congestion?: boolean;
  /** Type of service, traffic class, class. */
  readonly tos?: boolean;
  /** Memory; of datagram sockets always, as their drops are among it. */
  readonly memory?: boolean;
  /** What names a socket for good. */
  readonly cookie?: boolean;
  /** `timerExpires` of TCP to the millisecond, as parts of a tick; whole ticks by default, as procfs has them. */
  readonly exactTimers?: boolean;
}

/** Which sockets are asked for. */
export interface InetQuestion extends InetWanted {
  readonly protocol: InetProtocol;
  /** Sockets of MPTCP, which are no TCP sockets of their own; their subflows are. Since Linux 5.9. */
  readonly isMptcp?: boolean;
  /** States as bits: see `stateMask`. What procfs lists by default. */
  readonly states?: number;
  /** A filter: see `compileInetFilter`. */
  readonly bytecode?: Uint8Array | undefined;
  /** Number of the network namespace that the netlink socket is of, for the rows. */
  readonly namespace?: number | undefined;
}

/** The rows that a question about one of these tables gives. */
export type InetSocketOf<Protocol extends InetProtocol> = Protocol extends "tcp" | "tcp6" ? TcpSocket : DatagramSocket;

/** Internet sockets of one table, in the kernel's order; a socket's rows have one shape whatever was asked. */
export function inetSockets<Protocol extends InetProtocol>(
  question: InetQuestion & { readonly protocol: Protocol },
): Dump<InetSocketOf<Protocol>> {
  const dump: Dump<TcpSocket | DatagramSocket> = { question: inetQuestion(question), reader: () => inetRow(question) };
  // A conditional type of a type variable is open to the compiler; isTcp decided.
  return dump as Dump<InetSocketOf<Protocol>>;
}

/** How many there are of each state. No rows are made. */
export function countInetSockets(
  socket: NetlinkSocket,
  question: InetQuestion,
): Told & { counts: Map<TcpState, number> } {
  const codes = new Uint32Array(256);
  const bare = inetQuestion({ ...question, info: false, congestion: false, tos: false, memory: false }, true);
  const { isInterrupted } = socket.ask(bare, (_type, from, to) => {
    messageOf(from, to);
    codes[socket.buffer.bytes[from + 1]!]!++;
  });
  const counts = new Map<TcpState, number>();
  for (const [code, count] of codes.entries()) if (count > 0) counts.set(stateName(code), count);
  return { counts, isInterrupted };
}

function inetQuestion(question: InetQuestion, isBare = false): Question {
  const { protocol, isMptcp = false, states = AS_PROCFS, bytecode } = question;
  const request = { protocol, states, bytecode, ipProtocol: isMptcp ? IPPROTO_MPTCP : undefined };
  return {
    doing: `sock_diag of ${isMptcp ? protocol.replace("tcp", "mptcp") : protocol}`,
    type: SOCK_DIAG_BY_FAMILY,
    isDump: true,
    ...walkOf(protocol, states, bytecode),
    payload: inetRequest({ ...request, ext: isBare ? 0 : extOf(question) }),
  };
}

/** Listeners of TCP have a table of their own; whoever is looked for among all others may be the last. */
function walkOf(protocol: InetProtocol, states: number, bytecode: Uint8Array | undefined): Pick<Question, "walk"> {
  if (isTcp(protocol) && states === LISTEN) return { walk: "short" };
  return bytecode === undefined && states === AS_PROCFS ? {} : { walk: "sparse" };
}

const LISTEN: number = /* @__PURE__ */ stateMask(["LISTEN"]);

/** The bits by which the kernel is asked for what is wanted. */
export function extOf({ protocol, info = true, congestion, tos, memory }: InetQuestion): number {
  const isStream = isTcp(protocol);
  let ext = 0;
  if (isStream && info !== false) ext |= EXT.INFO;
  if (isStream && congestion === true) ext |= EXT.CONG | EXT.VEGASINFO;
  if (tos === true) ext |= EXT.TOS | EXT.TCLASS;
  if (memory === true || !isStream) ext |= EXT.SKMEMINFO;
  return ext;
}

/** How rows of such a question are made. */
export function inetRow(
  question: InetQuestion,
): (of: KernelBytes, from: number, to: number) => TcpSocket | DatagramSocket {
  const { protocol, isMptcp = false, info = true, cookie = false, exactTimers = false, namespace } = question;
  if (!isTcp(protocol)) return datagramRows({ protocol, namespace, isCookieTold: cookie });
  const fields = info === true || info === false ? undefined : info;
  return tcpRows({
    protocol,
    namespace,
    ipProtocol: isMptcp ? IPPROTO_MPTCP : undefined,
    readInfo: info === false || isMptcp ? undefined : tcpInfoReader(fields),
    isCookieTold: cookie,
    isTimerExact: exactTimers,
  });
}

function isTcp(protocol: InetProtocol): protocol is "tcp" | "tcp6" {
  return protocol === "tcp" || protocol === "tcp6";
}
