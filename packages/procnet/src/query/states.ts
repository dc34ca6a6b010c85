import { TcpState } from "../codes/tcp-state.ts";
import { UnixState } from "../codes/unix.ts";
import { allBut, type StateSet, statesNamed } from "./state-set.ts";

/** What ss(8) calls closed or unconnected: one state, which tables of datagram sockets call otherwise. */
const CLOSED = ["CLOSE", "UNCONN"] as const;
const REST = ["LISTEN", "CLOSE", "UNCONN", "BOUND_INACTIVE"] as const;
const BUCKET = ["TIME_WAIT", "SYN_RECV", "NEW_SYN_RECV"] as const;

/**
 * Words of ss(8) that stand for several states, and its names for single ones. A unix socket that is connected is established,
 * one that nobody has accepted yet is at syn-sent: unix_state_map of iproute2.
 */
function wordSets(): Readonly<Record<string, StateSet>> {
  sets ??= {
    all: allBut(),
    connected: allBut(...REST),
    synchronized: allBut(...REST, "SYN_SENT", "CONNECTING"),
    bucket: statesNamed(...BUCKET),
    big: allBut(...BUCKET),
    established: statesNamed("ESTABLISHED", "CONNECTED"),
    estab: statesNamed("ESTABLISHED", "CONNECTED"),
    "syn-sent": statesNamed("SYN_SENT", "CONNECTING"),
    "syn-recv": statesNamed("SYN_RECV", "NEW_SYN_RECV"),
    "syn-rcv": statesNamed("SYN_RECV", "NEW_SYN_RECV"),
    listening: statesNamed("LISTEN"),
    listen: statesNamed("LISTEN"),
    closed: statesNamed(...CLOSED),
    close: statesNamed(...CLOSED),
    unconnected: statesNamed(...CLOSED),
    unconn: statesNamed(...CLOSED),
    closing: statesNamed("CLOSING", "DISCONNECTING"),
    "fin-wait-1": statesNamed("FIN_WAIT1"),
    "fin-wait-2": statesNamed("FIN_WAIT2"),
  };
  return sets;
}

/** Made with the first filter that names a state. */
let sets: Readonly<Record<string, StateSet>> | undefined;

/**
 * Words that a filter knows as states, for suggestions and completion.
 *
 * @example
 * ```ts
 * import { stateWords } from "procnet/query";
 * stateWords().filter((word) => word.startsWith("time")); // ["time-wait"]
 * ```
 */
export function stateWords(): string[] {
  const names = [...Object.keys(TcpState), ...Object.keys(UnixState)].filter(isName).map(plain);
  return [...new Set([...Object.keys(wordSets()), ...names])];
}

/** The states, as {@link stateOf} names them, that a word stands for; `undefined` for a word that is none. */
export function statesOf(word: string): StateSet | undefined {
  const name = plain(word);
  const words = wordSets();
  if (Object.hasOwn(words, name)) return words[name];
  const exact = name.replaceAll("-", "_").toUpperCase();
  const isState = isName(exact) && (Object.hasOwn(TcpState, exact) || Object.hasOwn(UnixState, exact));
  return isState ? statesNamed(exact) : undefined;
}

function plain(word: string): string {
  return word.toLowerCase().replaceAll("_", "-");
}

function isName(key: string): boolean {
  return !/^\d+$/.test(key);
}
