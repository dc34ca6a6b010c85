import type { BaseProcFs, SocketOwner, WhoListens } from "procnet";
import { CommandFailure, UsageError } from "../../errors.ts";
import { EXIT } from "../../io.ts";
import { present, writeNotes } from "../../output/present.ts";
import type { CommandIo } from "../../terminal.ts";
import { presentationOf } from "../context.ts";
import { missingNotes, unseenNote } from "../hidden-owners.ts";
import type { Ask, PortOptions } from "../port-options.ts";
import { portReport } from "../port-report.ts";
import { proxyNote, unitNote } from "../proxies.ts";
import { waitUntil } from "../wait.ts";
import { type Holder, holdersOf, refusal, type Spared, sparedBecause, uidTest } from "./kill-plan.ts";
import { FLAGS, killQuestion, name, refuseOtherNumbers, sendSignal } from "./kill-signal.ts";

/** How long the port is watched after the signal, milliseconds, unless `--timeout` says otherwise. */
const GRACE = 5000;

/** `procnet port --kill`: ends those who listen, when each of them may be ended and the user wants it. */
export async function killListeners(
  ask: Ask,
  procfs: BaseProcFs,
  options: PortOptions,
  io: CommandIo,
): Promise<number> {
  refuseQuestion(options);
  refuseOtherNumbers(procfs);
  const answers = await ask("all");
  const holders = holdersOf(answers);
  if (holders.length === 0) return nobodyToKill(answers, procfs, options, io);
  const { meant, spared } = sorted(holders, procfs, options, io);
  writeNotes(io, unseenNote(answers));
  if (meant.length === 0) {
    const flags = [...new Set(spared.values())].map((reason) => FLAGS[reason]).join(" ");
    throw new CommandFailure(`nothing was killed: nobody who listens is signalled without ${flags}`, EXIT.failure);
  }
  for (const { owner } of meant) {
    if (!(await agreed(owner, options, io))) throw new CommandFailure("nothing was killed", EXIT.failure);
  }
  const signalled = meant.filter((holder) => kill(holder, procfs, options, io)).map(({ owner }) => owner);

  const { answers: left, isReached } = await waitUntil(() => ask("all"), isFree, options.timeout ?? GRACE, io.signal);
  if (!isReached && io.signal.aborted) return EXIT.failure; // ended by a signal, which says enough
  if (!isReached) throw new CommandFailure(stillThere(left, signalled, spared, options), EXIT.failure);
  present(portReport(left, procfs.root, options), presentationOf(options), io);
  return EXIT.ok;
}

/** Who is to be signalled, and who is spared and why, which is told. */
function sorted(
  holders: readonly Holder[],
  procfs: BaseProcFs,
  options: PortOptions,
  io: CommandIo,
): { meant: Holder[]; spared: Map<number, Spared> } {
  const isNumbered = uidTest(procfs);
  const spared = new Map<number, Spared>();
  const meant: Holder[] = [];
  for (const holder of holders) {
    const { owner } = holder;
    const reason = sparedBecause(holder, options, isNumbered);
    const never = refusal(owner.pid, procfs);
    // Whoever hands their port to an ancestor of this process does not keep it by that.
    if (never !== undefined && reason !== "other-user")
      throw new CommandFailure(`not killed: ${name(owner)} ${never}`, EXIT.failure);
    if (reason === undefined) meant.push(holder);
    else spared.set(owner.pid, reason);
    writeNotes(io, never === undefined ? holderNotes(holder, reason) : [`${name(owner)} ${never}: it is left alone`]);
  }
  return { meant, spared };
}

const isFree = ({ kind }: WhoListens): boolean => kind === "free";

/** A port that is free is what was asked for; one whose owner cannot be seen is not. */
function nobodyToKill(answers: readonly WhoListens[], procfs: BaseProcFs, options: PortOptions, io: CommandIo): number {
  const report = portReport(answers, procfs.root, options);
  present(report, presentationOf(options), io);
  return answers.every(isFree) ? EXIT.ok : EXIT.unknown;
}

function refuseQuestion(options: PortOptions): void {
  if (options.udp) throw new UsageError("--kill ends listeners only, which UDP does not have: leave out --udp");
  if (options.every !== undefined) throw new UsageError("--every cannot be used with --kill");
  // The numbers in another procfs are those of another machine or pid namespace.
  if (options.root !== undefined)
    throw new UsageError("--kill cannot be used with --root: its process ids mean nothing here");
}

/** What is to be known of a holder before anybody is asked. */
function holderNotes({ owner, uids }: Holder, spared: Spared | undefined): string[] {
  const notes = [proxyNote(owner), unitNote(owner)].filter((note) => note !== undefined);
  if (spared === "publisher") notes.push(`${name(owner)} is left alone: --container-ports signals it`);
  if (spared !== "other-user") return notes;
  const makers = [...uids].join(" and ");
  const whose = `${name(owner)} is of uid ${owner.uid}, and holds what uid ${makers} opened`;
  return [
    ...notes,
    `${whose}: it is left alone, as it may have been handed the port unasked; --other-users signals it`,
  ];
}

async function agreed(owner: SocketOwner, options: PortOptions, io: CommandIo): Promise<boolean> {
  if (options.yes) return true;
  const answer = await io.ask(killQuestion(owner));
  if (answer === undefined) throw new UsageError("--kill asks first, and there is no terminal to ask on: use --yes");
  return answer;
}

/** Sends the signal; whether it was sent. */
function kill(holder: Holder, procfs: BaseProcFs, options: PortOptions, io: CommandIo): boolean {
  const { isSent, note } = sendSignal(holder, procfs, { signal: signalOf(options), lost: "does not listen any more" });
  if (note !== undefined) writeNotes(io, [note]);
  return isSent;
}

function signalOf({ signal = "TERM" }: PortOptions): string {
  return signal;
}

/** Who still listens, and what would help against each of them. */
function stillThere(
  left: readonly WhoListens[],
  signalled: readonly SocketOwner[],
  spared: ReadonlyMap<number, Spared>,
  options: PortOptions,
): string {
  const parts: string[] = [];
  const holders = holdersOf(left).map(({ owner }) => owner);
  const isOld = (owner: SocketOwner, one: SocketOwner): boolean =>
    owner.pid === one.pid && owner.startTime === one.startTime;
  const stubborn = holders.filter((owner) => signalled.some((one) => isOld(owner, one)));
  if (stubborn.length > 0) {
    const help = signalOf(options) === "KILL" ? "it is not gone yet" : "--signal KILL leaves no choice";
    parts.push(`${names(stubborn)} got the signal: ${help}`);
  }
  const others = holders.filter((owner) => !stubborn.includes(owner));
  for (const reason of ["other-user", "publisher"] as const) {
    const some = others.filter(({ pid }) => spared.get(pid) === reason);
    if (some.length > 0) parts.push(`${names(some)} got none: ${FLAGS[reason]} signals it`);
  }
  const late = others.filter(({ pid }) => !spared.has(pid));
  if (late.length > 0) parts.push(`${names(late)} listens since, perhaps started anew: stop what starts it`);
  parts.push(...missingNotes(left));
  return ["somebody still listens", ...parts].join("; ");
}

/** More are not told by name. */
const NAMED = 5;

function names(owners: readonly SocketOwner[]): string {
  const some = owners.slice(0, NAMED).map(name).join(", ");
  return owners.length > NAMED ? `${some} and ${owners.length - NAMED} more` : some;
}
