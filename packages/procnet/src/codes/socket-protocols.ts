import { listOf } from "../option-values.ts";

/** Tables of sockets, by the name of their file. */
export type SocketProtocol =
  | "tcp"
  | "tcp6"
  | "udp"
  | "udp6"
  | "udplite"
  | "udplite6"
  | "raw"
  | "raw6"
  | "icmp"
  | "icmp6"
  | "unix"
  | "netlink"
  | "packet";

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

type Askable = SocketProtocol | "all";

const USUAL: readonly SocketProtocol[] = ["tcp", "tcp6", "udp", "udp6"];

/** Whether the table has addresses and ports. */
export function isInet(protocol: SocketProtocol): boolean {
  return protocol !== "unix" && protocol !== "netlink" && protocol !== "packet";
}

/**
 * The tables that are asked for, in the order of an answer, each once. `name` is that of the option.
 *
 * @throws `ProcfsError` with code `ERR_INVALID_ARG`
 */
export function protocolsAsked(
  wanted: Askable | readonly Askable[] | undefined,
  name = "protocol",
): readonly SocketProtocol[] {
  const asked = listOf(name, wanted, isAskable, `"all" or some of ${PROTOCOLS.join(", ")}`) ?? USUAL;
  return asked.includes("all") ? PROTOCOLS : PROTOCOLS.filter((protocol) => asked.includes(protocol));
}

function isAskable(value: unknown): value is Askable {
  return value === "all" || PROTOCOLS.some((protocol) => protocol === value);
}
