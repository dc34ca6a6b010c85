import type { TcpSocket } from "../../../sockets/types.ts";
import type { Fact, NotKnown } from "../explanation.ts";
import { counted, endpoint, fact, IDLE, ownerFacts, SINCE, type Waiting } from "./common.ts";
import { queueFacts, timerFacts } from "./tcp-queues.ts";
import { isOnAnyAddress, toldFacts } from "./tcp-told.ts";

/*
 * What the columns of tcp and tcp6 prove: get_tcp4_sock, get_openreq4 and get_timewait4_sock (net/ipv4/tcp_ipv4.c) print them. A socket
 * without an inode has no descriptor: sock_i_ino (net/core/sock.c) finds no struct socket. It has none before accept(2) (inet_csk_accept)
 * and after close(2) (__tcp_close), which changes the state before it lets the descriptor go: in ESTABLISHED and CLOSE_WAIT it is the former.
 */

/** What a row of TCP proves. */
export function tcpFacts(socket: TcpSocket): Fact[] {
  return [
    stateFact(socket),
    ...addressFacts(socket),
    ...queueFacts(socket),
    ...timerFacts(socket),
    ...slowStart(socket),
    ...toldFacts(socket),
    ...ownerFacts(socket),
  ];
}

/** Whether nobody has accepted it yet. */
export function isUnaccepted({ state, inode }: TcpSocket): boolean {
  return inode === 0 && (state === "ESTABLISHED" || state === "CLOSE_WAIT");
}

/** Whether it was closed here with the peer still to be heard of. */
function isOrphan({ inode, state }: TcpSocket): boolean {
  return inode === 0 && ["FIN_WAIT1", "FIN_WAIT2", "CLOSING", "LAST_ACK"].includes(state);
}

function stateFact(socket: TcpSocket): Fact {
  const isLost = isOrphan(socket);
  const fields =
    ["SYN_RECV", "ESTABLISHED", "CLOSE_WAIT"].includes(socket.state) || isLost ? ["state", "inode"] : ["state"];
  return fact(
    `${stateText(socket)}${isLost ? " The program has closed it and has no descriptor of it any more." : ""}`,
    ...fields,
  );
}

function stateText(socket: TcpSocket): string {
  const { state, inode, timer } = socket;
  switch (state) {
    case "LISTEN":
      return "It listens.";
    case "SYN_SENT":
      return "This side asked for a connection (SYN) and the peer has not answered.";
    case "SYN_RECV":
    case "NEW_SYN_RECV":
      return inode === 0
        ? "A peer asked for a connection and the handshake is not finished: half open, and only the listener on this port knows of it."
        : "Both sides asked for the connection at the same time, and the handshake is not finished.";
    case "ESTABLISHED":
      return isUnaccepted(socket)
        ? "The handshake is finished, and no program has accepted the connection: it waits in a listener's queue."
        : "The connection is open in both directions.";
    case "CLOSE_WAIT":
      return isUnaccepted(socket)
        ? "The peer has closed its direction before a program accepted the connection, which waits in a listener's queue."
        : "The peer has closed its direction; the program here has not closed.";
    case "FIN_WAIT1":
      return "This side has closed its direction first, and the peer has not acknowledged all of it.";
    case "FIN_WAIT2":
      return timer === 3
        ? "This side has closed and the peer has acknowledged that; the peer has not closed, and only a small entry of the kernel is left."
        : "This side has closed its direction and the peer has acknowledged that; the peer has not closed.";
    case "CLOSING":
      return "Both sides have closed at once; the peer has not acknowledged this side's end.";
    case "LAST_ACK":
      return "The peer closed first, then this side; the peer has not acknowledged this side's end.";
    case "TIME_WAIT":
      return "The connection is over. This side closed first, or both at once, and the kernel keeps the addresses a while so that late packets harm no new connection.";
    case "CLOSE":
      return "It has no connection: not begun, or just over.";
    default:
      return `Its state is ${state}, which this version does not know.`;
  }
}

function addressFacts({ protocol, state, localAddress, remoteAddress }: TcpSocket): Fact[] {
  if (state !== "LISTEN" && localAddress.startsWith("::ffff:") && remoteAddress.startsWith("::ffff:")) {
    return [fact("It is a connection of IPv4 over a socket of IPv6.", "localAddress", "remoteAddress")];
  }
  if (state !== "LISTEN") return [];
  const where =
    localAddress === "0.0.0.0"
      ? "any IPv4 address of this host"
      : localAddress === "::"
        ? "any IPv6 address of this host"
        : localAddress.startsWith("::ffff:") && protocol === "tcp6"
          ? "one IPv4 address, by a socket of IPv6"
          : "one address";
  return [fact(`It takes connections to ${where}.`, "localAddress")];
}

