import { checkOptions, optionNames, renamed } from "../../check-options.ts";
import { type AddressRange, inRange, parseAddressRange } from "../../codes/address-range.ts";
import { isInet, protocolsAsked } from "../../codes/socket-protocols.ts";
import { type TcpState, TcpState as TcpStates } from "../../codes/tcp-state.ts";
import { isName } from "../../codes/two-way.ts";
import { type UnixState, UnixState as UnixStates } from "../../codes/unix.ts";
import { invalidArgument, type OnIssue } from "../../errors.ts";
import type { InetWhere } from "../../files/sockets/inet/inet-row.ts";
import type { UnixWhere } from "../../files/sockets/unix/unix-where.ts";
import type { BaseProcFs } from "../../host/procfs.ts";
import { checkSignal, listOf, numberSet, numbers, wrongValue } from "../../option-values.ts";
import { isLive } from "../../read/procfs-type.ts";
import type { SocketsOptions } from "../options.ts";
import type { SocketSource } from "../source.ts";
import type { Socket, SocketProtocol } from "../types.ts";
import { isAlwaysListening } from "./listening.ts";

/** {@link SocketsOptions} checked and made ready. */
export interface Plan {
  readonly protocols: readonly SocketProtocol[];
  readonly owners: false | "first" | "all";
  readonly namespaces: "current" | "all" | ReadonlySet<number>;
  /** Tested on the bytes of a row. */
  readonly inet: InetWhere | undefined;
  readonly unix: UnixWhere | undefined;
  /** Of the question to a source: `keep` tests them too. */
  readonly addresses?: readonly AddressRange[] | undefined;
  /** Whether sockets are to wait for others: what that means of internet tables, `inetIn` says. */
  readonly listening: boolean | undefined;
  /** Tested on a socket that was read; `undefined` when there is nothing to test. */
  readonly keep: ((socket: Socket) => boolean) | undefined;
  /** Only sockets that these processes hold. */
  readonly pids: ReadonlySet<number> | undefined;
  readonly descriptors: number;
  readonly milliseconds: number;
  /** Who is asked before procfs. */
  readonly source?: SocketSource | undefined;
  readonly signal: AbortSignal | undefined;
  readonly onIssue: OnIssue | undefined;
}

/** Names that options had before. */
const FORMER: readonly string[] = ["protocols", "states"];

const OPTIONS = optionNames<Omit<SocketsOptions, "protocols" | "states">>({
  protocol: true,
  state: true,
  listening: true,
  localPort: true,
  remotePort: true,
  address: true,
  uid: true,
  inode: true,
  pid: true,
  owners: true,
  namespaces: true,
  source: true,
  signal: true,
  budget: true,
  onIssue: true,
});

const BUDGET = optionNames<NonNullable<SocketsOptions["budget"]>>({
  descriptors: true,
  milliseconds: true,
});

/**
 * `what` is the function that was called; `procfs` what its engine looks at, `more` options that it has besides.
 *
 * @throws `ProcfsError` with code `ERR_INVALID_ARG` that names the option
 */
