import { type OnIssue, read } from "procnet";
import { sctpAssocs, sctpEps } from "procnet/tables";
import { left, right } from "../text/printf.ts";
import { codeOf, hostOf, type InetView, tailOf } from "./inet.ts";
import type { Page } from "./page.ts";
import { type Source, unlessAbsent } from "./source.ts";
import { Unreadable } from "./unreadable.ts";

/*
 * Endpoints and associations of SCTP. One may have many addresses: the first of each side stand in the first line, with
 * queues and state, the others below; user and program close the last line. Addresses are never cut, ports never named.
 */

/** What endpoints and associations have in common. */
interface Entry {
  readonly uid: number;
  readonly inode: number;
  readonly socketState: string;
}

const WIDTH = 23;

/** Prints endpoints where servers are asked for, and associations where connections are. Both tables hold IPv6 as well. */
export async function printSctp(view: InetView, source: Source, page: Page): Promise<void> {
  if (view.all || view.listening) await printEndpoints(view, source, page);
  if (page.open && (view.all || !view.listening)) await printAssociations(view, source, page);
}

async function printEndpoints(view: InetView, source: Source, page: Page): Promise<void> {
  for (const endpoint of entries("eps", (onIssue) => read(sctpEps, { of: source, onIssue }), page)) {
    const { localAddresses, localPort } = endpoint;
    await view.names.prepare?.(localAddresses);
    const columns = localAddresses.map((address) => left(`${hostOf(address, view.names)}:${localPort}`, 2 * WIDTH + 1));
    page.print(linesOf(endpoint, columns, right("", 13), view));
    if (!page.open) return;
  }
}

async function printAssociations(view: InetView, source: Source, page: Page): Promise<void> {
  for (const association of entries("assocs", (onIssue) => read(sctpAssocs, { of: source, onIssue }), page)) {
    const { localAddresses, localPort, remoteAddresses, remotePort, rxQueue, txQueue } = association;
    await view.names.prepare?.([...localAddresses, ...remoteAddresses]);
    const side = (addresses: readonly string[], port: number): string[] =>
      addresses.map((address, index) => `${hostOf(address, view.names)}${index === 0 ? `:${port}` : ""}`);
    const queues = `${right(rxQueue, 6)} ${right(txQueue, 6)}`;
    const local = side(localAddresses, localPort);
    const remote = side(remoteAddresses, remotePort);
    const longer = local.length > remote.length ? local : remote;
    const columns = longer.map((_, at) => `${left(local[at] ?? "", WIDTH)} ${left(remote[at] ?? "", WIDTH)}`);
    page.print(linesOf(association, columns, queues, view));
    if (!page.open) return;
  }
}

function entries<Row>(file: string, rowsOf: (onIssue: OnIssue) => readonly Row[], page: Page): readonly Row[] {
  const unreadable = new Unreadable();
  const rows = unlessAbsent(() => rowsOf(unreadable.onIssue)) ?? [];
  unreadable.report(`sctp ${file}`, page);
  return rows;
}

/** The lines of one entry from its columns of addresses. Only the last ends with what is known of its owner. */
function linesOf(entry: Entry, addresses: readonly string[], queues: string, view: InetView): string {
  const lines = addresses.map((columns, at) => {
    const start = at === 0 ? `sctp  ${queues}` : right("", 19);
    const state = at === 0 ? stateOf(entry.socketState) : "";
    return `${start} ${columns} ${state.padEnd(11)}`;
  });
  return `${lines.join("\n")}${tailOf(entry, view)}${view.timers ? " " : ""}\n`;
}

/** The socket's state, by the names that TCP has for them; 0 says nothing. */
function stateOf(state: string): string {
  const code = codeOf(state);
  if (code === 0) return "";
  return code > 11 ? `UNKNOWN(${code})` : state;
}
