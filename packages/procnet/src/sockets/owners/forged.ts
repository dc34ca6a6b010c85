import { PROTOCOLS } from "../../codes/socket-protocols.ts";
import type { OnIssue } from "../../errors.ts";
import type { BaseProcFs } from "../../host/procfs.ts";
import { isUnixFd, type NamesBefore } from "../../host/unix-fd.ts";
import { isLive } from "../../read/procfs-type.ts";
import type { Steps } from "../drive.ts";
import type { Plan } from "../tables/plan.ts";
import { type NamespaceSource, readTables, type TablePlan } from "../tables/read-tables.ts";
import { isHeldBy, markSuspect } from "../tables/socket.ts";
import { reportForged, reportSuspect } from "../tables/suspects.ts";
import type { Socket, SocketOwner, SocketProtocol, UnixSocket } from "../types.ts";

/*
 * A forged row of a unix socket gives a name to the inode of any socket, so that it seems to be held by whoever holds that one.
 * Where its true row is in a table that was read, the two contradict each other. Here is asked for all others: whether what
 * the owner holds is a unix socket at all, and if it lives in another network namespace, whether the socket is of that one.
 *
 * Only rows that can be part of a name are looked at, and only where owners were found.
 */

/** Files looked at between two pauses. */
const STEP = 64;

/** Owners that are asked whether this kernel tells the kind of a descriptor at all. */
const WITNESSES = 8;

/** Owners of a socket that are asked what it is: the first can have closed it since. */
const ASKED = 3;

/** What is read of tables that were not asked for. */
const SILENT: TablePlan = { protocols: [], inet: undefined, unix: undefined, keep: undefined, onIssue: () => {} };

/** What was asked, and which namespaces were read for it. */
interface Asked {
  readonly plan: TablePlan & Pick<Plan, "pids">;
  readonly sources: readonly NamespaceSource[];
  readonly ahead: boolean;
}

type ByInode = ReadonlyMap<number, readonly UnixSocket[]>;

/** Finds rows of unix sockets that are forged by what their owners hold. It remembers which it has found to be true. */
export class ForgedRows {
  private readonly procfs: BaseProcFs;
  /** Owners, each of one socket, which is a unix socket indeed. */
  private readonly proven = new WeakSet<SocketOwner>();
  /** Whether a unix socket was seen by the kind of its descriptor: older kernels and copies do not tell it. */
  private tells = false;

  constructor(procfs: BaseProcFs) {
    this.procfs = procfs;
  }

  /** Marks forged ones. `names` is that of the table so far: sockets can come in lots. */
  *mark(sockets: readonly Socket[], names: NamesBefore, asked: Asked): Steps<void> {
    const { pids, unix, onIssue } = asked.plan;
    const all: UnixSocket[] = [];
    const owned: UnixSocket[] = [];
    const witnesses: UnixSocket[] = [];
    for (const [at, socket] of sockets.entries()) {
      if (at % (STEP * STEP) === 0) yield;
      // What netlink told has no count, and is a socket of its own whatever its name is.
      if (socket.protocol !== "unix" || socket.refCount === undefined) continue;
      // Where not all rows are wanted, it is not known which one stands before.
      const mayBeName = names.mayHold(socket) || unix !== undefined;
      if (socket.inode === 0 || socket.suspect || !isHeldBy(socket, pids)) continue;
      all.push(socket);
      if (!socket.owners?.length) continue;
      if (mayBeName) owned.push(socket);
      if (!this.tells && witnesses.length < WITNESSES) witnesses.push(socket);
    }
    if (all.length === 0) return;
    this.tells ||= witnesses.some((socket) => this.isUnix(socket));
    if (this.tells) yield* this.ask(owned, onIssue);
    else if (owned.length > 0 || !isLive(this.procfs.context)) yield* this.compare(all, asked);
    yield* this.compareElsewhere(owned, asked);
  }

