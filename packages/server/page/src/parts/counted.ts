import { countText } from "procnet/view";

/** `1 socket`, `2,000 sockets`. */
export function countedSockets(count: number): string {
  return `${countText(count)} ${count === 1 ? "socket" : "sockets"}`;
}
