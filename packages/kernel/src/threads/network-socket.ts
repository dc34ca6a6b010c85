import type { NetworkPlace } from "procnet";
import type { KernelDoor } from "../door/door.ts";
import { openDoor } from "../door/open.ts";
import { KernelError } from "../netlink/errors.ts";
import { NetlinkSocket } from "../netlink/socket.ts";
import { socketsIn } from "./namespaces.ts";

/**
 * A netlink socket of a network namespace: of this process's own, or of the one that a process is in. `networkPlace` of procnet says where
 * a `Process` or a `ProcFs` is.
 *
 * @throws KernelError where there is none, or no right to go there; NoDoor
 * @example
 * ```ts
 * import { allRows, NETLINK_ROUTE, networkSocket, routes } from "@procnet/kernel";
 * const socket = await networkSocket({ root: "/proc", pid: 1 }, NETLINK_ROUTE);
 * console.log(allRows(socket, routes()).rows.length);
 * socket.close();
 * ```
 */
export async function networkSocket(
  { root, pid }: NetworkPlace,
  protocol: number,
  door: KernelDoor = openDoor(),
): Promise<NetlinkSocket> {
  if (pid === undefined) return new NetlinkSocket(door, protocol);
  const [fd = -3] = await socketsIn(root, [pid], protocol, door.name).catch((error: Error) => {
    // For want of memory, of the right to start one, or in a runtime that has none.
    throw new KernelError(`no thread can go into the network namespace of process ${pid}`, 11, error.message);
  });
  if (fd < 0) throw new KernelError(`the way into the network namespace of process ${pid}`, -fd);
  return new NetlinkSocket(door, protocol, fd);
}
