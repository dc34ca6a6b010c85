import { ProcfsError } from "../errors.ts";
import type { SocketProtocol, SocketsOptions } from "./types.ts";

/** All tables of sockets, in the order of an answer. */
export const PROTOCOLS: readonly SocketProtocol[] = [
  "tcp",
  "tcp6",
  "udp",
  "udp6",
  "udplite",
  "udplite6",
  "raw",
  "raw6",
  "icmp",
  "icmp6",
  "unix",
  "netlink",
  "packet",
];

const USUAL: readonly SocketProtocol[] = ["tcp", "tcp6", "udp", "udp6"];

/** Whether the table has addresses and ports. */
export function isInet(protocol: SocketProtocol): boolean {
  return protocol !== "unix" && protocol !== "netlink" && protocol !== "packet";
}

/**
 * The tables that the option `protocols` asks for, in the order of an answer.
 *
 * @throws `ProcfsError` with code `ERR_INVALID_ARG`
 */
export function protocolsAsked(wanted: SocketsOptions["protocols"]): readonly SocketProtocol[] {
  if (wanted === undefined) return USUAL;
  if (wanted === "all") return PROTOCOLS;
  const unknown = Array.isArray(wanted) ? wanted.find((protocol) => !PROTOCOLS.includes(protocol)) : wanted;
  if (unknown !== undefined) {
    const shown = typeof unknown === "string" ? JSON.stringify(unknown) : String(unknown);
    const message = `protocols must be "all" or some of ${PROTOCOLS.join(", ")}, not ${shown}`;
    throw new ProcfsError({ code: "ERR_INVALID_ARG", message });
  }
  return PROTOCOLS.filter((protocol) => wanted.includes(protocol));
}
