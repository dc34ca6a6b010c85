import type { BaseProcFs, DatagramSocket, Socket, TcpSocket } from "procnet";
import { refusal } from "../kill/kill-plan.ts";
import { publisherOf } from "../proxies.ts";

/** A socket that can be named for good. */
export type Closable = TcpSocket | DatagramSocket;

/** Why a socket is left alone, behind its name; `undefined` where it is closed. */
export function sparedBecause(
  socket: Socket,
  { containerPorts }: { readonly containerPorts?: true },
  procfs: BaseProcFs,
): string | undefined {
  // What procfs told has no cookie: it may be another one by now.
  if (!("cookie" in socket) || socket.cookie === undefined) return "was not told of by the kernel";
  const owners = socket.owners ?? [];
  // The first process may be what answers in a container, and lives on without a socket.
  const own = owners.find(({ pid }) => pid !== 1 && refusal(pid, procfs) !== undefined);
  if (own !== undefined) return "is held by procnet or an ancestor of it, which may be the way to this terminal";
  const publisher = containerPorts ? undefined : owners.find((owner) => publisherOf(owner) !== undefined);
  if (publisher !== undefined)
    return `is held for containers, virtual machines or units by ${publisher.program}[${publisher.pid}], and --container-ports closes it too`;
  return undefined;
}
