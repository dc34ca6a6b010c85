import { readFileSync } from "node:fs";
import { type BaseProcFs, isProcfsError, type SocketOwner, type WhoListens } from "procnet";
import { publisherOf } from "../proxies.ts";

/** A process that holds listeners which are to be ended. */
export interface Holder {
  readonly owner: SocketOwner;
  /** Inodes of the listeners it holds. */
  readonly inodes: ReadonlySet<number>;
  /** User ids that made them. */
  readonly uids: ReadonlySet<number>;
}

/** Why a holder gets no signal unless it is asked for. */
export type Spared = "other-user" | "publisher";

/** What may be signalled besides. */
export interface Widened {
  readonly otherUsers?: true;
  readonly containerPorts?: true;
}

/** Each process once, with what it holds. */
export function holdersOf(answers: readonly WhoListens[]): Holder[] {
  const found = new Map<number, { owner: SocketOwner; inodes: Set<number>; uids: Set<number> }>();
  for (const listener of answers.flatMap((answer): WhoListens["listeners"] => answer.listeners)) {
    for (const owner of listener.owners) {
      const holder = found.get(owner.pid) ?? { owner, inodes: new Set<number>(), uids: new Set<number>() };
      holder.inodes.add(listener.inode);
      holder.uids.add(listener.uid);
      found.set(owner.pid, holder);
    }
  }
  return [...found.values()];
}

/**
 * Why a holder is spared. Whose a process is, is compared with who made the socket: any process can be handed a descriptor by
 * another user (SCM_RIGHTS), unasked, and is then no reason to be ended. Who gave up the rights with which it made the socket
 * looks the same, and is spared as well; often its parent did not, and takes it along.
 */
export function sparedBecause({ owner, uids }: Holder, widened: Widened, isNumbered: UidTest): Spared | undefined {
  if (!widened.containerPorts && publisherOf(owner) !== undefined) return "publisher";
  const isSame = isNumbered(owner.uid) && [...uids].every((uid) => uid === owner.uid);
  return isSame || widened.otherUsers ? undefined : "other-user";
}

/** Whether a user id names one user: all that have no number in this user namespace are shown as the same one. */
export type UidTest = (uid: number) => boolean;

/** Length of the map of a user namespace in which every user has a number: all of 32 bits but the last. */
const ALL = 4_294_967_295;

export function uidTest({ root }: BaseProcFs): UidTest {
  const map = textOf(`${root}/self/uid_map`).trim().split(/\s+/).map(Number);
  if (map.length < 3 || (map.length === 3 && map[0] === 0 && map[1] === 0 && map[2] === ALL)) return () => true;
  const overflow = Number(textOf(`${root}/sys/kernel/overflowuid`) || 65534);
  return (uid) => uid !== overflow;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return ""; // a kernel without user namespaces has neither
  }
}

/** Why a process must not be killed; `undefined` when it may. */
export function refusal(pid: number, procfs: BaseProcFs): string | undefined {
  if (pid === 1) return "is the first process, without which the system or container ends";
  const [self, ...ancestors] = lineage(procfs);
  if (pid === self) return "is procnet itself";
  return ancestors.includes(pid) ? "is an ancestor of procnet: its end would be ours" : undefined;
}

/** This process, its parent, and so on. */
function lineage(procfs: BaseProcFs): number[] {
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

/** What is seen of a holder at the last look: it is the same, it is not any more, or its descriptors may not be looked at. */
export type LastLook = "same" | "other" | "unseen";

/**
 * Whether it is still the same process, of the same user, with one of the listeners. Asked right before the signal: Node has no
 * pidfd_send_signal(2), so that the number could still pass to another process in the microseconds that are left. A pin tells of more
 * processes than a user may look into: what cannot be seen again is not signalled.
 */
export function lastLook({ owner, inodes }: Holder, procfs: BaseProcFs): LastLook {
  const process = procfs.process(owner.pid);
  try {
    let isHeld = false;
    for (const { target } of process.fds()) {
      isHeld = target.kind === "socket" && inodes.has(target.inode);
      if (isHeld) break;
    }
    return isHeld && process.uid === owner.uid && process.stat().starttime === owner.startTime ? "same" : "other";
  } catch (error) {
    if (isProcfsError(error)) return error.code === "EACCES" ? "unseen" : "other";
    throw error;
  }
}
