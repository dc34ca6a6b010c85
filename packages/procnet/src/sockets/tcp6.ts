import { isProcfsError } from "../errors.ts";
import type { ProcContext } from "../proc/context.ts";
import type { Net } from "../proc/net.ts";
import { isLive } from "../proc/visibility.ts";

/*
 * Whether the table tcp6 is worth reading. Where nothing is in it, the kernel finds that out by going through all connections
 * of IPv4, twice: 25 ms with 100,000 of them. Its counters say so at once. Not asked for in a captured tree, whose files need
 * not be of one moment.
 */

/** Whether there is no TCP socket of IPv6, and so no listener. */
export function isWithoutTcp6(net: Net, context: ProcContext): boolean {
  return isLive(context) && isNone(() => net.sockstat6().TCP6.inuse);
}

/** Whether the table has no row: connections in time-wait, which are no sockets any more, are counted for both families. */
export function isTcp6Empty(net: Net, context: ProcContext): boolean {
  return isWithoutTcp6(net, context) && isNone(() => net.sockstat().TCP.tw);
}

function isNone(count: () => number | undefined): boolean {
  try {
    return count() === 0;
  } catch (error) {
    if (isProcfsError(error)) return false; // not told: the table knows
    throw error;
  }
}
