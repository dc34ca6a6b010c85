import { existsSync } from "node:fs";
import { CommandFailure, UsageError } from "../errors.ts";
import { EXIT, type Io } from "../io.ts";
import { type Names, NUMERIC } from "../names/names.ts";
import { Page } from "../netstat/page.ts";
import { type Source, sourceOf } from "../netstat/source.ts";
import { failureOf, nothingToRead } from "../netstat/trouble.ts";
import type { KernelAnswer } from "../source/kernel.ts";
import { type ColumnName, Columns } from "./columns.ts";
import type { Conditions } from "./filter.ts";
import { type Flags, parseFlags, REFUSED } from "./flags.ts";
import { Notes } from "./notes.ts";
import { procfsRows } from "./procfs-rows.ts";
import { isOne, LISTENING, type Table } from "./selection.ts";
import { printLists } from "./socket-lists.ts";
import type { View } from "./view.ts";

/** Runs `ss` with its own flags and gives its exit code. */
export async function ss(args: string[], io: Io): Promise<number> {
  const parsed = parseFlags(args);
  if ("wrong" in parsed) return complain(`${parsed.wrong}; procnet ss --help lists the options`, EXIT.usage, io);
  if ("refused" in parsed) return complain(parsed.refused, REFUSED, io);
  if ("show" in parsed) {
    const { help, version } = await import("./help.ts");
    io.out(parsed.show === "help" ? help() : version());
    return EXIT.ok;
  }
  const { root } = parsed;
  try {
    if (root !== undefined && !existsSync(root)) {
      return await complain(`--root: there is no ${root}/1/net`, EXIT.usage, io);
    }
    const of = sourceOf(root ?? io.root);
    if (!existsSync(of.shown)) return await complain(nothingToRead(), EXIT.failure, io);
    return await run(parsed, of, io);
  } catch (error) {
    if (error instanceof UsageError) return complain(error.message, EXIT.usage, io);
    if (error instanceof CommandFailure) return complain(error.message, error.exitCode, io);
    const failure = failureOf(error, io);
    return failure === undefined ? EXIT.ok : complain(failure, EXIT.failure, io);
  }
}

async function complain(what: string, code: number, io: Io): Promise<number> {
  const { visible } = await import("../text/safe.ts");
  io.err(`ss: ${what.split("\n").map(visible).join("\n")}\n`);
  return code;
}

async function run(flags: Flags, of: Source, io: Io): Promise<number> {
  const page = new Page(io);
  const { on, selection, words, filterFile } = flags;
  const hasConditions = words.length > 0 || filterFile !== undefined;
  const conditions = hasConditions || on.has("K") ? (await import("./filter.ts")).conditionsOf(flags, of) : undefined;
  if (on.has("s")) {
    const { printSummary } = await import("./summary.ts");
    printSummary(of, page);
    if (selection.isDefault && words.length === 0) {
      page.flush();
      return EXIT.ok;
    }
  }
  selection.complete(conditions?.only);
  const { nothing } = selection;
  if (nothing === undefined) await list(flags, conditions, of, io, page);
  else page.warn(`ss: ${nothing}`);
  page.flush();
  return EXIT.ok;
}

