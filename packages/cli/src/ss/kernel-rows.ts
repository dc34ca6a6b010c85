import type { Dump, KernelDoor, NetlinkSocket, VsockSocket } from "@procnet/kernel";
import { CommandFailure } from "../errors.ts";
import { EXIT } from "../io.ts";
import type { KernelPackage } from "../source/kernel.ts";
import type { Conditions } from "./filter.ts";
import type { Flags } from "./flags.ts";
import type { InetRow } from "./inet-row.ts";
import type { NetlinkRow } from "./netlink.ts";
import type { PacketRow } from "./packet.ts";
import type { SocketRows } from "./sources.ts";
import type { UnixRow } from "./unix.ts";

/*
 * Sockets as the kernel tells them by netlink: what ss asks too.
 */

/** Sockets, and what lets go of who tells of them. */
export interface Told {
  readonly rows: SocketRows;
  readonly close: () => void;
}

/**
 * Asks the kernel; what it has no module for is read from procfs, as ss does it. Where it may not be asked at all, procfs tells of all, and
 * `mayNot` is told why.
 */
export function kernelRows(
  { kernel, door }: { readonly kernel: KernelPackage; readonly door: KernelDoor },
  on: Flags["on"],
  procfs: SocketRows,
  conditions: Pick<Conditions, "filter" | "hasFigures"> | undefined,
  mayNot: (why: string) => void,
): Told {
  const socket = opened(kernel, door, mayNot);
  if (socket === undefined) return { rows: procfs, close: () => {} };
  return { rows: rowsBy(kernel, socket, on, procfs, conditions), close: () => socket.close() };
}

function rowsBy(
  kernel: KernelPackage,
  socket: NetlinkSocket,
  on: Flags["on"],
  procfs: SocketRows,
  { filter, hasFigures = false }: Partial<Conditions> = {},
): SocketRows {
  const wanted = {
    info: on.has("i") || hasFigures ? ("all" as const) : false,
    congestion: on.has("i") || hasFigures,
    memory: on.has("m"),
    tos: on.has("tos") || hasFigures,
    cookie: true,
  };
  /** Rows of the kernel, or of procfs where it tells of none such. */
  function told<Row>(dump: () => Dump<Row>, instead: () => Iterable<Row>): Iterable<Row> {
    try {
      return kernel.allRows(socket, dump()).rows;
    } catch (error) {
      if (!(error instanceof kernel.KernelError)) throw error;
      if (error.code === "EPERM") throw new CommandFailure(error.message, EXIT.failure);
      return instead();
    }
  }
  return {
    hasMptcp: true,
    inet: (kind, states) => {
      const isMptcp = kind.service === "mptcp";
      const protocol = `${kind.service === "mptcp" ? "tcp" : kind.service}${kind.family === 6 ? "6" : ""}` as const;
      const all = (): Dump<InetRow> => kernel.inetSockets({ ...wanted, protocol, states, isMptcp });
      const instead = (): Iterable<InetRow> => told(all, () => [...procfs.inet(kind, states)].flat());
      if (filter === undefined) return [[...instead()]];
      // What the kernel lets through is asked again where it is shown, as ss does it; an older kernel may not know a word.
      const { states: possible, bytecode } = kernel.compileInetFilter(filter, protocol);
      const some = { ...wanted, protocol, isMptcp, states: states & possible, bytecode };
      if (some.states === 0) return [];
      return [[...told<InetRow>(() => kernel.inetSockets(some), instead)]];
    },
    unix: (states) => {
      const more = { memory: wanted.memory, vfs: on.has("e"), icons: on.has("e"), uid: false };
      return told<UnixRow>(
        () => kernel.unixSockets({ ...more, states }),
        () => procfs.unix(states),
      );
    },
    packet: () => told<PacketRow>(() => kernel.packetSockets({ cookie: true }), procfs.packet),
    netlink: () => told<NetlinkRow>(() => kernel.netlinkSockets(), procfs.netlink),
    vsock: (states) => {
      let isTold = true;
      const none = (): VsockSocket[] => {
        isTold = false;
        return [];
      };
      const all = told<VsockSocket>(() => kernel.vsockSockets({ states }), none);
      return isTold ? all : undefined;
    },
  };
}

function opened(kernel: KernelPackage, door: KernelDoor, mayNot: (why: string) => void): NetlinkSocket | undefined {
  try {
    return new kernel.NetlinkSocket(door, kernel.NETLINK_SOCK_DIAG);
  } catch (error) {
    if (!(error instanceof kernel.KernelError)) throw error;
    mayNot(error.message);
    return undefined;
  }
}
