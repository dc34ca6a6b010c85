import type { Socket } from "../../sockets/types.ts";
import { type ExplanationBase, textOf } from "./explanation.ts";
import { ownerUnknown } from "./sockets/common.ts";
import { datagramSaid, netlinkSaid, packetSaid, type Said, unixSaid } from "./sockets/others.ts";
import { tcpFacts, tcpSubject, tcpUnknown, tcpWaiting } from "./sockets/tcp.ts";

/** What a row of a socket proves. */
export interface SocketExplanation extends ExplanationBase {
  /** Which kind of explanation. */
  readonly kind: "socket";
}

/** What {@link explainSocket} is told of who asks. */
export interface ExplainSocketOptions {
  /** What would show this reader who holds the socket, where some processes may not be looked at: `as root` by default. */
  readonly ownersSeen?: string;
}

/**
 * What the row of a socket proves: what is waited for, whose turn it is, and what cannot be told. The numbers in it are those of the
 * row. It says what was the case when the table was read, and nothing of how long.
 *
 * @example
 * ```ts
 * import { sockets } from "procnet";
 * import { explainSocket } from "procnet/live";
 * for (const socket of (await sockets({ protocol: "tcp" })).sockets) console.log(explainSocket(socket).text);
 * ```
 */
export function explainSocket(socket: Socket, { ownersSeen }: ExplainSocketOptions = {}): SocketExplanation {
  const { subject, facts, waitingFor, actor, unknown: untold } = saidOf(socket);
  const unknown = [...untold, ...ownerUnknown(socket, ownersSeen)];
  const rest = { facts, waitingFor, actor, unknown };
  return { kind: "socket", subject, ...rest, text: textOf(rest) };
}

function saidOf(socket: Socket): Said {
  switch (socket.protocol) {
    case "tcp":
    case "tcp6":
      return {
        subject: tcpSubject(socket),
        facts: tcpFacts(socket),
        ...tcpWaiting(socket),
        unknown: tcpUnknown(socket),
      };
    case "unix":
      return unixSaid(socket);
    case "netlink":
      return netlinkSaid(socket);
    case "packet":
      return packetSaid(socket);
    default:
      return datagramSaid(socket);
  }
}
