import { type TwoWay, twoWay, type Unknown } from "./two-way.ts";

const SCTP_STATES = {
  CLOSED: 0,
  COOKIE_WAIT: 1,
  COOKIE_ECHOED: 2,
  ESTABLISHED: 3,
  SHUTDOWN_PENDING: 4,
  SHUTDOWN_SENT: 5,
  SHUTDOWN_RECEIVED: 6,
  SHUTDOWN_ACK_SENT: 7,
} as const;

/** States of an SCTP association: include/net/sctp/constants.h. */
export const SctpState: TwoWay<typeof SCTP_STATES> = twoWay(SCTP_STATES);

/** Name of an association's state. */
export type SctpState = keyof typeof SCTP_STATES | Unknown;

const SCTP_STYLES = { UDP: 0, UDP_HIGH_BANDWIDTH: 1, TCP: 2 } as const;

/** Styles of an SCTP socket: one-to-many (`UDP`), or one association for each socket (`TCP`), also those peeled off. */
export const SctpStyle: TwoWay<typeof SCTP_STYLES> = twoWay(SCTP_STYLES);

const SCTP_PATH_STATES = { INACTIVE: 0, PF: 1, ACTIVE: 2, UNCONFIRMED: 3 } as const;

/** States of the path to an address of the peer. `PF`: potentially failed, given up for new data only. */
export const SctpPathState: TwoWay<typeof SCTP_PATH_STATES> = twoWay(SCTP_PATH_STATES);

/** Name of a path's state. */
export type SctpPathState = keyof typeof SCTP_PATH_STATES | Unknown;
