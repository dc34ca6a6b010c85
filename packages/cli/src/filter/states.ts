import { TcpState, UnixState } from "procnet";

const ALL = [...Object.keys(TcpState).filter(isName), "CONNECTED", "CONNECTING", "DISCONNECTING", "UNCONN"];

const without = (...states: string[]): string[] => ALL.filter((state) => !states.includes(state));

/** Words of ss(8) that stand for several states, and its names for single ones. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  all: ALL,
  connected: without("LISTEN", "CLOSE", "UNCONN"),
  synchronized: without("LISTEN", "CLOSE", "UNCONN", "SYN_SENT"),
  bucket: ["TIME_WAIT", "SYN_RECV", "NEW_SYN_RECV"],
  big: without("LISTEN", "CLOSE", "UNCONN", "TIME_WAIT", "SYN_RECV", "NEW_SYN_RECV"),
  established: ["ESTABLISHED", "CONNECTED"],
  estab: ["ESTABLISHED", "CONNECTED"],
  listening: ["LISTEN"],
  listen: ["LISTEN"],
  closed: ["CLOSE"],
  close: ["CLOSE"],
  unconnected: ["UNCONN", "CLOSE"],
  unconn: ["UNCONN", "CLOSE"],
  "fin-wait-1": ["FIN_WAIT1"],
  "fin-wait-2": ["FIN_WAIT2"],
};

/** Words that a filter knows as states, for suggestions and completion. */
export const STATE_WORDS: readonly string[] = [
  ...new Set([
    ...Object.keys(WORDS),
    ...[...Object.keys(TcpState), ...Object.keys(UnixState)].filter(isName).map(plain),
  ]),
];

/** The states, as {@link stateOf} names them, that a word stands for; `undefined` for a word that is none. */
export function statesOf(word: string): ReadonlySet<string> | undefined {
  const name = plain(word);
  if (Object.hasOwn(WORDS, name)) return new Set(WORDS[name]);
  const exact = name.replaceAll("-", "_").toUpperCase();
  return Object.hasOwn(TcpState, exact) || Object.hasOwn(UnixState, exact) ? new Set([exact]) : undefined;
}

function plain(word: string): string {
  return word.toLowerCase().replaceAll("_", "-");
}

function isName(key: string): boolean {
  return !/^\d+$/.test(key);
}
