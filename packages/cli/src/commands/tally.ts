import type { OwnerlessReason, Socket } from "procnet";
import { hasHiddenOwner } from "procnet/view";

/** What is counted while sockets go by: none of them is kept. */
export class Tally {
  /** Sockets that were shown. */
  sockets = 0;
  /** Those that may have an owner who could not be seen. */
  hidden = 0;
  /** Those whose row may be forged, or is told of by a forged one. */
  suspect = 0;
  /** How many owners are hidden for each reason. */
  readonly reasons: Map<OwnerlessReason, number> = new Map();

  take(socket: Socket): void {
    this.sockets++;
    if (socket.suspect) this.suspect++;
    if (!hasHiddenOwner(socket)) return;
    this.hidden++;
    this.reasons.set(socket.ownerless!, (this.reasons.get(socket.ownerless!) ?? 0) + 1);
  }
}
