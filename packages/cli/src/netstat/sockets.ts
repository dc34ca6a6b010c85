import { existsSync } from "node:fs";
import {
  each,
  type InetOptions,
  type InetSocketEntry,
  isFromLinux,
  type ProcfsIssue,
  type RowTable,
  read,
} from "procnet";
import { raw, raw6, tcp, tcp6, udp, udp6, udplite, udplite6, unix } from "procnet/tables";
import type { Names } from "../names/names.ts";
import type { Family, Flags, Protocol } from "./flags.ts";
import { type InetKind, type InetView, inetHeading, isServer, printInet } from "./inet.ts";
import type { Page } from "./page.ts";
import { grouped, type Source, sourceOf, unlessAbsent } from "./source.ts";
import { type LocalSocket, printUnix, unixHeading } from "./unix.ts";
import { Unreadable } from "./unreadable.ts";

/*
 * The lists of sockets: which tables are read, and in which order.
 */

interface Table extends InetKind {
  readonly table: RowTable<string, InetSocketEntry, InetSocketEntry, InetOptions>;
}

type Tables = readonly (readonly ["inet" | "inet6", Table | undefined])[];

function protocol(
  service: Exclude<Protocol, "sctp">,
  label: string,
  table: Table["table"],
  table6: Table["table"],
): readonly [Protocol, Tables] {
  return [
    service,
    [
      ["inet", { service, label, table }],
      ["inet6", { service, label: `${label}6`, table: table6 }],
    ],
  ];
}

/** In the order in which they are shown. SCTP has one place for both families, and is asked for with IPv4. */
const PROTOCOLS: readonly (readonly [Protocol, Tables])[] = [
  protocol("tcp", "tcp", tcp, tcp6),
  ["sctp", [["inet", undefined]]],
  protocol("udp", "udp", udp, udp6),
  protocol("udplite", "udpl", udplite, udplite6),
  protocol("raw", "raw", raw, raw6),
];

/** What a list of sockets needs to know besides the flags. */
export interface SocketsContext {
  readonly root: string | undefined;
  readonly names: Names;
  /** `PID/program` of an inode, when asked for. */
  readonly owner: ((inode: number) => string) | undefined;
  /** Says which rows of unix sockets may be forged, when owners were asked for. */
  readonly warnOfForged?: (sockets: readonly LocalSocket[], page: Page) => void;
}

/** Which lists of sockets were asked for. Without a word about it, netstat shows all it knows. */
export function wantedLists({ families, protocols, gone, on }: Flags): Lists {
  const bare = families.length === 0 && protocols.size === 0 && gone.length === 0 && !on.has("g");
  const internet = new Set<Family>(families.filter((family) => family !== "unix"));
  // A protocol alone means both families.
  if (internet.size === 0 && (bare || protocols.size > 0)) internet.add("inet").add("inet6");
  return { bare, internet, unix: bare || families.includes("unix") };
}

export interface Lists {
  /** Whether everything is shown because nothing was named. */
  readonly bare: boolean;
  readonly internet: ReadonlySet<Family>;
  readonly unix: boolean;
}

/** Prints the sockets of the internet; false when a protocol that was named is not there: netstat ends with it. */
export async function printInternet(flags: Flags, lists: Lists, context: SocketsContext, page: Page): Promise<boolean> {
  const { on, protocols } = flags;
  const view = {
    ...context,
    wide: on.has("W"),
    extended: flags.extended > 0,
    timers: on.has("o"),
    all: on.has("a"),
    listening: on.has("l"),
  };
  page.print(inetHeading(view));
  for (const [protocol, tables] of PROTOCOLS) {
    if (protocols.size > 0 && !protocols.has(protocol)) continue;
    let here = true;
    for (const [family, table] of tables) {
      if (!lists.internet.has(family) || !page.open) continue;
      const printed =
        table === undefined ? await sctp(view, context, page) : await printTable(table, view, context, page);
      // A kernel without IPv6 is nothing to talk about.
      if (family === "inet") here = printed;
    }
    if (here) continue;
    // SCTP has two tables for one protocol, and netstat speaks of both unless it ends with the first.
    const times = protocol === "sctp" && view.all && protocols.size === 0 ? 2 : 1;
    for (let time = 0; time < times; time++)
      reportMissing(`INET (${protocol})`, protocols.size > 0, flags, lists, page);
    if (protocols.size > 0) return false;
  }
  return true;
}

/** Its module is seldom loaded. */
async function sctp(view: InetView, { root }: SocketsContext, page: Page): Promise<boolean> {
  const source = sourceOf(root);
  if (!existsSync(`${source.place.directory}/sctp`)) return false;
  const { printSctp } = await import("./sctp.ts");
  await printSctp(view, source, page);
  return true;
}

/** What this kernel does not have is worth a word when it was named, or when everything is shown and every word wanted. */
function reportMissing(what: string, named: boolean, { on }: Flags, { bare }: Lists, page: Page): void {
  if (named || (bare && on.has("v"))) page.warn(`netstat: no support for \`AF ${what}' on this system.`);
}

async function printTable(
  kind: Table,
  view: Parameters<typeof printInet>[2],
  { root, names }: SocketsContext,
  page: Page,
): Promise<boolean> {
  const unreadable = new Unreadable();
  const { onIssue } = unreadable;
  const source = sourceOf(root);
  const onlyServers = view.listening && !view.all;
  const groups = grouped(each(kind.table, { of: source, onIssue, ...wanted(kind, source, onlyServers) }));
  if (groups === undefined) return false;
  for (const sockets of groups) {
    if (names.prepare !== undefined) {
      const shown = sockets.filter((socket) => view.all || isServer(kind, socket) === view.listening);
      await names.prepare(shown.flatMap(({ localAddress, remoteAddress }) => [localAddress, remoteAddress]));
    }
    if (!printInet(kind, sockets, view, page)) break;
  }
  unreadable.report(kind.table.name, page);
  return true;
}

/** Where the kernel of this machine lists those that listen before all others, behind them is nothing to see. */
function wanted(
  { service, table }: Table,
  { root, place }: Source,
  onlyServers: boolean,
): { where?: { state: "LISTEN" } } {
  const isHeadEnough = onlyServers && service === "tcp" && root === undefined && isFromLinux(table, { of: { place } });
  return isHeadEnough ? { where: { state: "LISTEN" } } : {};
}

/** Prints the unix sockets; false when they were named and are not there. */
export function printUnixSockets(flags: Flags, lists: Lists, context: SocketsContext, page: Page): boolean {
  const { on } = flags;
  const { root, owner } = context;
  const view = { owner, all: on.has("a"), listening: on.has("l") };
  page.print(unixHeading(view));
  const unreadable = new Unreadable();
  const onIssue = (issue: ProcfsIssue): void => {
    if (issue.code === "ERR_PARSE") unreadable.onIssue(issue);
  };
  const sockets = unlessAbsent(() => read(unix, { of: sourceOf(root), onIssue }));
  if (sockets === undefined) {
    const named = lists.internet.size === 0 || flags.protocols.size > 0;
    reportMissing("UNIX", named, flags, lists, page);
    return !named;
  }
  printUnix(sockets, view, page);
  unreadable.report("unix", page);
  context.warnOfForged?.(sockets, page);
  return true;
}
