import { existsSync } from "node:fs";
import {
  parseRaw,
  parseRaw6,
  parseTcp,
  parseTcp6,
  parseUdp,
  parseUdp6,
  parseUdplite,
  parseUdplite6,
  parseUnix,
} from "procnet/parse";
import type { Names } from "../names/names.ts";
import { netDirectory, readFile, readPieces } from "./files.ts";
import type { Family, Flags, Protocol } from "./flags.ts";
import { type InetKind, type InetSocket, type InetView, inetHeading, isServer, printInet } from "./inet.ts";
import type { Page } from "./page.ts";
import { type LocalSocket, printUnix, unixHeading } from "./unix.ts";
import { Unreadable } from "./unreadable.ts";

/*
 * The lists of sockets: which tables are read, and in which order.
 */

interface Table extends InetKind {
  readonly file: string;
  readonly parse: (bytes: Uint8Array, options: { onIssue: () => void }) => readonly InetSocket[];
}

type Tables = readonly (readonly ["inet" | "inet6", Table | undefined])[];

function protocol(
  service: Exclude<Protocol, "sctp">,
  label: string,
  parse: Table["parse"],
  parse6: Table["parse"],
): readonly [Protocol, Tables] {
  return [
    service,
    [
      ["inet", { service, file: service, label, parse }],
      ["inet6", { service, file: `${service}6`, label: `${label}6`, parse: parse6 }],
    ],
  ];
}

/** In the order in which they are shown. SCTP has one place for both families, and is asked for with IPv4. */
const PROTOCOLS: readonly (readonly [Protocol, Tables])[] = [
  protocol("tcp", "tcp", parseTcp, parseTcp6),
  ["sctp", [["inet", undefined]]],
  protocol("udp", "udp", parseUdp, parseUdp6),
  protocol("udplite", "udpl", parseUdplite, parseUdplite6),
  protocol("raw", "raw", parseRaw, parseRaw6),
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
  const directory = netDirectory(root);
  if (!existsSync(`${directory}/sctp`)) return false;
  const { printSctp } = await import("./sctp.ts");
  await printSctp(view, directory, page);
  return true;
}

/** What this kernel does not have is worth a word when it was named, or when everything is shown and every word wanted. */
function reportMissing(what: string, named: boolean, { on }: Flags, { bare }: Lists, page: Page): void {
  if (named || (bare && on.has("v"))) page.warn(`netstat: no support for \`AF ${what}' on this system.`);
}

/** Tables of sockets that can listen. */
const LISTENING = ["tcp", "tcp6"] as const;

async function printTable(
  table: Table,
  view: Parameters<typeof printInet>[2],
  { root, names }: SocketsContext,
  page: Page,
): Promise<boolean> {
  const unreadable = new Unreadable();
  const { onIssue } = unreadable;
  // Where the kernel of this machine lists those that listen before all others, behind them is nothing to see.
  const onlyHead = root === undefined && view.listening && !view.all;
  const listenersOf = onlyHead ? LISTENING.find((file) => file === table.file) : undefined;
  const options = { heading: "sl", onLongLine: onIssue, ...(listenersOf && { listenersOf }) };
  const pieces = readPieces(`${netDirectory(root)}/${table.file}`, options);
  if (pieces === undefined) return false;
  for (const piece of pieces) {
    const sockets = table.parse(piece, { onIssue });
    if (names.prepare !== undefined) {
      const shown = sockets.filter((socket) => view.all || isServer(table, socket) === view.listening);
      await names.prepare(shown.flatMap(({ localAddress, remoteAddress }) => [localAddress, remoteAddress]));
    }
    if (!printInet(table, sockets, view, page)) break;
  }
  unreadable.report(table.file, page);
  return true;
}

/** Prints the unix sockets; false when they were named and are not there. */
export function printUnixSockets(flags: Flags, lists: Lists, context: SocketsContext, page: Page): boolean {
  const { on } = flags;
  const { root, owner } = context;
  const view = { owner, all: on.has("a"), listening: on.has("l") };
  page.print(unixHeading(view));
  const bytes = readFile(`${netDirectory(root)}/unix`);
  if (bytes === undefined) {
    const named = lists.internet.size === 0 || flags.protocols.size > 0;
    reportMissing("UNIX", named, flags, lists, page);
    return !named;
  }
  const unreadable = new Unreadable();
  const onIssue = ({ code }: { code: string }): void => {
    if (code === "ERR_PARSE") unreadable.onIssue();
  };
  const sockets = parseUnix(bytes, { onIssue });
  printUnix(sockets, view, page);
  unreadable.report("unix", page);
  context.warnOfForged?.(sockets, page);
  return true;
}
