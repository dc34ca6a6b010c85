import { type TwoWay, twoWay, type Unknown } from "./two-way.ts";

const UNIX_STATES = { FREE: 0, UNCONNECTED: 1, CONNECTING: 2, CONNECTED: 3, DISCONNECTING: 4 } as const;

/**
 * States of a unix socket: `socket_state`, include/uapi/linux/net.h. Listening sockets are `UNCONNECTED`. A connection
 * that nobody accepted yet is `CONNECTING`.
 */
export const UnixState: TwoWay<typeof UNIX_STATES> = twoWay(UNIX_STATES);

/** Name of a unix socket's state. */
export type UnixState = keyof typeof UNIX_STATES | Unknown;

const SOCKET_TYPES = { STREAM: 1, DGRAM: 2, RAW: 3, RDM: 4, SEQPACKET: 5, DCCP: 6, PACKET: 10 } as const;

/** Types of sockets: include/linux/net.h. */
export const SocketType: TwoWay<typeof SOCKET_TYPES> = twoWay(SOCKET_TYPES);

/** Name of a socket's type. */
export type SocketType = keyof typeof SOCKET_TYPES | Unknown;

const UNIX_FLAGS = { ACCEPTCON: 0x10000 } as const;

/** Bits of the `flags` column of unix sockets: `ACCEPTCON` on sockets that listen. */
export const UnixFlags: TwoWay<typeof UNIX_FLAGS> = twoWay(UNIX_FLAGS);
