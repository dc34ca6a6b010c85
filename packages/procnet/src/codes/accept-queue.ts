/**
 * With how many finished connections the accept queue of a listener is full: sk_acceptq_is_full (include/net/sock.h), as unix_recvq_full
 * (net/unix/af_unix.c) of a unix socket, asks for more than its backlog.
 *
 * @example
 * ```ts
 * import { fullAt } from "procnet/view";
 * console.log(fullAt(128)); // 129
 * ```
 */
export function fullAt(backlog: number): number {
  return backlog + 1;
}
