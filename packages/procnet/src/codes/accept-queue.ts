/** With how many finished connections the accept queue of a listener is full: sk_acceptq_is_full (include/net/sock.h) asks for more than its backlog. */
export function fullAt(backlog: number): number {
  return backlog + 1;
}
