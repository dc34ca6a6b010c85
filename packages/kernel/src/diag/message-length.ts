import { BrokenMessage } from "../netlink/message.ts";
import { INET_DIAG_MSG } from "./constants.ts";

/**
 * Where the attributes behind the head of a message begin.
 *
 * @throws BrokenMessage where it has no room for its head
 */
export function messageOf(from: number, to: number, head: number = INET_DIAG_MSG): number {
  if (to - from < head) throw new BrokenMessage(`sock_diag: a socket of ${to - from} bytes, and not ${head}`);
  return from + head;
}