async function list(flags: Flags, conditions: Conditions | undefined, of: Source, io: Io, page: Page): Promise<void> {
  const { on, selection } = flags;
  const { passes, untold = [] } = conditions ?? {};
  const columns = new Columns((text) => page.print(text), io.columns, hidden(flags));
  const notes = new Notes();
  const answer = await answerFor(flags, untold, io);
  const isKernels = answer !== undefined && "kernel" in answer;
  const view: Omit<View, "closes"> = {
    on,
    selection,
    columns,
    notes,
    names: await namesFor(flags, of, io),
    users: await usersFor(flags, of, page),
    device:
      selection.families.has("link") || isKernels
        ? (await import("./devices.ts")).deviceNames(of)
        : (index) => `if${index}`,
    cgroup: on.has("e") || on.has("cgroup") ? (await import("./cgroups.ts")).cgroupPaths() : String,
    passes,
  };
  const procfs = procfsRows(of, page);
  const say = (line: string): void => page.warn(line);
  const { rows, closing, close } = isKernels
    ? (await import("./kernel-rows.ts")).kernelRows(answer, { flags, conditions, notes, say, procfs })
    : { rows: procfs, closing: undefined, close: () => {} };
  try {
    if (!on.has("H")) columns.header();
    await printLists({ of, rows, view: { ...view, closes: closing?.closes }, page });
    columns.flush();
  } finally {
    close();
  }
  const sentence = notes.sentence(
    answer === undefined ? "; --source kernel does" : (await import("../source/kernel.ts")).untoldHelp(answer),
  );
  if (sentence !== undefined) page.warn(sentence);
  const refusal = closing?.refusal();
  if (refusal === undefined) return;
  page.flush();
  throw new CommandFailure(refusal, EXIT.failure);
}

/** The kernel, where it is to be asked; `untold`: words of the conditions that procfs has no answer to. */
async function answerFor(flags: Flags, untold: readonly string[], { root }: Io): Promise<KernelAnswer> {
  const { source } = flags;
  const closes = flags.on.has("K");
  if (closes && source === "procfs") throw new UsageError("-K asks the kernel: --source procfs cannot be used with it");
  const wanted = [...untoldBy(flags), ...untold, ...(closes ? ["-K"] : [])];
  if (source === "procfs" || (source === "auto" && wanted.length === 0)) return undefined;
  const { kernelFor } = await import("../source/kernel.ts");
  const answer = await kernelFor({ source, root: flags.root ?? root, wanted });
  if (answer === undefined || "kernel" in answer || (untold.length === 0 && !closes)) return answer;
  const what = closes ? "-K: only the kernel closes sockets" : `procfs does not tell ${untold.join(", ")}`;
  throw new CommandFailure(`${what}, and the kernel cannot be asked: ${answer.why}`, EXIT.failure);
}

/** What is asked for and procfs does not tell, or not as well. */
function untoldBy({ on, selection: { tables, families, states, named } }: Flags): string[] {
  const has = (...names: Table[]): boolean => names.some((name) => tables.has(name));
  return [
    ...(["o", "i", "m", "e", "b", "tos", "cgroup", "sockopt"] as const).filter((name) => on.has(name)),
    // How many may wait at them, and whether they leave IPv4 to others.
    ...((states & LISTENING) !== 0 && has("tcp", "udp") ? ["listeners"] : []),
    ...(has("unix_stream", "unix_dgram", "unix_seqpacket") && families.has("unix") ? ["unix"] : []),
    ...(has("netlink") && families.has("netlink") ? ["netlink"] : []),
    ...(named.has("mptcp") ? ["mptcp"] : []),
    ...(named.has("vsock_stream") || named.has("vsock_dgram") ? ["vsock"] : []),
  ];
}

function hidden({ on, selection }: Flags): Set<ColumnName> {
  const names = new Set<ColumnName>();
  if (selection.tables.size === 1) names.add("netid");
  if (isOne(selection.states)) names.add("state");
  if (on.has("Q")) names.add("recvQ").add("sendQ");
  return names;
}

/** Names of services but for ports that the kernel hands out, of which lists are full that nobody uses; of hosts with `-r`. */
async function namesFor({ on }: Flags, of: Source, io: Io): Promise<Names> {
  const numericPorts = on.has("n");
  const numericHosts = !on.has("r");
  if (numericPorts && numericHosts) return NUMERIC;
  const { namesOf } = await import("./names.ts");
  return namesOf({ numericPorts, numericHosts }, of, io.signal);
}

async function usersFor({ on }: Flags, { root }: Source, page: Page): Promise<View["users"]> {
  if (!on.has("p") && !on.has("T")) return () => undefined;
  const { findUsers } = await import("./users.ts");
  const { users, isPartial } = await findUsers(root, on.has("T"));
  if (isPartial) page.warn("ss: processes of other users could not be looked at; root sees them all");
  return users;
}
