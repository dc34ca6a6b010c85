import { nameOf, TcpState, type TcpStateName } from "procnet/parse";

/** Names of states by their codes: one text for all rows of a state. */
const NAMES: readonly TcpState[] = /* @__PURE__ */ Array.from({ length: 256 }, (_, code) => nameOf(TcpState, code));

/** The name of the state with this code, 0 to 255. */
export function stateName(code: number): TcpState {
  return NAMES[code]!;
}

const BOUND_INACTIVE = 1 << 13;

/**
 * What procfs lists: all states but that of sockets which are bound and neither listen nor connect, which the kernel tells of since
 * Linux 6.8, if asked.
 */
export const AS_PROCFS: number = ~BOUND_INACTIVE >>> 0;

/**
 * The bits by which the kernel is asked for states. It tells of a request for a connection as `SYN_RECV` and keeps it as `NEW_SYN_RECV`:
 * whoever asks for one of them is told both.
 */
export function stateMask(states: Iterable<TcpState>): number {
  let mask = 0;
  for (const name of states) {
    const code: number | undefined = TcpState[name as TcpStateName];
    if (typeof code === "number") mask |= 1 << code;
    else mask |= bitOfUnknown(name);
  }
  const requests = (1 << TcpState.SYN_RECV) | (1 << TcpState.NEW_SYN_RECV);
  return ((mask & requests) === 0 ? mask : mask | requests) >>> 0;
}

/** `UNKNOWN(14)` of a kernel to come. */
function bitOfUnknown(name: string): number {
  const code = Number(/^UNKNOWN\((\d+)\)$/.exec(name)?.[1] ?? 32);
  return code < 32 ? 1 << code : 0;
}
