/* Numbers of include/uapi/linux/sock_diag.h, inet_diag.h, and of the families in include/linux/socket.h. */

/**
 * The netlink protocol that tells of sockets.
 *
 * @example
 * ```ts
 * import { NETLINK_SOCK_DIAG, NetlinkSocket, openDoor } from "@procnet/kernel";
 * const socket = new NetlinkSocket(openDoor(), NETLINK_SOCK_DIAG);
 * socket.close();
 * ```
 */
export const NETLINK_SOCK_DIAG = 4;
export const SOCK_DIAG_BY_FAMILY = 20;
export const SOCK_DESTROY = 21;

export const AF_UNIX = 1;
export const AF_INET = 2;
export const AF_INET6 = 10;
export const AF_PACKET = 17;
export const AF_VSOCK = 40;

export const IPPROTO_TCP = 6;
export const IPPROTO_UDP = 17;
export const IPPROTO_UDPLITE = 136;
export const IPPROTO_RAW = 255;
export const IPPROTO_MPTCP = 262;

/** Attributes of a question. */
export const INET_DIAG_REQ_BYTECODE = 1;
export const INET_DIAG_REQ_PROTOCOL = 3;

/** Bits of `idiag_ext`: what is wanted besides, `1 << (INET_DIAG_* - 1)`. */
export const EXT: Readonly<Record<"INFO" | "VEGASINFO" | "CONG" | "TOS" | "TCLASS" | "SKMEMINFO", number>> = {
  INFO: 1 << 1,
  /** Figures of congestion control, of all that have some. */
  VEGASINFO: 1 << 2,
  CONG: 1 << 3,
  TOS: 1 << 4,
  TCLASS: 1 << 5,
  SKMEMINFO: 1 << 6,
};

/** Bytes of `struct inet_diag_msg`, which attributes follow. */
export const INET_DIAG_MSG = 72;
