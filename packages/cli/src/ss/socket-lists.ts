import { mapped } from "../names/addresses.ts";
import type { Page } from "../netstat/page.ts";
import type { Source } from "../netstat/source.ts";
import { type IsV6Only, printInet } from "./inet.ts";
import type { InetKind } from "./inet-row.ts";
import { portsOfFour } from "./procfs-rows.ts";
import { nameOf } from "./program-name.ts";
import { CLOSE, type Table } from "./selection.ts";
import type { SocketRows } from "./sources.ts";
import { printUnix } from "./unix.ts";
import type { View } from "./view.ts";

/*
 * The lists of sockets, in ss's order.
 */

/** Where sockets come from and where they are printed. */
export interface Lists {
  readonly of: Source;
  readonly rows: SocketRows;
  readonly view: View;
  readonly page: Page;
}

/** Tables that procfs has no file for, or none that tells what ss shows. */
const NO_FILE: readonly (readonly [table: Table, name: string])[] = [
  ["dccp", "dccp"],
  ["sctp", "sctp"],
  ["tipc", "tipc"],
  ["xdp", "xdp"],
  ["mptcp", "mptcp"],
];

/** Prints all that were asked for. */
export async function printLists(lists: Lists): Promise<void> {
  const { view, rows, page } = lists;
  const { tables, families, states, named } = view.selection;
  const has = (...names: Table[]): boolean => names.some((name) => tables.has(name));
  const isClosed = (states & CLOSE) !== 0;
  if (has("netlink") && families.has("netlink") && isClosed) await printNetlinks(lists);
  if (has("packet_raw", "packet_dgram") && families.has("link") && isClosed) {
    const { printPacket } = await import("./packet.ts");
    for (const row of rows.packet()) printPacket(row, view);
  }
  if (has("unix_stream", "unix_dgram", "unix_seqpacket") && families.has("unix")) {
    for (const row of rows.unix(states)) {
      printUnix(row, view);
      if (!page.open) return;
    }
  }
  for (const service of ["raw", "udp", "tcp"] as const) if (has(service)) await printService(service, lists);
  if (has("mptcp") && rows.hasMptcp) await printService("mptcp", lists);
  if (has("vsock_stream", "vsock_dgram") && families.has("vsock")) await printVsocks(lists);
  for (const [table, name] of NO_FILE) {
    if (has(table) && named.has(table) && !(table === "mptcp" && rows.hasMptcp)) view.notes.lacksTable(name);
  }
}

async function printVsocks({ rows, view }: Lists): Promise<void> {
  const found = rows.vsock(view.selection.states);
  const { named } = view.selection;
  if (found === undefined) {
    if (named.has("vsock_stream") || named.has("vsock_dgram")) view.notes.lacksTable("vsock");
    return;
  }
  const { printVsock } = await import("./vsock.ts");
  for (const row of found) printVsock(row, view);
}

async function printService(service: InetKind["service"], lists: Lists): Promise<void> {
  const { selection } = lists.view;
  const isV6Only = v6Only(service, lists.of);
  if (selection.hasInet("inet")) await printKind({ service, family: 4 }, isV6Only, lists);
  if (selection.hasInet("inet6")) await printKind({ service, family: 6 }, isV6Only, lists);
}

async function printKind(kind: InetKind, isV6Only: IsV6Only, { rows, view, page }: Lists): Promise<void> {
  const { prepare } = view.names;
  for (const group of rows.inet(kind, view.selection.states)) {
    if (prepare !== undefined) {
      await prepare(group.flatMap(({ localAddress, remoteAddress }) => [localAddress, remoteAddress]));
    }
    for (const row of group) printInet(kind, row, isV6Only, view);
    if (!page.open) return;
  }
}

/**
 * Whether a socket of IPv6 leaves IPv4 alone, which procfs does not tell. One that is bound to an address does: __inet6_bind. One that is
 * bound to all of them has to where another one has the same port of IPv4, unless both share it by SO_REUSEPORT.
 */
function v6Only(service: InetKind["service"], of: Source): IsV6Only {
  let ports: ReadonlySet<number> | undefined;
  return ({ localAddress, localPort }) => {
    if (service !== "tcp" && service !== "udp") return false;
    if (localAddress !== "::") return mapped(localAddress) === undefined;
    ports ??= portsOfFour(service, of);
    return ports.has(localPort);
  };
}

async function printNetlinks({ of, rows, view }: Lists): Promise<void> {
  const { printNetlink } = await import("./netlink.ts");
  const programOf = (pid: number): string | undefined => nameOf(`${of.place.context.root}/${pid}`);
  for (const row of rows.netlink()) printNetlink(row, programOf, view);
}