/** tcp_in_initial_slowstart (include/net/tcp.h): the threshold has no value before the first loss; old kernels print it as 2147483647. */
function slowStart({ state, inode, ssthresh }: TcpSocket): Fact[] {
  const isFirst = ssthresh === -1 || ssthresh === 2147483647;
  if (state !== "ESTABLISHED" || inode === 0 || !isFirst) return [];
  return [fact("Nothing has slowed its sending down yet: it is in its first slow start.", "ssthresh")];
}

/** What has to happen next, of what the row shows the most pressing. */
export function tcpWaiting(socket: TcpSocket): Waiting {
  const { state, rxQueue, timer, txQueue } = socket;
  switch (state) {
    case "LISTEN":
      if (rxQueue > 0) return { waitingFor: `the program to accept ${counted(rxQueue, "connection")}`, actor: "us" };
      return { waitingFor: "peers to connect", actor: "peer" };
    case "SYN_SENT":
      return { waitingFor: "the peer to answer the SYN", actor: "peer" };
    case "SYN_RECV":
    case "NEW_SYN_RECV":
      return { waitingFor: "the peer to finish the handshake", actor: "peer" };
    case "ESTABLISHED":
      return openWaiting(socket);
    case "CLOSE_WAIT":
      return isUnaccepted(socket)
        ? { waitingFor: "the program to accept it", actor: "us" }
        : {
            waitingFor: rxQueue > 0 ? "the program to read to the end and close" : "the program to close",
            actor: "us",
          };
    case "FIN_WAIT1":
    case "CLOSING":
    case "LAST_ACK":
      if (timer === 4) return windowWaiting(socket);
      return {
        waitingFor: txQueue > 1 ? "the peer to acknowledge the rest and the end" : "the peer to acknowledge the end",
        actor: "peer",
      };
    case "FIN_WAIT2":
      return {
        waitingFor: timer === 3 ? "the peer to close, or the timer to run out" : "the peer to close",
        actor: "peer",
      };
    case "TIME_WAIT":
      return { waitingFor: "the timer to run out", actor: "kernel" };
    default:
      return IDLE;
  }
}

function openWaiting(socket: TcpSocket): Waiting {
  const { rxQueue, txQueue, timer, probes } = socket;
  if (isUnaccepted(socket)) return { waitingFor: "the program to accept it", actor: "us" };
  if (timer === 4) return windowWaiting(socket);
  if (rxQueue > 0) return { waitingFor: "the program to read", actor: "us" };
  if (txQueue > 0) return { waitingFor: "the peer to acknowledge what was sent", actor: "peer" };
  if (timer === 2 && probes > 0) return { waitingFor: "the peer to answer keepalive probes", actor: "peer" };
  return IDLE;
}

function windowWaiting({ probes }: TcpSocket): Waiting {
  return {
    waitingFor: probes > 0 ? "the peer to open its window" : "room in the peer's window, most likely",
    actor: "peer",
  };
}

/** What a row of TCP does not tell. */
export function tcpUnknown(socket: TcpSocket): NotKnown[] {
  const { state, retransmits, backlog, v6only, tcpInfo } = socket;
  const unknown: NotKnown[] = [];
  if (state === "LISTEN") {
    if (backlog === undefined) unknown.push({ what: "how long the queue may get", where: "Send-Q of ss -lt" });
    if (isOnAnyAddress(socket) && v6only === undefined)
      unknown.push({ what: "whether it takes IPv4 too", where: "v6only of ss -lte" });
  } else if (state !== "TIME_WAIT" && state !== "SYN_RECV" && state !== "NEW_SYN_RECV") {
    if (retransmits > 0)
      unknown.push({
        what: "why nothing comes back: host down, filtered on the way, or not taken there",
        where: "at the peer",
      });
    if (tcpInfo?.bytes_sent === undefined)
      unknown.push({ what: "bytes sent and received, and the round trip", where: "ss -ti" });
  }
  return [...unknown, SINCE];
}

export function tcpSubject({ protocol, localAddress, localPort, remoteAddress, remotePort }: TcpSocket): string {
  const peer = remotePort === 0 ? "" : ` to ${endpoint(remoteAddress, remotePort)}`;
  return `${protocol} ${endpoint(localAddress, localPort)}${peer}`;
}
