import { fullAt } from "../../../codes/accept-queue.ts";
import type { TcpSocket } from "../../../sockets/types.ts";
import type { Fact } from "../explanation.ts";
import { counted, fact } from "./common.ts";

/*
 * What netlink tells of a socket of TCP besides the columns of procfs: nothing where that was not asked.
 */

export function toldFacts(socket: TcpSocket): Fact[] {
  return socket.state === "LISTEN" ? ofListener(socket) : ofConnection(socket);
}

function ofListener({ protocol, localAddress, backlog, v6only }: TcpSocket): Fact[] {
  const facts: Fact[] = [];
  if (backlog !== undefined)
    facts.push(
      fact(`Its queue is full when ${counted(fullAt(backlog), "connection waits", "connections wait")}.`, "backlog"),
    );
  if (isOnAnyAddress({ protocol, localAddress }) && v6only !== undefined)
    facts.push(fact(v6only ? "It takes IPv6 alone." : "It takes IPv4 too.", "v6only"));
  return facts;
}

/** Whether the row does not tell if IPv4 is taken too. */
export function isOnAnyAddress({ protocol, localAddress }: Pick<TcpSocket, "protocol" | "localAddress">): boolean {
  return protocol === "tcp6" && localAddress === "::";
}

function ofConnection({ tcpInfo: { bytes_sent, bytes_received, bytes_retrans = 0, rtt = 0 } = {} }: TcpSocket): Fact[] {
  const facts: Fact[] = [];
  if (bytes_sent !== undefined && bytes_received !== undefined) {
    const again = bytes_retrans === 0 ? "" : `, ${counted(bytes_retrans, "byte")} of them again`;
    const both = `${counted(bytes_sent, "byte was", "bytes were")} sent${again}; ${counted(bytes_received, "byte")} came.`;
    facts.push(fact(both, "tcpInfo"));
  }
  if (rtt > 0) facts.push(fact(`The round trip takes ${rtt / 1000} ms.`, "tcpInfo"));
  return facts;
}
