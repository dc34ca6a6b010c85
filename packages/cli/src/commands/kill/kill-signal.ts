import type { BaseProcFs, SocketOwner } from "procnet";
import { CommandFailure } from "../../errors.ts";
import { EXIT } from "../../io.ts";
import { visible } from "../../text/safe.ts";
import { cut } from "../../text/width.ts";
import { type Holder, lastLook, type Spared } from "./kill-plan.ts";

/** The flag of `port --kill` that widens who is signalled. */
export const FLAGS: Readonly<Record<Spared, string>> = {
  "other-user": "--other-users",
  publisher: "--container-ports",
};

/** Columns of a command line in the question. */
const LONGEST_COMMAND = 200;

/** What is asked before a process gets a signal. */
export function killQuestion(owner: SocketOwner): string {
  // Not longer than what can be overlooked: it must not push away who is meant.
  const command = cut(visible(owner.cmdline.join(" ")), LONGEST_COMMAND);
  return `${visible(`Kill ${name(owner)} (uid ${owner.uid})`)} ${command}? [y/N] `;
}

/** A procfs of another pid namespace shows other numbers than those that signals go to. */
export function refuseOtherNumbers(procfs: BaseProcFs): void {
  if (procfs.self().pid === process.pid) return;
  const why = `${procfs.root} is that of another pid namespace, whose process ids mean nothing here`;
  throw new CommandFailure(`not killed: ${why}`, EXIT.failure);
}

/** What has become of a signal. */
export interface Signalled {
  readonly isSent: boolean;
  /** What is said of it; nothing where the process has ended by itself. */
  readonly note?: string;
}

/**
 * Sends a signal to a process that holds sockets. What has happened while the user thought is looked at first; `lost` is what is said
 * of one that holds them no more.
 *
 * @throws CommandFailure where there is no right to
 */
export function sendSignal(
  holder: Holder,
  procfs: BaseProcFs,
  { signal, lost }: { readonly signal: string; readonly lost: string },
): Signalled {
  const { owner } = holder;
  const seen = lastLook(holder, procfs);
  if (seen !== "same") {
    const why = seen === "other" ? lost : "does not let its descriptors be looked at once more, which root may";
    return { isSent: false, note: `${name(owner)} ${why}: it was left alone` };
  }
  try {
    process.kill(owner.pid, `SIG${signal}`);
    return { isSent: true, note: `sent SIG${signal} to ${name(owner)}` };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ESRCH") return { isSent: false };
    const why = code === "EPERM" ? "it belongs to another user: root may" : String(code);
    throw new CommandFailure(`cannot kill ${name(owner)}: ${why}`, EXIT.failure);
  }
}

export function name({ program, pid }: SocketOwner): string {
  return `${program}[${pid}]`;
}
