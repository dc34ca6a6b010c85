import { type OnIssue, ProcfsError } from "../errors.ts";
import { type AddressRange, inRange, parseAddressRange } from "../net/address-range.ts";
import { type TcpState, TcpState as TcpStates } from "../net/tcp-state.ts";
import { type UnixState, UnixState as UnixStates } from "../net/unix.ts";
import type { InetWhere } from "../parse/inet-row.ts";
import type { UnixWhere } from "../parse/unix.ts";
import type { Socket, SocketProtocol, SocketsOptions } from "./types.ts";

/** All tables of sockets, in the order of an answer. */
const PROTOCOLS: readonly SocketProtocol[] = [
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

/** {@link SocketsOptions} checked and made ready. */
export interface Plan {
  readonly protocols: readonly SocketProtocol[];
  readonly owners: false | "first" | "all";
  readonly namespaces: "current" | "all" | ReadonlySet<number>;
  /** Tested on the bytes of a row. */
  readonly inet: InetWhere | undefined;
  readonly unix: UnixWhere | undefined;
  /** Tested on a socket that was read; `undefined` when there is nothing to test. */
  readonly keep: ((socket: Socket) => boolean) | undefined;
  /** Only sockets that these processes hold. */
  readonly pids: ReadonlySet<number> | undefined;
  readonly descriptors: number;
  readonly milliseconds: number;
  readonly signal: AbortSignal | undefined;
  readonly onIssue: OnIssue | undefined;
}

/** @throws `ProcfsError` with code `ERR_INVALID_ARG` that names the option */
export function planOf(options: SocketsOptions): Plan {
  const { states, owners = "all", namespaces = "current", budget, signal, onIssue } = options;
  if (owners !== false && owners !== "first" && owners !== "all")
    throw invalid("owners", 'false, "first" or "all"', owners);
  const localPort = numbers("localPort", options.localPort, 0xffff);
  const remotePort = numbers("remotePort", options.remotePort, 0xffff);
  const uid = numbers("uid", options.uid, 0xffffffff);
  const ranges = rangesOf(options.address);
  const pids = numbers("pid", options.pid, Number.MAX_SAFE_INTEGER);
  const inetStates = states?.filter((state): state is TcpState => isInetState(state));
  const unixStates = states?.filter((state): state is UnixState => isUnixState(state));
  for (const state of states ?? []) {
    if (!isInetState(state) && !isUnixState(state)) throw invalid("states", "names of TcpState or UnixState", state);
  }
  const inet = given({ state: inetStates, localPort, remotePort, uid });
  const chosen = protocolsOf(options.protocols, inet, ranges);
  return {
    // Tables without such a state have nothing to give.
    protocols: chosen.filter((protocol) => {
      if (states === undefined) return true;
      return isInet(protocol) ? inetStates!.length > 0 : protocol === "unix" && unixStates!.length > 0;
    }),
    owners: pids === undefined ? owners : "all",
    namespaces: namespacesOf(namespaces),
    inet: Object.keys(inet).length === 0 ? undefined : inet,
    unix: unixStates && { state: unixStates },
    keep: keeper(ranges, uid && new Set(uid)),
    pids: pids && new Set(pids),
    descriptors: budget?.descriptors ?? Number.POSITIVE_INFINITY,
    milliseconds: budget?.milliseconds ?? Number.POSITIVE_INFINITY,
    signal,
    onIssue,
  };
}

function given<Value extends object>(values: Value): { [Name in keyof Value]: NonNullable<Value[Name]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}

function isInetState(state: string): boolean {
  return Object.hasOwn(TcpStates, state) || state.startsWith("UNKNOWN(");
}

function isUnixState(state: string): boolean {
  return Object.hasOwn(UnixStates, state) || state.startsWith("UNKNOWN(");
}

/** Ports and addresses ask for tables that have them. */
function protocolsOf(
  wanted: SocketsOptions["protocols"],
  inet: InetWhere,
  ranges: readonly AddressRange[] | undefined,
): readonly SocketProtocol[] {
  const chosen = wanted === "all" ? PROTOCOLS : (wanted ?? USUAL);
  for (const protocol of chosen) {
    if (!PROTOCOLS.includes(protocol)) throw invalid("protocols", `"all" or some of ${PROTOCOLS.join(", ")}`, protocol);
  }
  const named = new Set(chosen);
  const needsInet = inet.localPort !== undefined || inet.remotePort !== undefined || ranges !== undefined;
  return PROTOCOLS.filter((protocol) => named.has(protocol) && !(needsInet && !isInet(protocol)));
}

/** Whether the table has addresses and ports. */
export function isInet(protocol: SocketProtocol): boolean {
  return protocol !== "unix" && protocol !== "netlink" && protocol !== "packet";
}

function keeper(ranges: readonly AddressRange[] | undefined, uids: ReadonlySet<number> | undefined): Plan["keep"] {
  if (ranges === undefined && uids === undefined) return undefined;
  return (socket) => {
    if (uids !== undefined && !("uid" in socket && uids.has(socket.uid))) return false;
    if (ranges === undefined) return true;
    if (!("localAddress" in socket)) return false;
    return ranges.some((range) => inRange(range, socket.localAddress) || inRange(range, socket.remoteAddress));
  };
}

function rangesOf(address: SocketsOptions["address"]): AddressRange[] | undefined {
  if (address === undefined) return undefined;
  const texts = typeof address === "string" ? [address] : address;
  return texts.map((text) => {
    const range = typeof text === "string" ? parseAddressRange(text) : undefined;
    if (range === undefined) throw invalid("address", 'an address or a range such as "10.0.0.0/8"', text);
    return range;
  });
}

function namespacesOf(namespaces: NonNullable<SocketsOptions["namespaces"]>): Plan["namespaces"] {
  if (namespaces === "current" || namespaces === "all") return namespaces;
  if (!Array.isArray(namespaces)) throw invalid("namespaces", '"current", "all" or numbers of namespaces', namespaces);
  return new Set(numbers("namespaces", namespaces, Number.MAX_SAFE_INTEGER));
}

function numbers(name: string, given: number | readonly number[] | undefined, most: number): number[] | undefined {
  if (given === undefined) return undefined;
  const values = typeof given === "number" ? [given] : [...given];
  for (const value of values) {
    if (!Number.isSafeInteger(value) || value < 0 || value > most)
      throw invalid(name, `whole numbers up to ${most}`, value);
  }
  return values;
}

function invalid(name: string, expected: string, value: unknown): ProcfsError {
  const message = `${name} must be ${expected}, not ${JSON.stringify(value) ?? String(value)}`;
  return new ProcfsError({ code: "ERR_INVALID_ARG", message });
}
