import { each, isFromLinux, type ProcfsIssue, read } from "procnet";
import type { TcpState } from "procnet/parse";
import { netlink, packet, raw, raw6, tcp, tcp6, udp, udp6, unix } from "procnet/tables";
import { mapped } from "../names/addresses.ts";
import type { Page } from "../netstat/page.ts";
import { grouped, type Source, unlessAbsent } from "../netstat/source.ts";
import { Unreadable } from "../netstat/unreadable.ts";
import { type IsV6Only, printInet } from "./inet.ts";
import type { InetKind, InetRow } from "./inet-row.ts";
import { nameOf } from "./program-name.ts";
import type { Selection, Table } from "./selection.ts";
import { CLOSE, LISTENING } from "./selection.ts";
import { printUnix } from "./unix.ts";
import type { View } from "./view.ts";

/*
 * The lists of sockets, in ss's order: which tables of procfs are read.
 */

/** Where sockets come from and where they are printed. */
export interface Lists {
  readonly of: Source;
  readonly view: View;
  readonly page: Page;
}

/** Tables that procfs has no file for, or none that tells what ss shows. */
const NO_FILE: readonly (readonly [table: Table, name: string])[] = [
  ["dccp", "dccp"],
  ["sctp", "sctp"],
  ["vsock_stream", "vsock"],
  ["tipc", "tipc"],
  ["xdp", "xdp"],
  ["mptcp", "mptcp"],
];

/** Prints all that were asked for. */
export async function printLists(lists: Lists): Promise<void> {
  const { tables, families, states, named } = lists.view.selection;
  const has = (...names: Table[]): boolean => names.some((name) => tables.has(name));
  const isClosed = (states & CLOSE) !== 0;
  if (has("netlink") && families.has("netlink") && isClosed) await printNetlinks(lists);
  if (has("packet_raw", "packet_dgram") && families.has("link") && isClosed) await printPackets(lists);
  if (has("unix_stream", "unix_dgram", "unix_seqpacket") && families.has("unix")) printUnixes(lists);
  for (const service of ["raw", "udp", "tcp"] as const) if (has(service)) await printService(service, lists);
  for (const [table, name] of NO_FILE) if (has(table) && named.has(table)) lists.view.notes.lacksTable(name);
}

const TABLES = {
  raw: [raw, raw6],
  udp: [udp, udp6],
  tcp: [tcp, tcp6],
} as const;

async function printService(service: InetKind["service"], lists: Lists): Promise<void> {
  const { selection } = lists.view;
  const [four, six] = TABLES[service];
  const isV6Only = v6Only(service, lists.of);
  if (selection.hasInet("inet")) await printTable({ service, family: 4 }, four, isV6Only, lists);
  if (selection.hasInet("inet6")) await printTable({ service, family: 6 }, six, isV6Only, lists);
}

async function printTable(
  kind: InetKind,
  table: (typeof TABLES)[InetKind["service"]][number],
  isV6Only: IsV6Only,
  { of, view, page }: Lists,
): Promise<void> {
  const unreadable = new Unreadable("ss");
  const { onIssue } = unreadable;
  const where = { state: statesIn(kind, table, view.selection, of) };
  const rows: Iterable<readonly InetRow[]> | undefined = grouped<InetRow>(each(table, { of, onIssue, where }));
  if (rows === undefined) return;
  const { prepare } = view.names;
  for (const group of rows) {
    if (prepare !== undefined) {
      await prepare(group.flatMap(({ localAddress, remoteAddress }) => [localAddress, remoteAddress]));
    }
    for (const row of group) printInet(kind, row, isV6Only, view);
    if (!page.open) return;
  }
  unreadable.report(table.name, page);
}

/** Where the kernel of this machine lists those that listen before all others, nothing is read behind them: no TCP socket that is closed is listed. */
function statesIn(
  { service }: InetKind,
  table: (typeof TABLES)[InetKind["service"]][number],
  selection: Selection,
  of: Source,
): TcpState[] {
  const isHeadEnough =
    service === "tcp" && selection.states === LISTENING && of.root === undefined && isFromLinux(table, { of });
  return isHeadEnough ? ["LISTEN"] : selection.stateNames();
}

/**
 * Whether a socket of IPv6 leaves IPv4 alone, which procfs does not tell. One that is bound to an address does: __inet6_bind. One that is
 * bound to all of them has to where another one has the same port of IPv4, unless both share it by SO_REUSEPORT.
 */
function v6Only(service: InetKind["service"], of: Source): IsV6Only {
  let ports: ReadonlySet<number> | undefined;
  return ({ localAddress, localPort }) => {
    if (service === "raw") return false;
    if (localAddress !== "::") return mapped(localAddress) === undefined;
    ports ??= portsOfFour(service, of);
    return ports.has(localPort);
  };
}

function portsOfFour(service: "tcp" | "udp", of: Source): Set<number> {
  const where = { state: service === "tcp" ? "LISTEN" : "CLOSE" } as const;
  const rows = unlessAbsent(() => read(TABLES[service][0], { of, where, onIssue: () => {} })) ?? [];
  return new Set(rows.map(({ localPort }) => localPort));
}

function printUnixes({ of, view, page }: Lists): void {
  const unreadable = new Unreadable("ss");
  const onIssue = (issue: ProcfsIssue): void => {
    if (issue.code === "ERR_PARSE") unreadable.onIssue(issue);
  };
  const rows = unlessAbsent(() => read(unix, { of, onIssue })) ?? [];
  for (const row of rows) printUnix(row, view);
  unreadable.report("unix", page);
}

async function printPackets({ of, view, page }: Lists): Promise<void> {
  const unreadable = new Unreadable("ss");
  const rows = unlessAbsent(() => read(packet, { of, onIssue: unreadable.onIssue })) ?? [];
  if (rows.length > 0) {
    const { printPacket } = await import("./packet.ts");
    for (const { protocol: etherType, ...row } of rows) printPacket({ etherType, ...row }, view);
  }
  unreadable.report("packet", page);
}

async function printNetlinks({ of, view, page }: Lists): Promise<void> {
  const unreadable = new Unreadable("ss");
  const rows = unlessAbsent(() => read(netlink, { of, onIssue: unreadable.onIssue })) ?? [];
  const { printNetlink } = await import("./netlink.ts");
  const programOf = (pid: number): string | undefined => nameOf(`${of.place.context.root}/${pid}`);
  for (const { protocol: netlinkProtocol, ...row } of rows) printNetlink({ netlinkProtocol, ...row }, programOf, view);
  unreadable.report("netlink", page);
}
