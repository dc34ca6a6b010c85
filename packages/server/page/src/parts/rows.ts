import { containerText, type DestinationRow, endpointText, type ListenerRow, type ProcessRow } from "procnet/view";

/*
 * Rows as columns expect them, of a server that leaves out what it does not tell; and what tells them apart.
 */

/** A process. */
export function wholeProcess(row: ProcessRow): ProcessRow {
  return { ...row, listens: row.listens ?? [], findings: row.findings ?? [], states: row.states ?? [] };
}

/** A socket that listens. */
export function wholeListener(row: ListenerRow): ListenerRow {
  return { ...row, findings: row.findings ?? [] };
}

/** Where connections lead. */
export function wholeDestination(row: DestinationRow): DestinationRow {
  return { ...row, holders: row.holders ?? [], findings: row.findings ?? [], states: row.states ?? [] };
}

export function processKey({ pid, startTime, program, container }: ProcessRow): string {
  return pid === undefined ? [program, containerText(container) ?? ""].join(" ") : [pid, startTime ?? ""].join(" ");
}

export function listenerKey({ protocol, localAddress, localPort, namespace, inode }: ListenerRow): string {
  return [protocol, endpointText(localAddress, localPort), namespace ?? "", inode].join(" ");
}

export function destinationKey({ protocol, remoteAddress, remotePort, namespace }: DestinationRow): string {
  return [protocol, endpointText(remoteAddress, remotePort), namespace ?? ""].join(" ");
}
