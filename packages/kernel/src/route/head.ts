import { BrokenMessage } from "../netlink/message.ts";

/**
 * Where the attributes behind the head of a message begin.
 *
 * @throws BrokenMessage where it has no room for its head
 */
export function attributesBehind(what: string, from: number, to: number, head: number): number {
  if (to - from < head) throw new BrokenMessage(`rtnetlink: ${what} of ${to - from} bytes, and not ${head}`);
  return from + head;
}
