import { fullAt } from "../../../codes/accept-queue.ts";
import type { DatagramSocket, NetlinkSocket, PacketSocket, Socket, UnixSocket } from "../../../sockets/types.ts";
import type { Fact, NotKnown } from "../explanation.ts";
import { counted, endpoint, fact, IDLE, ownerFacts, SINCE, type Waiting } from "./common.ts";

/** What is said of one kind of socket. */
export interface Said extends Waiting {
  readonly subject: string;
  readonly facts: readonly Fact[];
  readonly unknown: readonly NotKnown[];
}

const READ: Waiting = { waitingFor: "the program to read", actor: "us" };

function said(
  socket: Socket,
  subject: string,
  facts: readonly Fact[],
  waiting: Waiting,
  unknown: readonly NotKnown[] = [],
): Said {
  return {
    subject,
    facts: [...facts, ...ownerFacts(socket)],
    ...waiting,
    unknown,
  };
}

/*
 * Queues of UDP, raw and ping sockets count memory, with what the kernel needs around the data: udp_rqueue_get and sk_wmem_alloc_get
 * (udp4_format_sock, net/ipv4/udp.c; raw_sock_seq_show, raw.c).
 */
export function datagramSaid(socket: DatagramSocket): Said {
  const { protocol, state, localAddress, localPort, remoteAddress, remotePort, rxQueue, txQueue, drops } = socket;
  const isRaw = protocol.startsWith("raw");
  const isPing = protocol.startsWith("icmp");
  const isConnected = state === "ESTABLISHED";
  const port = isRaw ? `IP protocol ${localPort}` : isPing ? `the echo identifier ${localPort}` : `port ${localPort}`;
  const peer = remotePort === 0 || isRaw ? remoteAddress : endpoint(remoteAddress, remotePort);
  const facts = [
    isConnected
      ? fact(`It receives from ${peer} only, on ${port}.`, "state", "remoteAddress", "localPort")
      : fact(`It receives from anybody, on ${port}.`, "state", "localPort"),
  ];
  if (localAddress.startsWith("::ffff:")) facts.push(fact("It is a socket of IPv6 that speaks IPv4.", "localAddress"));
  if (rxQueue > 0)
    facts.push(
      fact(`What came and was not read takes ${counted(rxQueue, "byte")} of memory, more than its data.`, "rxQueue"),
    );
  if (txQueue > 0)
    facts.push(fact(`What waits to leave this host takes ${counted(txQueue, "byte")} of memory.`, "txQueue"));
  if (drops !== undefined && drops > 0) {
    const why = "mostly because the receive buffer was full: the program reads too slowly";
    facts.push(
      fact(
        `${counted(drops, "packet")} for it ${drops === 1 ? "was" : "were"} dropped since it was opened, ${why}.`,
        "drops",
      ),
    );
  }
  const unknown: NotKnown[] = [];
  if (rxQueue > 0) unknown.push({ what: "how many packets that is" });
  if (drops === undefined) unknown.push({ what: "how many were dropped, as this kernel does not say" });
  if ((drops ?? 0) > 0) unknown.push({ what: "when they were dropped", where: "a second look" });
  const shown = isRaw || isPing ? `${localAddress} (${port})` : endpoint(localAddress, localPort);
  const subject = `${protocol} ${shown}${isConnected ? ` to ${peer}` : ""}`;
  return said(socket, subject, facts, rxQueue > 0 ? READ : IDLE, unknown);
}

/*
 * unix_seq_show (net/unix/af_unix.c): CONNECTED and UNCONNECTED have a descriptor; CONNECTING has none and a peer, as only what waits for
 * accept has (unix_stream_connect); DISCONNECTING has neither.
 */
export function unixSaid(socket: UnixSocket): Said {
  const { path, state, type, listening, inode } = socket;
  const name = path === undefined || path === "" ? `without a name (inode ${inode})` : path;
  const subject = `unix ${name}`;
  const known = toldOfUnix(socket);
  const peer: readonly NotKnown[] =
    socket.peer === undefined ? [{ what: "who the other end is and what is queued", where: "ss -xp" }] : [];
  if (listening) {
    const { rxQueue = 0 } = socket;
    const waiting: Waiting =
      rxQueue > 0
        ? { waitingFor: `the program to accept ${counted(rxQueue, "connection")}`, actor: "us" }
        : { waitingFor: "others to connect", actor: "peer" };
    const untold = { what: "how many wait for accept", where: "rows of this path in CONNECTING, or ss -xl" };
    const unknown = socket.rxQueue === undefined ? [untold, SINCE] : [SINCE];
    return said(socket, subject, [fact("It listens.", "listening"), ...known], waiting, unknown);
  }
  const waiting = (socket.rxQueue ?? 0) > 0 ? READ : IDLE;
  switch (state) {
    case "CONNECTING": {
      const facts = [fact("A connection to this path waits for accept: no program has it yet.", "state", "inode")];
      return said(socket, subject, facts, { waitingFor: "the program that listens there to accept it", actor: "us" }, [
        SINCE,
      ]);
    }
    case "CONNECTED":
      return said(socket, subject, [fact("It is connected.", "state"), ...known], waiting, peer);
    case "UNCONNECTED": {
      // Old kernels leave sockets of datagrams so that are connected.
      const text = type === "DGRAM" ? "It is open for datagrams." : "It is not connected, and does not listen.";
      return said(socket, subject, [fact(text, "state", "type"), ...known], waiting, peer);
    }
    case "DISCONNECTING":
      return said(socket, subject, [fact("It is closed, and the kernel has yet to let it go.", "state")], {
        waitingFor: "its last use to end",
        actor: "kernel",
      });
    default:
      return said(socket, subject, [fact(`Its state is ${state}.`, "state"), ...known], waiting, peer);
  }
}

