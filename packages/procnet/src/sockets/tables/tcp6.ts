import { latin1 } from "../../bytes/strings.ts";
import { isProcfsError } from "../../errors.ts";
import { kernelRelease } from "../../host/kernel-release.ts";
import type { ProcContext } from "../../read/context.ts";
import type { Place } from "../../read/place.ts";
import { readProven } from "../../read/proven-file.ts";

/*
 * Whether the table tcp6 is worth reading. Where nothing is in it, the kernel finds that out by going through all connections
 * of IPv4, twice: 25 ms with 100,000 of them. Its counters say so at once. They are believed where Linux itself prints them: the
 * files of a captured tree need not be of one moment, and others that print them may count otherwise.
 *
 * One number is wanted of each file, once for every namespace: it is looked for in the text, which no table takes apart.
 */

/** Whether there is no TCP socket of IPv6, and so no listener. */
export function isWithoutTcp6(place: Place): boolean {
  return isNone(place, "sockstat6", /^TCP6: inuse (\d+)$/m) && isWithoutMptcp6(place);
}

/**
 * Whether MPTCP has no socket of IPv6. Its TCP sockets are rows of the table, but from 5.13 to 6.18 not in TCP's count: their
 * `tcpv6_prot_override` (net/mptcp/subflow.c) is copied before `tcpv6_prot` has got a place among the counters. Servers
 * written in Go listen so. MPTCP's own count does not tell of listeners in kernels before those of `COUNTS_MPTCP`.
 */
function isWithoutMptcp6(place: Place): boolean {
  const text = textOf(place, "protocols");
  if (text === undefined) return false;
  // Name, size of a socket, number of sockets.
  const sockets = /^MPTCPv6 +\d+ +(-?\d+) /m.exec(text)?.[1];
  return sockets === undefined ? !text.includes("\nMPTCPv6") : sockets === "0" && countsMptcp(place.context);
}

/** What was asked of kernels before. */
const counting = /* @__PURE__ */ new WeakMap<ProcContext, boolean>();

function countsMptcp(context: ProcContext): boolean {
  const known = counting.get(context) ?? isSince(COUNTS_MPTCP, kernelRelease(context));
  counting.set(context, known);
  return known;
}

/** The oldest kernel with long support that surely counts them. */
const COUNTS_MPTCP = [6, 6] as const;

function isSince([major, minor]: readonly [number, number], release: string): boolean {
  const [, first, second] = /^([0-9]+)\.([0-9]+)/.exec(release) ?? [];
  return Number(first) > major || (Number(first) === major && Number(second) >= minor);
}

/**
 * Whether the table has no row: connections in time-wait, which are no sockets any more, are counted for both families.
 *
 * For the package `@procnet/kernel`: it may change with any release.
 *
 * @example
 * ```ts
 * import { baseProcFs, isTcp6Empty } from "procnet";
 * const { place } = baseProcFs();
 * console.log(isTcp6Empty(place));
 * ```
 */
export function isTcp6Empty(place: Place): boolean {
  return isWithoutTcp6(place) && isNone(place, "sockstat", /^TCP: inuse .* tw (\d+)/m);
}

/** Whether a counter is 0. Where it is not told, the table knows. */
function isNone(place: Place, file: string, counter: RegExp): boolean {
  return counter.exec(textOf(place, file) ?? "")?.[1] === "0";
}

function textOf({ directory, context }: Place, file: string): string | undefined {
  try {
    const bytes = readProven(`${directory}/${file}`, context);
    return bytes && latin1(bytes, 0, bytes.length);
  } catch (error) {
    if (isProcfsError(error)) return undefined;
    throw error;
  }
}
