import type { SocketProtocol } from "../codes/socket-protocols.ts";
import type { TcpNetEntry } from "../files/sockets/inet/tcp.ts";
import type { UdpNetEntry } from "../files/sockets/inet/udp.ts";
import type { NetlinkNetEntry } from "../files/sockets/netlink.ts";
import type { PacketNetEntry } from "../files/sockets/packet.ts";
import type { UnixNetEntry } from "../files/sockets/unix/unix.ts";
import type { ContainerRef } from "../process/container.ts";
import type { InetKernelFields, TcpKernelFields, UnixKernelFields } from "./kernel-fields.ts";
import type { NetlinkKernelFields } from "./netlink-fields.ts";
import type { PacketKernelFields } from "./packet-fields.ts";

export type { SocketProtocol } from "../codes/socket-protocols.ts";
export type {
  InetKernelFields,
  InetSockOpt,
  KernelFields,
  MptcpInfo,
  MptcpSubflow,
  SkMemInfo,
  TcpInfo,
  TcpKernelFields,
  TlsInfo,
  UnixKernelFields,
} from "./kernel-fields.ts";
export type { NetlinkKernelFields, NetlinkOptions } from "./netlink-fields.ts";
export type {
  BpfInstruction,
  PacketFanout,
  PacketKernelFields,
  PacketMembership,
  PacketOptions,
  PacketRing,
} from "./packet-fields.ts";

/** A process that holds a socket. */
export interface SocketOwner {
  /** Process id, in the pid namespace that this procfs was mounted for. */
  readonly pid: number;
  /** When the process began, in clock ticks since boot: with `pid` it names one process for good, as numbers are reused. */
  readonly startTime: number;
  /**
   * The name by which a person knows the program, see `programOf`: `node`, `nginx`. The process can choose it, as it can
   * choose `comm` and `cmdline`: a name to show and to look for, nothing to decide by.
   */
  readonly program: string;
  /** Name of the main thread as the kernel has it, 15 bytes at most, chosen by the process: `MainThread` in Node 24. */
  readonly comm: string;
  /** Arguments, of which the first 4,096 bytes are kept. */
  readonly cmdline: readonly string[];
  /** Path of the program; absent without the right to see it. */
  readonly exe: string | undefined;
  /** Effective user id. */
  readonly uid: number;
  /** Numbers of the descriptors that are this socket. */
  readonly fds: readonly number[];
  /** Path of the control group; absent when it cannot be read. */
  readonly cgroup: string | undefined;
  /** The container it runs in, as its control groups tell. */
  readonly container: ContainerRef | undefined;
  /** systemd's unit: `nginx.service`. */
  readonly unit: string | undefined;
}

/**
 * Why a socket has no owner in the answer:
 *
 * - `time-wait`: the connection is over, only the kernel still knows it
 * - `kernel`: no process was found to hold it, and all could be looked at: not accepted yet, closed but not finished, or the
 *   kernel's own
 * - `no-permission`: some processes could not be looked at (`skipped` says why), so one of them may hold it
 * - `hidepid`: procfs hides the processes of other users
 * - `other-namespace`: this is a pid namespace within another, whose processes cannot be seen and may hold it
 * - `exited`: a process ended while it was looked for
 * - `gone`: it was closed while it was looked for: its table, read again, has it no more
 * - `budget`: the search was stopped by the budget before it was found; or the socket came up while `eachSocket` was under
 *   way on a budget, and so looked at processes once only
 */
export type OwnerlessReason =
  | "no-permission"
  | "hidepid"
  | "kernel"
  | "time-wait"
  | "other-namespace"
  | "exited"
  | "gone"
  | "budget";

/** What each socket has besides the columns of its table. */
export interface SocketContext {
  /** Number of its network namespace, N of `net:[N]`; absent where the kernel does not tell. */
  readonly namespace: number | undefined;
  /** Who holds it; absent when owners were not asked for, empty when none is known: `ownerless` says why. */
  readonly owners: readonly SocketOwner[] | undefined;
  /** Why `owners` is empty. */
  readonly ownerless: OwnerlessReason | undefined;
  /**
   * The row may be forged: the name of a unix socket can hold a whole row. Another row of a table that was read has the same
   * inode, and which of the two is true cannot be told from the text; or, of a unix socket with owners, what they hold is none,
   * or is listed elsewhere. Absent on all others, which does not prove that they are true.
   */
  readonly suspect?: true;
}

/** What procfs prints of every socket, and netlink does not tell. */
export interface CountedRow {
  /** Reference count of the kernel's structure; absent on what netlink told. */
  readonly refCount: number | undefined;
}

/** What procfs prints of sockets that have no state. */
export interface NamedRow {
  /** Token of the kernel's structure: a hash, an address, or zeros; absent on what netlink told. */
  readonly sk: string | undefined;
}

/** A TCP socket. */
export interface TcpSocket extends Omit<TcpNetEntry, "refCount">, SocketContext, TcpKernelFields, CountedRow {
  /** The table it is in. */
  readonly protocol: "tcp" | "tcp6";
}