  /** By the kind of the descriptor, wherever the socket is listed, and if it is in no table at all. */
  private *ask(owned: readonly UnixSocket[], onIssue: OnIssue | undefined): Steps<void> {
    for (const [at, socket] of owned.entries()) {
      if (at % STEP === 0) yield;
      if (this.isUnix(socket) !== false) continue;
      markSuspect(socket);
      reportForged(socket, onIssue);
    }
  }

  private isUnix({ owners = [], inode }: UnixSocket): boolean | undefined {
    if (owners.some((owner) => this.proven.has(owner))) return true;
    for (const owner of owners.slice(0, ASKED)) {
      const answer = isUnixFd(`${this.procfs.root}/${owner.pid}`, owner.fds[0]!, inode);
      if (answer === undefined) continue;
      if (!answer) return false;
      this.proven.add(owner);
      return true;
    }
    return undefined;
  }

  /** Looks for them in the tables that were not asked for. */
  private *compare(all: readonly UnixSocket[], { plan, sources, ahead }: Asked): Steps<void> {
    const protocols = PROTOCOLS.filter((protocol) => protocol !== "unix" && !plan.protocols.includes(protocol));
    for (const source of sources) yield* this.compareWith(source, protocols, byInode(all), plan, ahead);
  }

  /** Looks for them in the tables of their owners' namespaces, as far as these were not read. */
  private *compareElsewhere(owned: readonly UnixSocket[], { plan, sources, ahead }: Asked): Steps<void> {
    if (owned.length === 0) return;
    const read = new Set(sources.map((source) => source.inode ?? this.homeOf(source)));
    // One of them may be the namespace that was read, whose rows are these very ones.
    if (read.has(undefined)) return;
    const namespaces = new Map<number, number | undefined>();
    const groups = new Map<number, { readonly pid: number; readonly sockets: UnixSocket[] }>();
    for (const socket of owned) {
      if (socket.suspect) continue;
      for (const { pid } of socket.owners!.slice(0, ASKED)) {
        if (!namespaces.has(pid)) {
          if (namespaces.size % STEP === 0) yield;
          namespaces.set(pid, this.namespaceOf(pid));
        }
        const namespace = namespaces.get(pid);
        if (namespace === undefined || read.has(namespace)) continue;
        const group = groups.get(namespace);
        if (group === undefined) groups.set(namespace, { pid, sockets: [socket] });
        else group.sockets.push(socket);
      }
    }
    for (const [inode, { pid, sockets }] of groups) {
      const { context } = this.procfs;
      const source: NamespaceSource = { context, inode, pids: [pid], place: () => this.procfs.process(pid).place };
      yield* this.compareWith(source, this.tells ? ["unix"] : PROTOCOLS, byInode(sockets), plan, ahead);
    }
  }

  private *compareWith(
    source: NamespaceSource,
    protocols: readonly SocketProtocol[],
    dubious: ByInode,
    { onIssue }: TablePlan,
    ahead: boolean,
  ): Steps<void> {
    const where = { inode: new Set(dubious.keys()) };
    const take = (other: Socket): void => {
      for (const socket of dubious.get(other.inode ?? 0) ?? []) {
        if (!socket.suspect) reportSuspect(socket.inode, onIssue, [socket, other]);
        markSuspect(socket);
      }
    };
    yield* readTables(source, { ...SILENT, protocols, inet: where, unix: where }, ahead, [], take);
  }

  /** The namespace of a tree's tables, if they are those of process 1. */
  private homeOf({ place }: NamespaceSource): number | undefined {
    return place(undefined).directory === `${this.procfs.root}/1/net` ? this.namespaceOf(1) : undefined;
  }

  private namespaceOf(pid: number): number | undefined {
    try {
      return this.procfs.process(pid).networkNamespace();
    } catch {
      return undefined; // ended, or a copy that lacks it: nothing follows from it
    }
  }
}

function byInode(sockets: readonly UnixSocket[]): ByInode {
  const found = new Map<number, UnixSocket[]>();
  for (const socket of sockets) {
    const same = found.get(socket.inode);
    if (same === undefined) found.set(socket.inode, [socket]);
    else same.push(socket);
  }
  return found;
}