export function planOf(options: SocketsOptions, what: string, procfs: BaseProcFs, more: readonly string[] = []): Plan {
  // The functions hand on what they were given, which may name the procfs whose engine they chose.
  const chosen = (options as { procfs?: unknown } | null)?.procfs ?? procfs;
  const known = [...OPTIONS, ...more, ...(chosen === procfs ? ["procfs"] : [])];
  checkOptions(what, options, known, { former: FORMER });
  checkOptions(`${what}: budget`, options.budget, BUDGET);
  const { owners = "all", namespaces = "current", listening, signal, onIssue, budget } = options;
  if (listening !== undefined && typeof listening !== "boolean")
    throw wrongValue("listening", "true or false", listening);
  if (owners !== false && owners !== "first" && owners !== "all")
    throw wrongValue("owners", 'false, "first" or "all"', owners);
  const localPort = numbers("localPort", options.localPort, 0xffff);
  const remotePort = numbers("remotePort", options.remotePort, 0xffff);
  const uid = numbers("uid", options.uid, 0xffffffff);
  const ranges = rangesOf(options.address);
  const inodes = numberSet("inode", options.inode);
  const pids = numberSet("pid", options.pid);
  checkSignal("signal", signal);
  if (onIssue !== undefined && typeof onIssue !== "function") throw wrongValue("onIssue", "a function", onIssue);
  const states = statesOf(...renamed(what, ["state", options.state], ["states", options.states]));
  const whose = inodes && { inode: inodes };
  const inet: InetWhere = {
    ...(states && { state: states.filter(isInetState) }),
    ...(localPort && { localPort }),
    ...(remotePort && { remotePort }),
    ...(uid && { uid }),
    ...whose,
  };
  const unix: UnixWhere = {
    ...(states && { state: states.filter(isUnixState) }),
    ...(listening !== undefined && { listening }),
    ...whose,
  };
  const [name, wanted] = renamed(what, ["protocol", options.protocol], ["protocols", options.protocols]);
  const needsInet = localPort !== undefined || remotePort !== undefined || ranges !== undefined;
  return {
    protocols: protocolsAsked(wanted, name).filter((protocol) => {
      if (needsInet && !isInet(protocol)) return false;
      if (listening === false && isAlwaysListening(protocol)) return false;
      if (states === undefined) return true;
      // Tables without such a state have nothing to give.
      return states.some(isInet(protocol) ? isInetState : isUnixState) && (isInet(protocol) || protocol === "unix");
    }),
    owners: pids === undefined ? owners : "all",
    namespaces: namespacesOf(namespaces),
    listening,
    inet: unlessEmpty(inet),
    unix: unlessEmpty(unix),
    addresses: ranges,
    keep: keeper(ranges, uid && new Set(uid), inodes),
    pids,
    descriptors: limit("budget.descriptors", budget?.descriptors),
    milliseconds: limit("budget.milliseconds", budget?.milliseconds),
    source: sourceOf(options.source, what, procfs),
    signal,
    onIssue,
  };
}

/** A source tells of the running kernel: nothing of a captured one. */
export function sourceOf(source: SocketsOptions["source"], what: string, procfs: BaseProcFs): Plan["source"] {
  if (source === undefined) return undefined;
  if (typeof source?.begin !== "function") throw wrongValue("source", "what createKernelSource() gives", source);
  if (what.endsWith("Sync"))
    throw invalidArgument(`${what} cannot ask a source, which answers later: use ${what.slice(0, -4)}()`);
  return isLive(procfs.context) ? source : undefined;
}

/** Conditions; `undefined` when there is none. */
function unlessEmpty<Where extends object>(where: Where): Where | undefined {
  return Object.keys(where).length === 0 ? undefined : where;
}

function statesOf(name: string, wanted: SocketsOptions["state"]): readonly (TcpState | UnixState)[] | undefined {
  const isState = (state: unknown): state is TcpState | UnixState => isInetState(state) || isUnixState(state);
  return listOf(name, wanted, isState, "names of TcpState or UnixState");
}

function isInetState(state: unknown): state is TcpState {
  return isName(TcpStates, state, 255);
}

function isUnixState(state: unknown): state is UnixState {
  return isName(UnixStates, state, 255);
}

/** A limit; infinite when it is not given. */
function limit(name: string, given: number | undefined): number {
  if (given === undefined) return Number.POSITIVE_INFINITY;
  if (typeof given !== "number" || !(given >= 0)) throw wrongValue(name, "a number from 0 up", given);
  return given;
}

/** What no reader of a table tests, or not each. */
function keeper(
  ranges: readonly AddressRange[] | undefined,
  uids: ReadonlySet<number> | undefined,
  inodes: ReadonlySet<number> | undefined,
): Plan["keep"] {
  if (ranges === undefined && uids === undefined && inodes === undefined) return undefined;
  return (socket) => {
    if (uids !== undefined && !("uid" in socket && socket.uid !== undefined && uids.has(socket.uid))) return false;
    if (inodes !== undefined && !(socket.inode !== undefined && inodes.has(socket.inode))) return false;
    if (ranges === undefined) return true;
    if (!("localAddress" in socket)) return false;
    return ranges.some((range) => inRange(range, socket.localAddress) || inRange(range, socket.remoteAddress));
  };
}

function rangesOf(address: SocketsOptions["address"]): AddressRange[] | undefined {
  const isRange = (text: unknown): text is string => typeof text === "string" && parseAddressRange(text) !== undefined;
  return listOf("address", address, isRange, 'an address or a range such as "10.0.0.0/8"')?.map(
    (text) => parseAddressRange(text)!,
  );
}

function namespacesOf(namespaces: NonNullable<SocketsOptions["namespaces"]>): Plan["namespaces"] {
  if (namespaces === "current" || namespaces === "all") return namespaces;
  if (!Array.isArray(namespaces))
    throw wrongValue("namespaces", '"current", "all" or numbers of namespaces', namespaces);
  return new Set(numbers("namespaces", namespaces));
}
