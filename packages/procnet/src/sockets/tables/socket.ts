import type { TcpNetEntry } from "../../files/sockets/inet/tcp.ts";
import type { UdpNetEntry } from "../../files/sockets/inet/udp.ts";
import type { UnixNetEntry } from "../../files/sockets/unix/unix.ts";
import type { OwnerlessReason, Socket, SocketOwner, SocketProtocol } from "../types.ts";

type Mutable<Value> = { -readonly [Name in keyof Value]: Value[Name] };

/** The row of a table as a socket without owners. */
export function asSocket(protocol: SocketProtocol, row: object, namespace: number | undefined): Socket {
  if ("owners" in row) return row as Socket; // made so by the scanner, see its option tag
  switch (protocol) {
    case "tcp":
    case "tcp6":
      return tcpSocket(protocol, row as TcpNetEntry, namespace);
    case "unix":
      return unixSocket(row as UnixNetEntry, namespace);
    case "netlink":
    case "packet":
      return plainSocket(protocol, row as { protocol: number }, namespace);
    default:
      return datagramSocket(protocol, row as UdpNetEntry, namespace);
  }
}

/** Rows of unusual form only: the others are made sockets where they are read. */
function tcpSocket(protocol: "tcp" | "tcp6", row: TcpNetEntry, namespace: number | undefined): Socket {
  return { protocol, namespace, ...row, owners: undefined, ownerless: undefined };
}

function datagramSocket(
  protocol: Exclude<SocketProtocol, "tcp" | "tcp6" | "unix" | "netlink" | "packet">,
  row: UdpNetEntry,
  namespace: number | undefined,
): Socket {
  return { protocol, namespace, ...row, owners: undefined, ownerless: undefined };
}

function unixSocket(row: UnixNetEntry, namespace: number | undefined): Socket {
  const { protocol: _always0, ...rest } = row;
  return { protocol: "unix", namespace, ...rest, owners: undefined, ownerless: undefined };
}

function plainSocket(protocol: "netlink" | "packet", row: { protocol: number }, namespace: number | undefined): Socket {
  const { protocol: number, ...rest } = row;
  const named = protocol === "netlink" ? { netlinkProtocol: number } : { etherType: number };
  return { protocol, namespace, ...named, ...rest, owners: undefined, ownerless: undefined } as unknown as Socket;
}

/** Fills in who holds a socket; called once, before anybody else sees it. */
export function setOwners(
  socket: Socket,
  owners: readonly SocketOwner[],
  ownerless: OwnerlessReason | undefined,
): void {
  const mutable = socket as Mutable<Socket>;
  mutable.owners = owners;
  mutable.ownerless = ownerless;
}

/** Marks a socket whose row may be forged, or shares its inode with one that may be. */
export function markSuspect(socket: Socket): void {
  (socket as { suspect?: true }).suspect = true;
}

/** Whether one of these processes holds it, where that was asked. */
export function isHeldBy(socket: Socket, pids: ReadonlySet<number> | undefined): boolean {
  return pids === undefined || (socket.owners?.some((owner) => pids.has(owner.pid)) ?? false);
}
