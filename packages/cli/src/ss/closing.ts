import type { KernelError, NetlinkSocket } from "@procnet/kernel";
import type { Filter } from "procnet/query";
import { CommandFailure } from "../errors.ts";
import { ANY_CONDITION, hasAny } from "../source/any-condition.ts";
import type { KernelPackage } from "../source/kernel.ts";
import { REFUSED } from "./flags.ts";
import type { InetKind, InetRow } from "./inet-row.ts";

/*
 * `-K`: sockets of the internet are closed, and shown where the kernel closed them.
 */

/** Closes sockets one by one. */
export interface Closing {
  /** Whether the kernel has closed this one. */
  readonly closes: (kind: InetKind, row: InetRow) => boolean;
  /** Why some are not closed that the kernel has a way to close, as it said of the first. */
  readonly refusal: () => string | undefined;
}

const NOT_ALL = "-K without conditions closes all that is listed: say which, as in -K dst 192.0.2.1";

/** Words that would close more than they say. `filter`: the conditions behind the states, if any. */
export function refuseAny(filter: Filter | undefined, saysStates: boolean): void {
  if (filter === undefined && !saysStates) throw new CommandFailure(NOT_ALL, REFUSED);
  if (filter !== undefined && hasAny(filter)) throw new CommandFailure(`-K: ${ANY_CONDITION}`, REFUSED);
}

/** The kernel has no way to close such a socket, or the socket is gone; or it finds another by the ends of this one (ESTALE). */
const SKIPPED: ReadonlySet<string> = new Set(["EOPNOTSUPP", "ENOENT", "ESTALE"]);

/** Why the kernel does not close a socket. */
const HELP: Readonly<Record<string, string>> = {
  EPERM: ": that takes CAP_NET_ADMIN, which root has",
  EINVAL: ": it ends no listener of MPTCP",
};

export function closingBy(kernel: KernelPackage, socket: NetlinkSocket): Closing {
  let refusal: KernelError | undefined;
  return {
    closes: ({ service, family }, row) => {
      // Of what procfs told nothing says that it is still the same socket.
      if (refusal?.code === "EPERM" || !("cookie" in row) || row.cookie === undefined) return false;
      const name = service === "mptcp" ? "tcp" : service;
      const ipProtocol = "ipProtocol" in row ? row.ipProtocol : undefined;
      try {
        kernel.destroyInetSocket(socket, { ...row, protocol: family === 6 ? `${name}6` : name, ipProtocol });
        return true;
      } catch (error) {
        if (!(error instanceof kernel.KernelError)) throw error;
        // One may say no for itself, as a listener of MPTCP does by EINVAL (tcp_abort_override); a right is missing for all.
        if (!SKIPPED.has(error.code)) refusal ??= error;
        return false;
      }
    },
    refusal: () => refusal && `-K: ${refusal.message}${HELP[refusal.code] ?? ""}`,
  };
}
