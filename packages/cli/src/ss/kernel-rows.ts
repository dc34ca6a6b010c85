import { CommandFailure } from "../errors.ts";
import { EXIT } from "../io.ts";
import type { Flags } from "./flags.ts";
import type { InetKind, InetRow } from "./inet-row.ts";
import type { States } from "./selection.ts";
import type { SocketRows } from "./sources.ts";

/*
 * Sockets as the kernel tells them by netlink: what ss asks too.
 */

type Kernel = typeof import("@procnet/kernel");

/** NETLINK_SOCK_DIAG */
const SOCK_DIAG = 4;

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
  const inet = (kind: InetKind, states: States): Iterable<readonly InetRow[]> => {
    const protocol = `${kind.service}${kind.family === 6 ? "6" : ""}` as const;
    try {
      return [kernel.allRows<InetRow>(socket, kernel.inetSockets({ ...wanted, protocol, states })).rows];
    } catch (error) {
      if (!(error instanceof kernel.KernelError)) throw error;
      return procfs.inet(kind, states);
    }
  };
  return { rows: { ...procfs, inet }, close: () => socket.close() };
}

async function kernelPackage(): Promise<Kernel> {
  try {
    return await import("@procnet/kernel");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new CommandFailure("--source kernel needs a package: npm install @procnet/kernel koffi", EXIT.failure);
  }
}

function opened(kernel: Kernel): InstanceType<Kernel["NetlinkSocket"]> {
  try {
    return new kernel.NetlinkSocket(kernel.openDoor(), SOCK_DIAG);
  } catch (error) {
    if (!(error instanceof kernel.NoDoor || error instanceof kernel.KernelError)) throw error;
    throw new CommandFailure(`--source kernel: ${error.message}`, EXIT.failure);
  }
}
