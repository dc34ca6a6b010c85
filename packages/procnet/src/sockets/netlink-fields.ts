import type { KernelFields } from "./kernel-fields.ts";

/*
 * What the kernel tells of netlink sockets by netlink and not in procfs: struct netlink_diag_msg and NETLINK_DIAG_* of
 * include/uapi/linux/netlink_diag.h. Absent on what was read from procfs.
 */

/** Options of a netlink socket by the kernel's names: `NDIAG_FLAG_*`. */
export interface NetlinkOptions {
  /** `NETLINK_PKTINFO`: it is told by which group a message came. */
  readonly pktinfo: boolean;
  /** `NETLINK_BROADCAST_ERROR`: whoever sends to its group is told where it loses the message. */
  readonly broadcast_error: boolean;
  /** `NETLINK_NO_ENOBUFS`: it is not told that it lost messages. */
  readonly no_enobufs: boolean;
  /** `NETLINK_LISTEN_ALL_NSID`: it gets what is sent in other network namespaces too, of those that have a number in its own. */
  readonly listen_all_nsid: boolean;
  /** `NETLINK_CAP_ACK`: an acknowledgement does not hold the whole request. */
  readonly cap_ack: boolean;
}

/** What netlink sockets have besides. */
export interface NetlinkKernelFields extends KernelFields {
  /** Whether connect(2) gave it a peer, which may be the kernel; a netlink socket has no other state. */
  readonly connected?: boolean | undefined;
  /** Port id of that peer: 0 for the kernel. */
  readonly remotePortId?: number | undefined;
  /** Number of the multicast group to which it sends then; 0 for none. */
  readonly remoteGroup?: number | undefined;
  /** Numbers of all multicast groups that it has joined; `groups` has the bits of the first 32. */
  readonly joinedGroups?: readonly number[] | undefined;
  /** Its options. */
  readonly netlinkOptions?: NetlinkOptions | undefined;
}
