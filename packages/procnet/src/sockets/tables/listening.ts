import type { SocketProtocol } from "../../codes/socket-protocols.ts";
import type { TcpState } from "../../codes/tcp-state.ts";
import { type InetWhere, stateName } from "../../files/sockets/inet/inet-row.ts";

/** States in which sockets of TCP wait for others, and those of datagrams, which have no peer then. */
const TCP: readonly TcpState[] = ["LISTEN"];
const DATAGRAM: readonly TcpState[] = ["LISTEN", "CLOSE"];

/** Whether all sockets of a table wait for others: it tells neither a state nor a peer. */
export function isAlwaysListening(protocol: SocketProtocol): boolean {
  return protocol === "netlink" || protocol === "packet";
}

/** What is asked of one internet table. Each its own: of listeners of TCP alone the head of a file of Linux's is enough. */
export function inetIn(
  protocol: SocketProtocol,
  { inet, listening }: { readonly inet: InetWhere | undefined; readonly listening?: boolean | undefined },
): InetWhere | undefined {
  if (listening === undefined) return inet;
  const waiting = protocol === "tcp" || protocol === "tcp6" ? TCP : DATAGRAM;
  return { ...inet, state: statesOf(inet?.state).filter((state) => waiting.includes(state) === listening) };
}

function statesOf(state: InetWhere["state"]): readonly TcpState[] {
  if (state === undefined) return Array.from({ length: 256 }, (_, code) => stateName(code));
  return typeof state === "string" ? [state] : state;
}
