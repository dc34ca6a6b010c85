import { checkOptions, optionNames } from "../../check-options.ts";
import { type AddressRange, inRange, parseAddressRange } from "../../codes/address-range.ts";
import { type TcpState, TcpState as TcpStates } from "../../codes/tcp-state.ts";
import { type UnixState, UnixState as UnixStates } from "../../codes/unix.ts";
import { type OnIssue, ProcfsError } from "../../errors.ts";
import type { InetWhere } from "../../files/sockets/inet/inet-row.ts";
import type { UnixWhere } from "../../files/sockets/unix/unix.ts";
import type { ProcFs } from "../../host/procfs.ts";
import { isInet, protocolsAsked } from "../protocols.ts";
import type { Socket, SocketProtocol, SocketsOptions } from "../types.ts";

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

const OPTIONS = optionNames<SocketsOptions>({
  protocols: true,
  states: true,
  localPort: true,
  remotePort: true,
  address: true,
  uid: true,
  pid: true,
  owners: true,
  namespaces: true,
  signal: true,
  budget: true,
  onIssue: true,
});

const BUDGET = optionNames<NonNullable<SocketsOptions["budget"]>>({ descriptors: true, milliseconds: true });

/**
 * `what` is the function that was called; `procfs` what its engine looks at, `more` options that it has besides.
 *
 * @throws `ProcfsError` with code `ERR_INVALID_ARG` that names the option
 */
export function planOf(options: SocketsOptions, what: string, procfs: ProcFs, more: readonly string[] = []): Plan {
  // The functions hand on what they were given, which may name the procfs whose engine they chose.
  const chosen = (options as { procfs?: unknown } | null)?.procfs ?? procfs;
  checkOptions(what, options, [...OPTIONS, ...more, ...(chosen === procfs ? ["procfs"] : [])]);
  checkOptions(`${what}: budget`, options.budget, BUDGET);
  const { owners = "all", namespaces = "current", signal, onIssue } = options;
  if (owners !== false && owners !== "first" && owners !== "all")
    throw invalid("owners", 'false, "first" or "all"', owners);
  const localPort = numbers("localPort", options.localPort, 0xffff);
  const remotePort = numbers("remotePort", options.remotePort, 0xffff);
  const uid = numbers("uid", options.uid, 0xffffffff);
  const ranges = rangesOf(options.address);
  const pids = numbers("pid", options.pid, Number.MAX_SAFE_INTEGER);
  if (signal !== undefined && !isSignal(signal)) throw invalid("signal", "an AbortSignal", signal);
  if (onIssue !== undefined && typeof onIssue !== "function") throw invalid("onIssue", "a function", onIssue);
  const stateWords = "names of TcpState or UnixState";
  const states = listOf("states", options.states, `an array of ${stateWords}`);
  const inetStates = states?.filter(isInetState);
  const unixStates = states?.filter(isUnixState);
  for (const state of states ?? []) {
    if (!isInetState(state) && !isUnixState(state)) throw invalid("states", stateWords, state);
  }
  const inet = given({ state: inetStates, localPort, remotePort, uid });
  const tables = protocolsOf(options.protocols, inet, ranges);
  return {
    // Tables without such a state have nothing to give.
    protocols: tables.filter((protocol) => {
      if (states === undefined) return true;
      return isInet(protocol) ? inetStates!.length > 0 : protocol === "unix" && unixStates!.length > 0;
    }),
    owners: pids === undefined ? owners : "all",
    namespaces: namespacesOf(namespaces),
    inet: Object.keys(inet).length === 0 ? undefined : inet,
    unix: unixStates && { state: unixStates },
    keep: keeper(ranges, uid && new Set(uid)),
    pids: pids && new Set(pids),
    descriptors: limit("budget.descriptors", options.budget?.descriptors),
    milliseconds: limit("budget.milliseconds", options.budget?.milliseconds),
    signal,
    onIssue,
  };
}

/** Told by its form: programs can have several classes of that name. */
function isSignal(value: unknown): boolean {
  return typeof (value as Partial<AbortSignal> | null)?.throwIfAborted === "function";
}

function given<Value extends object>(values: Value): { [Name in keyof Value]: NonNullable<Value[Name]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}

function isInetState(state: unknown): state is TcpState {
  return isStateOf(TcpStates, state);
}

function isUnixState(state: unknown): state is UnixState {
  return isStateOf(UnixStates, state);
}

/** Whether it is the name of a state, or of a code of one byte that has no name. */
function isStateOf(names: Readonly<Record<string, unknown>>, state: unknown): boolean {
  if (typeof state !== "string") return false;
  const [, code] = /^UNKNOWN\(([0-9]{1,3})\)$/.exec(state) ?? [];
  return code === undefined ? typeof names[state] === "number" : Number(code) < 256 && names[code] === undefined;
}

/** Ports and addresses ask for tables that have them. */
function protocolsOf(
  wanted: SocketsOptions["protocols"],
  inet: InetWhere,
  ranges: readonly AddressRange[] | undefined,
): readonly SocketProtocol[] {
  const needsInet = inet.localPort !== undefined || inet.remotePort !== undefined || ranges !== undefined;
  return protocolsAsked(wanted).filter((protocol) => !(needsInet && !isInet(protocol)));
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
  const expected = 'an address or a range such as "10.0.0.0/8"';
  const texts = typeof address === "string" ? [address] : listOf("address", address, expected)!;
  return texts.map((text) => {
    const range = typeof text === "string" ? parseAddressRange(text) : undefined;
    if (range === undefined) throw invalid("address", expected, text);
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
  const expected = `whole numbers up to ${most}`;
  const values = typeof given === "number" ? [given] : listOf(name, given, expected)!;
  for (const value of values) {
    if (!Number.isSafeInteger(value) || value < 0 || value > most) throw invalid(name, expected, value);
  }
  return [...values];
}

function limit(name: string, given: number | undefined): number {
  if (given === undefined) return Number.POSITIVE_INFINITY;
  if (typeof given !== "number" || !(given >= 0)) throw invalid(name, "a number from 0 up", given);
  return given;
}

function listOf<Value>(name: string, given: readonly Value[] | undefined, expected: string): typeof given {
  if (given === undefined || Array.isArray(given)) return given;
  throw invalid(name, expected, given);
}

function invalid(name: string, expected: string, value: unknown): ProcfsError {
  const shown = typeof value === "string" || Array.isArray(value) ? JSON.stringify(value) : String(value);
  const message = `${name} must be ${expected}, not ${shown}`;
  return new ProcfsError({ code: "ERR_INVALID_ARG", message });
}
