import { isProcfsError } from "../../errors.ts";
import { sockstat, sockstat6 } from "../../files/counters/sockstat.ts";
import { protocols } from "../../files/sockets/protocols.ts";
import { kernelRelease } from "../../host/kernel-release.ts";
import type { ProcContext } from "../../read/context.ts";
import type { Place } from "../../read/place.ts";
import { isFromLinux, read } from "../../read/read.ts";

/*
 * Whether the table tcp6 is worth reading. Where nothing is in it, the kernel finds that out by going through all connections
 * of IPv4, twice: 25 ms with 100,000 of them. Its counters say so at once. They are believed where Linux itself prints them: the
 * files of a captured tree need not be of one moment, and others that print them may count otherwise.
 */

/** Whether there is no TCP socket of IPv6, and so no listener. */
export function isWithoutTcp6(place: Place, context: ProcContext): boolean {
  return isNone(() => countOf(place)) && isWithoutMptcp6(place, context);
}

function countOf(place: Place): number | undefined {
  return isFromLinux(sockstat6, { of: { place } }) ? read(sockstat6, { of: { place } }).TCP6.inuse : undefined;
}

/**
 * Whether MPTCP has no socket of IPv6. Its TCP sockets are rows of the table, but from 5.13 to 6.18 not in TCP's count: their
 * `tcpv6_prot_override` (net/mptcp/subflow.c) is copied before `tcpv6_prot` has got a place among the counters. Servers
 * written in Go listen so. MPTCP's own count does not tell of listeners in kernels before those of `COUNTS_MPTCP`.
 */
function isWithoutMptcp6(place: Place, context: ProcContext): boolean {
  try {
    const mptcp = read(protocols, { of: { place } }).find(({ protocol }) => protocol === "MPTCPv6");
    return mptcp === undefined || (mptcp.sockets === 0 && isSince(COUNTS_MPTCP, kernelRelease(context)));
  } catch (error) {
    if (isProcfsError(error)) return false;
    throw error;
  }
}

/** The oldest kernel with long support that surely counts them. */
const COUNTS_MPTCP = [6, 6] as const;

function isSince([major, minor]: readonly [number, number], release: string): boolean {
  const [, first, second] = /^([0-9]+)\.([0-9]+)/.exec(release) ?? [];
  return Number(first) > major || (Number(first) === major && Number(second) >= minor);
}

/** Whether the table has no row: connections in time-wait, which are no sockets any more, are counted for both families. */
export function isTcp6Empty(place: Place, context: ProcContext): boolean {
  return isWithoutTcp6(place, context) && isNone(() => read(sockstat, { of: { place } }).TCP.tw);
}

function isNone(count: () => number | undefined): boolean {
  try {
    return count() === 0;
  } catch (error) {
    if (isProcfsError(error)) return false; // not told: the table knows
    throw error;
  }
}
