import type { Dump } from "@procnet/kernel";
import { EXIT } from "../io.ts";
import type { Flags } from "./flags.ts";
import type { InetRow } from "./inet-row.ts";
import type { NetlinkRow } from "./netlink.ts";
import type { PacketRow } from "./packet.ts";
import { Refusal } from "./refusal.ts";
import type { SocketRows } from "./sources.ts";
import type { UnixRow } from "./unix.ts";

/*
 * Sockets as the kernel tells them by netlink: what ss asks too.
 */

type Kernel = typeof import("@procnet/kernel");

/** Asks the kernel; what it has no module for is read from procfs, as ss does it. */
export async function kernelRows(
  on: Flags["on"],
  procfs: SocketRows,
): Promise<{ readonly rows: SocketRows; readonly close: () => void }> {
  const kernel = await kernelPackage();
  const socket = opened(kernel);
  const wanted = {
    info: on.has("i") ? ("all" as const) : false,
    congestion: on.has("i"),
    memory: on.has("m"),
    tos: on.has("tos"),
    cookie: true,
  };
  /** Rows of the kernel, or of procfs where it tells of none such. */
  function told<Row>(dump: () => Dump<Row>, instead: () => Iterable<Row>): Iterable<Row> {
    try {
      return kernel.allRows(socket, dump()).rows;
    } catch (error) {
      if (!(error instanceof kernel.KernelError)) throw error;
      return instead();
    }
  }
  const rows: SocketRows = {
    hasMptcp: true,
    inet: (kind, states) => {
      const isMptcp = kind.service === "mptcp";
      const protocol = `${kind.service === "mptcp" ? "tcp" : kind.service}${kind.family === 6 ? "6" : ""}` as const;
      const dump = (): Dump<InetRow> => kernel.inetSockets({ ...wanted, protocol, states, isMptcp });
      return [[...told(dump, () => [...procfs.inet(kind, states)].flat())]];
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
  };
  return { rows, close: () => socket.close() };
}

async function kernelPackage(): Promise<Kernel> {
  try {
    return await import("@procnet/kernel");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new Refusal("--source kernel needs a package: npm install @procnet/kernel koffi", EXIT.failure);
  }
}

function opened(kernel: Kernel): InstanceType<Kernel["NetlinkSocket"]> {
  try {
    return new kernel.NetlinkSocket(kernel.openDoor(), kernel.NETLINK_SOCK_DIAG);
  } catch (error) {
    if (!(error instanceof kernel.NoDoor || error instanceof kernel.KernelError)) throw error;
    throw new Refusal(`--source kernel: ${error.message}`, EXIT.failure);
  }
}
