import type { InetFormat } from "../../files/sockets/inet/inet-format.ts";
import type { TcpNetEntry } from "../../files/sockets/inet/tcp.ts";
import type { UdpNetEntry } from "../../files/sockets/inet/udp.ts";
import type { NetlinkNetEntry } from "../../files/sockets/netlink.ts";
import type { PacketNetEntry } from "../../files/sockets/packet.ts";
import type { UnixNetEntry } from "../../files/sockets/unix/unix.ts";
import type {
  DatagramSocket,
  NetlinkSocket,
  OwnerlessReason,
  PacketSocket,
  Socket,
  SocketOwner,
  TcpSocket,
  UnixSocket,
} from "../types.ts";

type Mutable<Value> = { -readonly [Name in keyof Value]: Value[Name] };

/** What a socket has before its owners were looked for. */
const NOBODY = { owners: undefined, ownerless: undefined };

/**
 * The format of a table of TCP whose rows are sockets at once: to make them of 100,000 rows afterwards takes 40 ms.
 */
export function tcpFormat(
  format: InetFormat<TcpNetEntry>,
  protocol: TcpSocket["protocol"],
  namespace: number | undefined,
): InetFormat<TcpSocket> {
  return {
    ...format,
    build: (
      localAddress,
      localPort,
      remoteAddress,
      remotePort,
      state,
      txQueue,
      rxQueue,
      timer,
      timerExpires,
      retransmits,
      uid,
      probes,
      inode,
      refCount,
      rto,
      ato,
      quickAck,
      cwnd,
      ssthresh,
    ) => ({
      protocol,
      namespace,
      localAddress,
      localPort,
      remoteAddress,
      remotePort,
      state,
      txQueue,
      rxQueue,
      timer,
      timerExpires,
      retransmits,
      uid,
      probes,
      inode,
      refCount,
      rto,
      ato,
      quickAck,
      cwnd,
      ssthresh,
      owners: undefined,
      ownerless: undefined,
    }),
  };
}

/** The same for the tables whose rows end in `drops`. */
export function datagramFormat(
  format: InetFormat<UdpNetEntry>,
  protocol: DatagramSocket["protocol"],
  namespace: number | undefined,
): InetFormat<DatagramSocket> {
  return {
    ...format,
    build: (
      localAddress,
      localPort,
      remoteAddress,
      remotePort,
      state,
      txQueue,
      rxQueue,
      timer,
      timerExpires,
      retransmits,
      uid,
      probes,
      inode,
      refCount,
      drops,
    ) => ({
      protocol,
      namespace,
      localAddress,
      localPort,
      remoteAddress,
      remotePort,
      state,
      txQueue,
      rxQueue,
      timer,
      timerExpires,
      retransmits,
      uid,
      probes,
      inode,
      refCount,
      drops,
      owners: undefined,
      ownerless: undefined,
    }),
  };
}

export function unixSocket(row: UnixNetEntry, namespace: number | undefined): UnixSocket {
  const { protocol: _always0, ...rest } = row;
  return { protocol: "unix", namespace, ...rest, ...NOBODY };
}

export function netlinkSocket(row: NetlinkNetEntry, namespace: number | undefined): NetlinkSocket {
  const { protocol: netlinkProtocol, ...rest } = row;
  return { protocol: "netlink", namespace, netlinkProtocol, ...rest, ...NOBODY };
}

export function packetSocket(row: PacketNetEntry, namespace: number | undefined): PacketSocket {
  const { protocol: etherType, ...rest } = row;
  return { protocol: "packet", namespace, etherType, ...rest, ...NOBODY };
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
