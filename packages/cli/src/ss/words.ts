import { TcpState, type UnixState } from "procnet/parse";

/*
 * What ss calls states.
 */

const STATES = [
  "UNKNOWN",
  "ESTAB",
  "SYN-SENT",
  "SYN-RECV",
  "FIN-WAIT-1",
  "FIN-WAIT-2",
  "TIME-WAIT",
  "UNCONN",
  "CLOSE-WAIT",
  "LAST-ACK",
  "LISTEN",
  "CLOSING",
] as const;

/** The word for the number of a state. */
export function stateWord(code: number): string {
  return STATES[code] ?? "UNKNOWN";
}

/** The number of a state. */
export function codeOf(state: string): number {
  const code: unknown = TcpState[state as keyof typeof TcpState];
  return typeof code === "number" ? code : Number(state.replace(/\D/g, ""));
}

/** The number that netlink has for the state of a unix socket: there it is one of TCP's. */
export function unixCode({ listening, state }: { readonly listening: boolean; readonly state: UnixState }): number {
  if (listening) return TcpState.LISTEN;
  return state === "CONNECTED" || state === "CONNECTING" ? TcpState.ESTABLISHED : TcpState.CLOSE;
}

/** What cannot be known. */
export const UNKNOWN = "?";

/** A queue, in its column. */
export function queue(bytes: number | undefined): string {
  return (bytes === undefined ? UNKNOWN : String(bytes)).padEnd(6);
}
