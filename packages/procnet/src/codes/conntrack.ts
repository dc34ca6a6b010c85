import { type TwoWay, twoWay } from "./two-way.ts";

const CONNTRACK_STATUS = {
  EXPECTED: 0x1,
  SEEN_REPLY: 0x2,
  ASSURED: 0x4,
  CONFIRMED: 0x8,
  SRC_NAT: 0x10,
  DST_NAT: 0x20,
  SEQ_ADJUST: 0x40,
  SRC_NAT_DONE: 0x80,
  DST_NAT_DONE: 0x100,
  DYING: 0x200,
  FIXED_TIMEOUT: 0x400,
  TEMPLATE: 0x800,
  UNTRACKED: 0x1000,
  HELPER: 0x2000,
  OFFLOAD: 0x4000,
  HW_OFFLOAD: 0x8000,
} as const;

/**
 * Bits of a connection's status: `IPS_` of include/uapi/linux/netfilter/nf_conntrack_common.h. The file `nf_conntrack` tells
 * of `SEEN_REPLY` (it writes `[UNREPLIED]` when the bit is clear) and of the first set of `HW_OFFLOAD`, `OFFLOAD`, `ASSURED`.
 */
export const ConntrackStatus: TwoWay<typeof CONNTRACK_STATUS> = twoWay(CONNTRACK_STATUS);

const TCP_CONNTRACK = {
  NONE: 0,
  SYN_SENT: 1,
  SYN_RECV: 2,
  ESTABLISHED: 3,
  FIN_WAIT: 4,
  CLOSE_WAIT: 5,
  LAST_ACK: 6,
  TIME_WAIT: 7,
  CLOSE: 8,
  SYN_SENT2: 9,
} as const;

/** States of a tracked TCP connection: `enum tcp_conntrack`. Other numbers than {@link TcpState}, and one `FIN_WAIT` only. */
export const TcpConntrackState: TwoWay<typeof TCP_CONNTRACK> = twoWay(TCP_CONNTRACK);

const SCTP_CONNTRACK = {
  NONE: 0,
  CLOSED: 1,
  COOKIE_WAIT: 2,
  COOKIE_ECHOED: 3,
  ESTABLISHED: 4,
  SHUTDOWN_SENT: 5,
  SHUTDOWN_RECD: 6,
  SHUTDOWN_ACK_SENT: 7,
  HEARTBEAT_SENT: 8,
  HEARTBEAT_ACKED: 9,
} as const;

/** States of a tracked SCTP association: `enum sctp_conntrack`. */
export const SctpConntrackState: TwoWay<typeof SCTP_CONNTRACK> = twoWay(SCTP_CONNTRACK);

const DCCP_CONNTRACK = {
  NONE: 0,
  REQUEST: 1,
  RESPOND: 2,
  PARTOPEN: 3,
  OPEN: 4,
  CLOSEREQ: 5,
  CLOSING: 6,
  TIMEWAIT: 7,
  IGNORE: 8,
  INVALID: 9,
} as const;

/** States of a tracked DCCP connection: `enum ct_dccp_states`. Not in kernels built without it, nor in 7.x. */
export const DccpConntrackState: TwoWay<typeof DCCP_CONNTRACK> = twoWay(DCCP_CONNTRACK);

/** Name of a tracked connection's state, of TCP, SCTP or DCCP. */
export type ConntrackStateName = keyof typeof TCP_CONNTRACK | keyof typeof SCTP_CONNTRACK | keyof typeof DCCP_CONNTRACK;

const EXPECT_FLAGS = { PERMANENT: 0x1, INACTIVE: 0x2, USERSPACE: 0x4 } as const;

/** Flags of an expected connection: `NF_CT_EXPECT_`. `PERMANENT` outlives its first match, `INACTIVE` matches nothing yet. */
export const ConntrackExpectFlags: TwoWay<typeof EXPECT_FLAGS> = twoWay(EXPECT_FLAGS);
