import { type TwoWay, twoWay, type Unknown } from "./two-way.ts";

const TCP_STATES = {
  ESTABLISHED: 1,
  SYN_SENT: 2,
  SYN_RECV: 3,
  FIN_WAIT1: 4,
  FIN_WAIT2: 5,
  TIME_WAIT: 6,
  CLOSE: 7,
  CLOSE_WAIT: 8,
  LAST_ACK: 9,
  LISTEN: 10,
  CLOSING: 11,
  NEW_SYN_RECV: 12,
  BOUND_INACTIVE: 13,
} as const;

/**
 * States of a TCP socket: `include/net/tcp_states.h`. The same numbers serve UDP, raw and ping sockets.
 * The kernel prints `NEW_SYN_RECV` as `SYN_RECV`, and `BOUND_INACTIVE` (6.8) only through netlink; both are here so that
 * no code of the kernel is nameless.
 */
export const TcpState: TwoWay<typeof TCP_STATES> = twoWay(TCP_STATES);

/** The names in the {@link TcpState} table. */
export type TcpStateName = keyof typeof TCP_STATES;

/** Name of a TCP state; a state this version does not know is `UNKNOWN(14)`. */
export type TcpState = TcpStateName | Unknown;

const UDP_STATES = { ESTABLISHED: 1, CLOSE: 7 } as const;

/** States of a UDP, raw or ping socket: connected (`ESTABLISHED`) or not (`CLOSE`). */
export const UdpState: TwoWay<typeof UDP_STATES> = twoWay(UDP_STATES);

/** Name of a UDP state. A number that UDP does not use keeps its name of {@link TcpState}. */
export type UdpState = TcpState;

const TCP_TIMERS = { NONE: 0, RETRANSMIT: 1, KEEPALIVE: 2, TIME_WAIT: 3, ZERO_WINDOW_PROBE: 4 } as const;

/** Kinds of the `timer` column of TCP rows: `get_tcp4_sock`, net/ipv4/tcp_ipv4.c. */
export const TcpTimer: TwoWay<typeof TCP_TIMERS> = twoWay(TCP_TIMERS);
