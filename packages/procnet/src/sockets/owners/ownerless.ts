import { TcpTimer } from "../../codes/tcp-state.ts";
import { hidesProcesses, isNested } from "../../host/visibility.ts";
import type { ProcContext } from "../../read/context.ts";
import type { OwnerlessReason, Socket } from "../types.ts";
import type { Unseen } from "./found.ts";

/** What is known of how much of the host can be seen. */
export interface Visibility {
  readonly hidden: boolean;
  readonly nested: boolean;
}

export function visibilityOf(context: ProcContext): Visibility {
  return { hidden: hidesProcesses(context), nested: isNested(context) };
}

/** Whether a socket has no owner by what its own row says: nobody need look for one. */
export function isOwnerless(socket: Socket): boolean {
  // Sockets of netlink that the kernel itself opened have the port 0.
  return !socket.inode || (socket.protocol === "netlink" && socket.portId === 0);
}

/** Why no owner of a socket was found: the most certain reason first. */
export function ownerlessReason(socket: Socket, unseen: Unseen, visibility: Visibility): OwnerlessReason {
  if (isTimeWait(socket)) return "time-wait";
  if (isOwnerless(socket)) return "kernel";
  if (unseen.overBudget) return "budget";
  if (unseen.denied) return "no-permission";
  if (visibility.hidden) return "hidepid";
  if (visibility.nested) return "other-namespace";
  return unseen.exited ? "exited" : "kernel";
}

/** TIME_WAIT, and FIN_WAIT2 once the kernel keeps only the small time-wait structure for it (`tr` 3). */
function isTimeWait(socket: Socket): boolean {
  if (socket.protocol !== "tcp" && socket.protocol !== "tcp6") return false;
  return socket.state === "TIME_WAIT" || (socket.inode === 0 && socket.timer === TcpTimer.TIME_WAIT);
}
