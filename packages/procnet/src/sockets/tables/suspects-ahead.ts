import type { OnIssue } from "../../errors.ts";
import type { Steps } from "../drive.ts";
import { ShardedMap, ShardedSet } from "../owners/sharded.ts";
import type { Socket, UnixSocket } from "../types.ts";
import type { Plan } from "./plan.ts";
import { type AskingTables, type NamespaceSource, readTables } from "./read-tables.ts";
import { markSuspect } from "./socket.ts";
import { isSame, reportSuspect } from "./suspects.ts";

/**
 * Tells suspects where rows are handed out before all are read. Tables of unix sockets are read once more, before the others:
 * 30 bytes of memory for each of them. Tables of internet sockets, which can be long, are not: their inodes are compared as
 * they come, before those of unix sockets in the same namespace.
 */
export class SuspectsAhead {
  private readonly onIssue: OnIssue | undefined;
  private readonly unix = new ShardedSet();
  private readonly shared = new ShardedSet();
  private readonly told = new ShardedSet();

  constructor(onIssue: OnIssue | undefined) {
    this.onIssue = onIssue;
  }

  /** Reads the tables that are short, of the source where there is one; nothing where no unix socket is asked for. */
  *read(sources: readonly NamespaceSource[], plan: Plan, ahead: boolean, asking: AskingTables): Steps<void> {
    if (!plan.protocols.includes("unix")) return;
    const repeated = new Set<number>();
    const begin = ({ inode }: Socket): void => {
      if (!inode) return;
      if (this.unix.has(inode)) repeated.add(inode);
      else this.unix.add(inode);
    };
    const names = { ...EVERYTHING, protocols: ["unix"] as const };
    for (const source of sources) yield* readTables(source, names, ahead, [], begin, asking);
    if (repeated.size > 0) yield* this.compare(sources, repeated, ahead, asking);
    const others = plan.protocols.filter((protocol) => protocol === "netlink" || protocol === "packet");
    const end = ({ inode }: Socket): void => {
      if (inode && this.unix.has(inode)) this.shared.add(inode);
    };
    for (const source of sources)
      yield* readTables(source, { ...EVERYTHING, protocols: others }, ahead, [], end, asking);
  }

  /** Marks a socket that is about to be handed out, if it is suspect. */
  check(socket: Socket): void {
    const { inode } = socket;
    if (!inode || !(socket.protocol === "unix" ? this.shared : this.unix).has(inode)) return;
    this.shared.add(inode);
    markSuspect(socket);
    if (this.told.has(inode)) return;
    this.told.add(inode);
    reportSuspect(inode, this.onIssue, [socket]);
  }

  /** Which of them are not only one row handed out twice. */
  private *compare(
    sources: readonly NamespaceSource[],
    inodes: ReadonlySet<number>,
    ahead: boolean,
    asking: AskingTables,
  ): Steps<void> {
    const first = new ShardedMap<UnixSocket>();
    const take = (socket: Socket): void => {
      if (socket.protocol !== "unix") return;
      const other = first.get(socket.inode);
      if (other === undefined) first.set(socket.inode, socket);
      else if (!isSame(other, socket)) this.shared.add(socket.inode);
    };
    const plan = { ...EVERYTHING, protocols: ["unix"] as const, unix: { inode: inodes } };
    for (const source of sources) yield* readTables(source, plan, ahead, [], take, asking);
  }
}

/** What cannot be read is told by the reading that hands out the rows. */
const EVERYTHING = { protocols: [], inet: undefined, unix: undefined, keep: undefined, onIssue: () => {} };
