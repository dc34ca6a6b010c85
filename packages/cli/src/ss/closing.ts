import type { KernelError, NetlinkSocket } from "@procnet/kernel";
import type { KernelPackage } from "../source/kernel.ts";
import type { InetKind, InetRow } from "./inet-row.ts";

/*
 * `-K`: sockets of the internet are closed, and shown where the kernel closed them.
 */

/** Closes sockets one by one. */
export interface Closing {
  /** Whether the kernel has closed this one. */
  readonly closes: (kind: InetKind, row: InetRow) => boolean;
  /** Why no more is closed: none of the rest could be either. */
  readonly ended: () => KernelError | undefined;
}

/** The kernel has no way to close such a socket, or the socket is gone; or it finds another by the ends of this one (ESTALE). */
const SKIPPED: ReadonlySet<string> = new Set(["EOPNOTSUPP", "ENOENT", "ESTALE"]);

export function closingBy(kernel: KernelPackage, socket: NetlinkSocket): Closing {
  let ended: KernelError | undefined;
  return {
    closes: ({ service, family }, row) => {
      // Of what procfs told nothing says that it is still the same socket.
      if (ended !== undefined || !("cookie" in row) || row.cookie === undefined) return false;
      const name = service === "mptcp" ? "tcp" : service;
      const ipProtocol = "ipProtocol" in row ? row.ipProtocol : undefined;
      try {
        kernel.destroyInetSocket(socket, { ...row, protocol: family === 6 ? `${name}6` : name, ipProtocol });
        return true;
      } catch (error) {
        if (!(error instanceof kernel.KernelError)) throw error;
        if (!SKIPPED.has(error.code)) ended = error;
        return false;
      }
    },
    ended: () => ended,
  };
}
