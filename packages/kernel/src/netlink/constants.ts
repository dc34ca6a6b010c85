/* Numbers of include/uapi/linux/netlink.h and socket.h. */

export const AF_NETLINK = 16;
export const SOCK_RAW = 3;
export const SOCK_CLOEXEC = 0o2000000;
/** 0o200 on MIPS alone, for which no door is made. */
export const SOCK_NONBLOCK = 0o4000;
export const SOL_NETLINK = 270;

export const NETLINK_ADD_MEMBERSHIP = 1;
export const NETLINK_EXT_ACK = 11;
export const NETLINK_GET_STRICT_CHK = 12;

export const NLMSG_ERROR = 2;
export const NLMSG_DONE = 3;
export const NLMSG_OVERRUN = 4;

export const NLM_F_REQUEST = 0x1;
export const NLM_F_DUMP_INTR = 0x10;
export const NLM_F_DUMP = 0x300;
/** Of an error: the request is not told again. */
export const NLM_F_CAPPED = 0x100;
/** Of an error: attributes that explain it follow. */
export const NLM_F_ACK_TLVS = 0x200;

export const HEADER = 16;
export const MSG_DONTWAIT = 0x40;
export const MSG_TRUNC = 0x20;
