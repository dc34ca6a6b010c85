import { type BaseProcFs, isProcfsError, type WhoListens, whoListens } from "procnet";
import { CommandFailure, UsageError } from "../errors.ts";
import { EXIT } from "../io.ts";
import { checkChoice } from "../output/report.ts";
import { socketSource } from "../source/socket-source.ts";
import type { CommandIo } from "../terminal.ts";
import { output, repetitionOf } from "./context.ts";
import { answersEverywhere } from "./port-everywhere.ts";
import type { Ask, From, PortOptions } from "./port-options.ts";
import { blockedNotes, portColumns, portReport } from "./port-report.ts";
import { hasEnded, netPid, numberOf, processIn, procfsOf } from "./where.ts";

/** `procnet port 3000` */
export async function portCommand(ports: readonly number[], options: PortOptions, io: CommandIo): Promise<number> {
  repetitionOf(options); // complains before anybody waits
  checkChoice(portColumns(options), options);
  const procfs = procfsOf(options, io);
  const protocols = options.udp ? (["udp", "udp6"] as const) : (["tcp", "tcp6"] as const);
  const asked = { source: options.source, root: options.root ?? io.root, protocols, wanted: [], tables: [] };
  // What a connection did is of no use here, and the most of what the kernel would tell of it.
  const { source, close } = await socketSource(asked, { info: false });
  try {
    return await answer([...new Set(ports)], options, { procfs, source }, io);
  } finally {
    close();
  }
}

async function answer(ports: readonly number[], options: PortOptions, from: From, io: CommandIo): Promise<number> {
  const { procfs } = from;
  if (options.allNamespaces) return everywhere(ports, options, from, io);
  const ask = asker(ports, options, from);
  if (options.kill) {
    const { killListeners } = await import("./kill/kill.ts");
    return killListeners(ask, procfs, options, io);
  }
  refuseWithoutKill(options);
  if (options.waitFree || options.waitListening) return wait(ask, procfs, options, io);
  if (options.timeout !== undefined)
    throw new UsageError("--timeout belongs to --wait-free, --wait-listening or --kill");
  const produce = async () => {
    const answers = await ask("all");
    return portReport(answers, procfs.root, options, await otherNotes(answers, options, procfs));
  };
  return output(produce, options, io, `port ${ports.join(" ")}`);
}

/** That UDP has a port which is free for TCP: for people, as programs know what they asked for. */
async function otherNotes(answers: readonly WhoListens[], options: PortOptions, procfs: BaseProcFs): Promise<string[]> {
  const free = answers.flatMap(({ kind, port }) => (kind === "free" ? [port] : []));
  if (options.udp || options.json || options.ndjson || options.csv || free.length === 0) return [];
  const pid = netPid(options, procfs);
  const where = pid === undefined ? {} : { pid };
  const notes: string[] = [];
  for (const port of free) {
    const how = { procfs, protocol: "udp", owners: "first", ...where } as const;
    // A captured tree may have no such table: the answer about TCP stands without it.
    const other = await whoListens(port, how).catch(() => undefined);
    if (other?.kind === "owned" || other?.kind === "unknown")
      notes.push(`nothing listens for TCP on ${port}, but UDP is bound there: --udp tells whose it is`);
  }
  return notes;
}

/** In every network namespace. */
function everywhere(ports: readonly number[], options: PortOptions, from: From, io: CommandIo): Promise<number> {
  refuseWithoutKill(options);
  if (options.timeout !== undefined) throw new UsageError("--timeout cannot be used with --all-namespaces");
  const produce = async () => {
    const { answers, notes } = await answersEverywhere(ports, options, from);
    return portReport(answers, from.procfs.root, options, notes);
  };
  return output(produce, options, io, `port ${ports.join(" ")}`);
}

function refuseWithoutKill({ yes, signal, otherUsers, containerPorts }: PortOptions): void {
  const given = { "--yes": yes, "--signal": signal, "--other-users": otherUsers, "--container-ports": containerPorts };
  for (const [flag, value] of Object.entries(given)) {
    if (value !== undefined) throw new UsageError(`${flag} belongs to --kill`);
  }
}

function asker(ports: readonly number[], options: PortOptions, { procfs, source }: From): Ask {
  const protocol = options.udp ? "udp" : "tcp";
  const ignoreTimeWait = options.ignoreTimeWait === true;
  let pid = netPid(options, procfs);
  type Owners = Parameters<Ask>[0];
  const askThrough = (owners: Owners, through: number | undefined): Promise<WhoListens[]> => {
    const where = { ...(through !== undefined && { pid: through }), ...(source !== undefined && { source }) };
    const how = { procfs, protocol, owners, ignoreTimeWait, ...where } as const;
    return Promise.all(ports.map((port) => whoListens(port, how)));
  };
  if (pid === undefined) return (owners) => askThrough(owners, undefined);
  const namespace = numberOrNone(procfs, pid);
  return async (owners) => {
    while (pid !== undefined) {
      try {
        return await askThrough(owners, pid);
      } catch (error) {
        // It was perhaps the one that listened, and is gone: the namespace is then seen through another process in it.
        if (namespace === undefined || !isProcfsError(error) || !hasEnded(pid, procfs)) throw error;
        pid = processIn(procfs, namespace, pid);
      }
    }
    const nothing = { listeners: [], complete: true, bindable: true, blockedBy: [], reasons: [] } as const;
    return ports.map((port) => ({ kind: "free", port, ...nothing })); // nobody is left there
  };
}

/** The number of a namespace; a process that has ended is in none, as the question itself will say. */
function numberOrNone(procfs: BaseProcFs, pid: number): number | undefined {
  return hasEnded(pid, procfs) ? undefined : numberOf(procfs, pid);
}

async function wait(ask: Ask, procfs: BaseProcFs, options: PortOptions, io: CommandIo): Promise<number> {
  if (options.every !== undefined) throw new UsageError("--every cannot be used with --wait-free or --wait-listening");
  const { waitUntil } = await import("./wait.ts");
  const wantsFree = options.waitFree === true;
  const isWanted = (answer: WhoListens): boolean => (wantsFree ? answer.bindable : answer.kind !== "free");
  const { answers, isReached } = await waitUntil(() => ask("first"), isWanted, options.timeout, io.signal);
  if (!isReached) {
    if (io.signal.aborted) return EXIT.failure;
    const still = wantsFree ? stillTaken(answers) : "nobody listens";
    throw new CommandFailure(`${still} after ${options.timeout! / 1000} s`, EXIT.failure);
  }
  // Who listens now may have more owners than the one that was enough to wait for; and may be gone again.
  const all = wantsFree ? answers : await ask("all");
  await output(() => portReport(all.every(isWanted) ? all : answers, procfs.root, options), options, io, "port");
  return EXIT.ok;
}

function stillTaken(answers: readonly WhoListens[]): string {
  if (answers.some(({ kind }) => kind !== "free")) return "somebody still listens";
  return answers.flatMap(blockedNotes).join("; ");
}
