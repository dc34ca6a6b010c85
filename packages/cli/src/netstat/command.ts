import { existsSync } from "node:fs";
import { CommandFailure, UsageError } from "../errors.ts";
import { EXIT, type Io } from "../io.ts";
import { type Names, NUMERIC } from "../names/names.ts";
import { type Flags, parseFlags } from "./flags.ts";
import { Page } from "./page.ts";
import type { SocketsContext } from "./sockets.ts";
import { sourceOf } from "./source.ts";
import { failureOf, nothingToRead } from "./trouble.ts";

/** What net-tools' netstat gives when something asked for by name is not there. */
const MISSING = 1;

/** Families without sockets here, in the order in which netstat looks for them. */
const GONE = ["IPX", "AX25", "X25", "NETROM", "ROSE", "BLUETOOTH"];

/** Runs `netstat` with its own flags and gives its exit code. What a table needs is loaded when it is asked for. */
export async function netstat(args: string[], io: Io): Promise<number> {
  const parsed = parseFlags(args);
  if ("wrong" in parsed) return wrong(parsed.wrong, io);
  if ("show" in parsed) {
    const { help, version } = await import("./help.ts");
    io.out(parsed.show === "help" ? help() : version());
    return EXIT.ok;
  }
  const { root } = parsed;
  try {
    if (root !== undefined && !existsSync(root)) return await wrong(`--root: there is no ${root}/1/net`, io);
    if (!existsSync(sourceOf(root ?? io.root).shown)) return await fail(nothingToRead(), io);
    // Counters are shown once, as there.
    return await (parsed.on.has("c") && !parsed.on.has("s") ? repeat(parsed, io) : once(parsed, io));
  } catch (error) {
    if (error instanceof UsageError) return wrong(error.message, io);
    if (error instanceof CommandFailure) return fail(error.message, io);
    const failure = failureOf(error, io);
    return failure === undefined ? EXIT.ok : fail(failure, io);
  }
}

async function wrong(what: string, io: Io): Promise<number> {
  await complain(`${what}; procnet netstat --help lists the options`, io);
  return EXIT.usage;
}

async function fail(what: string, io: Io): Promise<number> {
  await complain(what, io);
  return EXIT.failure;
}

async function complain(what: string, io: Io): Promise<void> {
  const { visible } = await import("../text/safe.ts");
  io.err(`netstat: ${what.split("\n").map(visible).join("\n")}\n`);
}

async function once(flags: Flags, io: Io): Promise<number> {
  const page = new Page(io);
  const names = await namesFor(flags, io);
  try {
    return await print(flags, names, io, page);
  } finally {
    page.flush();
  }
}

/** Once a second until somebody ends it, or nobody reads any more. */
async function repeat(flags: Flags, io: Io): Promise<number> {
  const { setTimeout: sleep } = await import("node:timers/promises");
  const names = await namesFor(flags, io);
  let code = 0;
  while (!io.signal.aborted) {
    const page = new Page(io);
    code = await print(flags, names, io, page);
    page.flush();
    if (!page.open || code !== 0) break;
    await sleep(1000, undefined, { signal: io.signal }).catch(() => {});
  }
  return code;
}

async function namesFor(flags: Flags, io: Io): Promise<Names> {
  const { numericHosts, numericPorts, numericUsers } = flags;
  if (numericHosts && numericPorts && numericUsers) return NUMERIC;
  const { knownNames } = await import("../names/known-names.ts");
  return knownNames(flags, io.signal);
}

async function print(flags: Flags, names: Names, io: Io, page: Page): Promise<number> {
  const { on } = flags;
  const root = flags.root ?? io.root;
  if (on.has("Z")) {
    page.warn("netstat: SELinux contexts are not shown by procnet");
    return MISSING;
  }
  if (on.has("r")) return (await import("./routes.ts")).printRoutes(flags, names, root, page);
  if (on.has("i")) return (await import("./interfaces.ts")).printInterfaces(flags, root, page);
  if (on.has("s")) return (await import("./statistics.ts")).printStatistics(flags, root, page);
  if (on.has("M")) {
    page.warn("netstat: no support for `ip_masquerade' on this system.");
    return MISSING;
  }
  return printLists(flags, names, root, page);
}

/** Lists of sockets and groups, in netstat's order. It ends at the first that was named and is not there. */
async function printLists(flags: Flags, names: Names, root: string | undefined, page: Page): Promise<number> {
  const { on, gone } = flags;
  const { printInternet, printUnixSockets, wantedLists } = await import("./sockets.ts");
  const lists = wantedLists(flags);
  const internet = lists.internet.size > 0;
  const owners =
    on.has("p") && (internet || lists.unix) ? await ownersFor(root, lists.unix, page) : { owner: undefined };
  const context = { root, names, ...owners };
  if (internet && !(await printInternet(flags, lists, context, page))) return MISSING;
  if (on.has("g") && page.open) {
    const { printGroups } = await import("./groups.ts");
    if ((await printGroups(flags, names, root, page)) !== 0) return MISSING;
  }
  if (lists.unix && page.open && !printUnixSockets(flags, lists, context, page)) return MISSING;
  const [first] = GONE.filter((family) => gone.includes(family));
  // All of them are spoken of when everything is shown, except Bluetooth, which netstat is built without.
  const missing = lists.bare && on.has("v") ? GONE.slice(0, -1) : [first];
  for (const family of missing)
    if (family !== undefined) page.warn(`netstat: no support for \`AF ${family}' on this system.`);
  return gone.length > 0 ? MISSING : EXIT.ok;
}

async function ownersFor(
  root: string | undefined,
  unix: boolean,
  page: Page,
): Promise<Pick<SocketsContext, "owner" | "warnOfForged">> {
  const { findOwners } = await import("./holders.ts");
  const { owners, notice } = await findOwners(root);
  if (notice !== undefined) page.warn(notice);
  const owner = (inode: number): string => owners.get(inode)?.shown ?? "-";
  if (!unix) return { owner };
  const { warnOfForged } = await import("./forged.ts");
  return { owner, warnOfForged: (sockets, to) => warnOfForged(sockets, owners, to) };
}
