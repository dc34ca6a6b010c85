import type { VsockSocket } from "@procnet/kernel";
import type { InetKind, InetRow } from "./inet-row.ts";
import type { NetlinkRow } from "./netlink.ts";
import type { PacketRow } from "./packet.ts";
import type { States } from "./selection.ts";
import type { UnixRow } from "./unix.ts";

/** What tells of sockets: procfs, or the kernel by netlink. */
export interface SocketRows {
  /** Whether it tells of connections of MPTCP. */
  readonly hasMptcp: boolean;
  /** Those in some states, in groups, as names of hosts are looked for many at a time. */
  readonly inet: (kind: InetKind, states: States) => Iterable<readonly InetRow[]>;
  readonly unix: (states: States) => Iterable<UnixRow>;
  readonly packet: () => Iterable<PacketRow>;
  readonly netlink: () => Iterable<NetlinkRow>;
  /** `undefined` where they are not told. */
  readonly vsock: (states: States) => Iterable<VsockSocket> | undefined;
}