/** What netlink tells besides. Of a listener, its queues are those of connections (sk_diag_show_rqlen, net/unix/diag.c). */
function toldOfUnix({ listening, peer = 0, rxQueue, txQueue, type }: UnixSocket): Fact[] {
  const facts: Fact[] = [];
  if (peer !== 0) facts.push(fact(`The other end is the socket with the inode ${peer}.`, "peer"));
  if (listening) {
    if (rxQueue !== undefined)
      facts.push(fact(`${counted(rxQueue, "connection waits", "connections wait")} for accept.`, "rxQueue"));
    if (txQueue !== undefined)
      facts.push(
        fact(`Its queue is full when ${counted(fullAt(txQueue), "connection waits", "connections wait")}.`, "txQueue"),
      );
    return facts;
  }
  if (rxQueue !== undefined && rxQueue > 0)
    facts.push(
      // Of datagrams, what is told is how long the next one is (unix_inq_len, net/unix/af_unix.c).
      fact(
        type === "DGRAM"
          ? `Nobody has read a datagram of ${counted(rxQueue, "byte")} that came; others may wait behind it.`
          : `Nobody has read ${counted(rxQueue, "byte")} that came.`,
        "rxQueue",
      ),
    );
  if (txQueue !== undefined && txQueue > 0)
    facts.push(
      fact(`What it sent and the other end has not read takes ${counted(txQueue, "byte")} of memory.`, "txQueue"),
    );
  return facts;
}

/* netlink_seq_show, and netlink_overrun, which counts what is lost (net/netlink/af_netlink.c). */
export function netlinkSaid(socket: NetlinkSocket): Said {
  const { netlinkProtocol, portId, rmem, wmem, dump, drops } = socket;
  const facts = [
    portId === 0
      ? fact("It is the kernel's own end of this protocol, or has no address yet.", "portId")
      : fact("A program talks to the kernel by it, or hears its events.", "portId"),
  ];
  if (dump) facts.push(fact("A long answer of the kernel is under way.", "dump"));
  if (rmem > 0) facts.push(fact(`What came and was not read takes ${counted(rmem, "byte")} of memory.`, "rmem"));
  if (wmem > 0) facts.push(fact(`What it sent and was not taken takes ${counted(wmem, "byte")} of memory.`, "wmem"));
  if (drops !== undefined && drops > 0) {
    facts.push(
      fact(
        `${counted(drops, "message was", "messages were")} lost since it was opened, because the buffer was full: its program has missed them.`,
        "drops",
      ),
    );
  }
  const unknown: NotKnown[] = drops === undefined ? [{ what: "how many were lost, as this kernel does not say" }] : [];
  return said(socket, `netlink ${netlinkProtocol} ${portId}`, facts, rmem > 0 ? READ : IDLE, unknown);
}

/* packet_seq_show (net/packet/af_packet.c). */
export function packetSaid(socket: PacketSocket): Said {
  const { etherType, ifIndex, running, rmem, inode } = socket;
  const frames =
    etherType === 3 ? "frames of every kind" : etherType === 0 ? "no frames" : `frames of type ${etherType}`;
  const where = ifIndex === 0 ? "all interfaces" : `the interface with index ${ifIndex}`;
  const facts = [fact(`It sees ${frames} on ${where}.`, "etherType", "ifIndex")];
  if (!running)
    facts.push(fact("It does not receive: it asked for nothing, or its interface is down or gone.", "running"));
  if (rmem > 0) facts.push(fact(`What came and was not read takes ${counted(rmem, "byte")} of memory.`, "rmem"));
  const unknown = [{ what: "how many frames it lost", where: "its own program, by PACKET_STATISTICS" }];
  return said(socket, `packet (inode ${inode})`, facts, rmem > 0 ? READ : IDLE, unknown);
}