/** A UDP, UDP-Lite, raw or ping socket. */
export interface DatagramSocket extends Omit<UdpNetEntry, "refCount">, SocketContext, InetKernelFields, CountedRow {
  /** The table it is in. */
  readonly protocol: "udp" | "udp6" | "udplite" | "udplite6" | "raw" | "raw6" | "icmp" | "icmp6";
}

/** A unix socket. */
export interface UnixSocket
  extends Omit<UnixNetEntry, "protocol" | "refCount">,
    SocketContext,
    UnixKernelFields,
    CountedRow {
  /** The table it is in. */
  readonly protocol: "unix";
}

/** A netlink socket; its column `Eth`, the netlink protocol, is `netlinkProtocol` here. */
export interface NetlinkSocket
  extends Omit<NetlinkNetEntry, "protocol" | "refCount" | "sk">,
    SocketContext,
    NetlinkKernelFields,
    CountedRow,
    NamedRow {
  /** The table it is in. */
  readonly protocol: "netlink";
  /** Protocol: see `NetlinkProtocol`. */
  readonly netlinkProtocol: number;
}

/** A packet socket; its column `Proto`, the EtherType, is `etherType` here. */
export interface PacketSocket
  extends Omit<PacketNetEntry, "protocol" | "refCount" | "sk">,
    SocketContext,
    PacketKernelFields,
    CountedRow,
    NamedRow {
  /** The table it is in. */
  readonly protocol: "packet";
  /** Protocol of the packets: see `EtherType`. */
  readonly etherType: number;
}

/** A socket of any table; `protocol` tells which. */
export type Socket = TcpSocket | DatagramSocket | UnixSocket | NetlinkSocket | PacketSocket;

/** The sockets of these tables: of `"tcp" | "tcp6"` they are {@link TcpSocket}; of `"all"` any. */
export type SocketOf<Asked extends SocketProtocol | "all"> = Asked extends SocketProtocol
  ? SocketOfTable[Asked]
  : Socket;

interface SocketOfTable {
  readonly tcp: TcpSocket;
  readonly tcp6: TcpSocket;
  readonly udp: DatagramSocket;
  readonly udp6: DatagramSocket;
  readonly udplite: DatagramSocket;
  readonly udplite6: DatagramSocket;
  readonly raw: DatagramSocket;
  readonly raw6: DatagramSocket;
  readonly icmp: DatagramSocket;
  readonly icmp6: DatagramSocket;
  readonly unix: UnixSocket;
  readonly netlink: NetlinkSocket;
  readonly packet: PacketSocket;
}

/** Something that could not be looked at. */
export interface Skipped {
  /** What it is: a process's descriptors, a namespace, or a table. */
  readonly what: "process" | "namespace" | "table";
  /** The process, where it is one. */
  readonly pid?: number;
  /** Number of the network namespace, where it is one. */
  readonly namespace?: number;
  /** The table, where it is one. */
  readonly protocol?: SocketProtocol;
  /** `EACCES`, `ESRCH`, `ENOENT`, ... */
  readonly code: string;
  /** One sentence for people. */
  readonly message: string;
}

/** A network namespace that was read. */
export interface ReadNamespace {
  /** Number of the namespace; absent where the kernel does not tell. */
  readonly inode: number | undefined;
  /** The process through which it was read; absent for the reader's own. */
  readonly pid: number | undefined;
  /** Tables that were read, also those without a socket; 0 when none could be, or none can have a state that was asked for. */
  readonly tables: number;
  /** Sockets found in it. */
  readonly sockets: number;
}

/** The answer of `sockets`; of which tables was asked tells which kinds of sockets are in it. */
export interface SocketsResult<Kind extends Socket = Socket> extends SocketsRest {
  /** The sockets that were asked for. */
  readonly sockets: Kind[];
}

/** What an answer says besides the sockets. */
export interface SocketsRest {
  /** When reading began. It took a while: tables and owners are not of one instant. */
  readonly takenAt: Date;
  /** How long it took, milliseconds. */
  readonly duration: number;
  /** The network namespaces that were read. */
  readonly namespaces: readonly ReadNamespace[];
  /** Which owners were looked for. */
  readonly owners: false | "first" | "all";
  /** Who answered, where another source than procfs was to be asked: it, or procfs in its place. */
  readonly source?: "kernel" | "pin" | "procfs";
  /** What of the answer is the source's, and why the rest is not. */
  readonly sourceOf?: {
    /** Tables that it told of. */
    readonly tables: readonly SocketProtocol[];
    /** Who told whose the sockets are: a `pin` is the kernel by way of a file. Absent when that was not asked. */
    readonly owners: "kernel" | "pin" | "procfs" | undefined;
    /** Why something was read from procfs, a sentence each. */
    readonly notes: readonly string[];
  };
  /** With which rights: the reader's user id, and whether every process let its descriptors be read. */
  readonly rights: { readonly uid: number | undefined; readonly allProcesses: boolean };
  /**
   * What could not be looked at, and why. Files that this kernel does not have are no loss and not listed, unless no table
   * could be read.
   */
  readonly skipped: readonly Skipped[];
}
