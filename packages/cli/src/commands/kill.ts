import { isProcfsError, type ProcFs, type SocketOwner, type WhoListens } from "procnet";
import { CommandFailure, UsageError } from "../errors.ts";
import { EXIT } from "../io.ts";
import { present, writeNotes } from "../output/present.ts";
import type { CommandIo } from "../terminal.ts";
import { visible } from "../text/safe.ts";
import { cut } from "../text/width.ts";
import { presentationOf } from "./context.ts";
import { type Ask, type PortOptions, portReport } from "./port.ts";
import { proxyNote, unitNote } from "./proxies.ts";
import { waitUntil } from "./wait.ts";

/** How long the port is watched after the signal, milliseconds, unless `--timeout` says otherwise. */
const GRACE = 5000;

/** Columns of a command line in the question. */
const LONGEST_COMMAND = 200;

/** `procnet port --kill`: ends those who listen, when each of them may be ended and the user wants it. */
export async function killListeners(ask: Ask, procfs: ProcFs, options: PortOptions, io: CommandIo): Promise<number> {
  refuseQuestion(options);
  refuseOtherNumbers(procfs);
  const answers = await ask();
  const owners = ownersOf(answers);
  if (owners.length === 0) {
    const report = portReport(answers);
    present(report, presentationOf(options), io);
    return report.exitCode ?? EXIT.ok;
  }
  for (const owner of owners) {
    const reason = refusal(owner.pid, procfs);
    if (reason !== undefined) throw new CommandFailure(`not killed: ${name(owner)} ${reason}`, EXIT.failure);
  }
  for (const owner of owners) {
    if (!(await agreed(owner, options, io))) throw new CommandFailure("nothing was killed", EXIT.failure);
  }
  for (const owner of owners) await kill(owner, ask, procfs, options, io);

  const isFree = ({ kind }: WhoListens): boolean => kind === "free";
  const left = await waitUntil(ask, isFree, options.timeout ?? GRACE, io.signal);
  if (left === undefined && io.signal.aborted) return EXIT.failure; // ended by a signal, which says enough
  if (left === undefined) {
    const harder = signalOf(options) === "KILL" ? "" : "; --signal KILL leaves no choice";
    throw new CommandFailure(`somebody still listens${harder}`, EXIT.failure);
  }
  present({ ...portReport(left), notes: [] }, presentationOf(options), io);
  return EXIT.ok;
}

function refuseQuestion(options: PortOptions): void {
  if (options.udp) throw new UsageError("--kill ends listeners only, which UDP does not have: leave out --udp");
  if (options.every !== undefined) throw new UsageError("--every cannot be used with --kill");
  // The numbers in another procfs are those of another machine or pid namespace.
  if (options.root !== undefined)
    throw new UsageError("--kill cannot be used with --root: its process ids mean nothing here");
}

/** A procfs of another pid namespace shows other numbers than those that signals go to. */
function refuseOtherNumbers(procfs: ProcFs): void {
  if (procfs.self().pid === process.pid) return;
  const why = `${procfs.root} is that of another pid namespace, whose process ids mean nothing here`;
  throw new CommandFailure(`not killed: ${why}`, EXIT.failure);
}

/** Each process once. */
function ownersOf(answers: readonly WhoListens[]): SocketOwner[] {
  const all = answers.flatMap((answer) => answer.listeners.flatMap((listener) => listener.owners));
  return [...new Map(all.map((owner) => [owner.pid, owner])).values()];
}

/** Why a process must not be killed; `undefined` when it may. */
export function refusal(pid: number, procfs: ProcFs): string | undefined {
  if (pid === 1) return "is the first process, without which the system or container ends";
  const [self, ...ancestors] = lineage(procfs);
  if (pid === self) return "is procnet itself";
  return ancestors.includes(pid) ? "is an ancestor of procnet: its end would be ours" : undefined;
}

/** This process, its parent, and so on. */
function lineage(procfs: ProcFs): number[] {
  const line: number[] = [];
  for (let pid = procfs.self().pid; pid > 0 && !line.includes(pid); ) {
    line.push(pid);
    try {
      pid = procfs.process(pid).stat().ppid;
    } catch (error) {
      if (isProcfsError(error)) break; // hidden, or it has ended
      throw error;
    }
  }
  return line;
}

async function agreed(owner: SocketOwner, options: PortOptions, io: CommandIo): Promise<boolean> {
  writeNotes(
    io,
    [proxyNote(owner), unitNote(owner)].filter((note) => note !== undefined),
  );
  if (options.yes) return true;
  // Not longer than what can be overlooked: it must not push away who is meant.
  const command = cut(visible(owner.cmdline.join(" ")), LONGEST_COMMAND);
  const answer = await io.ask(`${visible(`Kill ${name(owner)} (uid ${owner.uid})`)} ${command}? [y/N] `);
  if (answer === undefined) throw new UsageError("--kill asks first, and there is no terminal to ask on: use --yes");
  return answer;
}

/** The number may have passed to another process since it was found, or it may not listen any more: looks once more. */
async function kill(owner: SocketOwner, ask: Ask, procfs: ProcFs, options: PortOptions, io: CommandIo): Promise<void> {
  const still = ownersOf(await ask()).find(({ pid }) => pid === owner.pid);
  if (still?.startTime !== owner.startTime || startTime(owner.pid, procfs) !== owner.startTime) {
    writeNotes(io, [`${name(owner)} does not listen any more: it was left alone`]);
    return;
  }
  try {
    process.kill(owner.pid, `SIG${signalOf(options)}`);
    writeNotes(io, [`sent SIG${signalOf(options)} to ${name(owner)}`]);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ESRCH") return;
    const why = code === "EPERM" ? "it belongs to another user: root may" : String(code);
    throw new CommandFailure(`cannot kill ${name(owner)}: ${why}`, EXIT.failure);
  }
}

function signalOf({ signal = "TERM" }: PortOptions): string {
  return signal;
}

function startTime(pid: number, procfs: ProcFs): number | undefined {
  try {
    return procfs.process(pid).stat().starttime;
  } catch (error) {
    if (isProcfsError(error)) return undefined;
    throw error;
  }
}

function name({ comm, pid }: SocketOwner): string {
  return `${comm}[${pid}]`;
}
