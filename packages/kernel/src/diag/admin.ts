import { KernelError } from "../netlink/errors.ts";
import type { NetlinkSocket } from "../netlink/socket.ts";
import { bytecodeOf } from "./bytecode.ts";
import { inetSockets } from "./inet.ts";

/**
 * Whether the kernel takes whoever asks over this socket for one with CAP_NET_ADMIN: it refuses others a filter by mark, inet_diag_bc_audit
 * of net/ipv4/inet_diag.c. Sockets in no state are asked for, so that it looks at none.
 */
export function isTakenForAdmin(socket: NetlinkSocket): boolean {
  const bytecode = bytecodeOf({ kind: "mark", mark: 0, mask: 0 });
  try {
    socket.ask(inetSockets({ protocol: "tcp", states: 0, bytecode, info: false }).question, () => {});
    return true;
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    return error.code !== "EPERM";
  }
}
