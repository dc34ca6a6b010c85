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

/** In which the peer has said that nothing more comes: the kernel counts that as a byte (tcp_fin, net/ipv4/tcp_input.c). */
const HAS_ENDED: ReadonlySet<string> = /* @__PURE__ */ new Set(["CLOSE_WAIT", "LAST_ACK", "CLOSING", "TIME_WAIT"]);

function ofConnection({ state, tcpInfo = {} }: TcpSocket): Fact[] {
  const { bytes_sent, bytes_received, bytes_retrans = 0, rtt = 0 } = tcpInfo;
  const facts: Fact[] = [];
  if (bytes_sent !== undefined && bytes_received !== undefined) {
    const again = bytes_retrans === 0 ? "" : `, ${counted(bytes_retrans, "byte")} of them again`;
    const both = `${counted(bytes_sent, "byte was", "bytes were")} sent${again}; ${counted(Math.max(0, bytes_received - (HAS_ENDED.has(state) ? 1 : 0)), "byte")} came.`;
    facts.push(fact(both, "tcpInfo"));
  }
  if (rtt > 0) facts.push(fact(`The round trip takes ${rtt / 1000} ms.`, "tcpInfo"));
  return facts;
}
