import { monotonicNow } from "../../host/monotonic.ts";
import { runAsync, type Steps } from "../../sockets/drive.ts";
import type { SocketEngine } from "../../sockets/engine.ts";
import type { SocketsOptions } from "../../sockets/options.ts";
import type { ReadNamespace, Skipped, Socket, SocketsResult } from "../../sockets/types.ts";
import type { ChangedSocket, MissedConnections, SocketChanges, WatchCount, WatchedSocket, WatchItem } from "./batch.ts";
import { StateCounts } from "./counts.ts";
import { type Difference, differenceInSteps } from "./difference.ts";
import { Doubts } from "./doubts.ts";
import { eachOnce } from "./matching.ts";
import { MissedOpenings, type OpensOf } from "./missed.ts";
import { hasEnded, opensOf } from "./opens.ts";

/** What is looked for, and what is told of it. */
export interface RoundsOptions {
  /** What the engine is asked. */
  readonly asked: SocketsOptions;
  /** Which sockets are told of. */
  readonly filter: ((socket: WatchedSocket) => boolean) | undefined;
  readonly queues: boolean;
  /** Whether all sockets of TCP are looked at, so that missed ones can be counted. */
  readonly isWhole: boolean;
}

/** Looks one after the other, of which the last one is kept. */
export class Rounds {
  private readonly engine: SocketEngine;
  private readonly options: RoundsOptions;
  private readonly missed = new MissedOpenings();
  private readonly doubts: Doubts;
  /** All sockets as they are known, each once. */
  private look: readonly WatchedSocket[] | undefined;
  private namespaces: readonly ReadNamespace[] = [];
  private rights: SocketsResult["rights"] | undefined;
  private from: Pick<SocketsResult, "source" | "sourceOf"> = {};

  constructor(engine: SocketEngine, options: RoundsOptions) {
    this.engine = engine;
    this.options = options;
    this.doubts = new Doubts(engine);
  }

  /** As of the last look; none before the first. */
  get sockets(): readonly WatchedSocket[] {
    return this.look ?? [];
  }

  /** What was read at the last look, and with which rights. */
  get read(): Pick<SocketsResult, "namespaces" | "rights" | "source" | "sourceOf"> | undefined {
    const { namespaces, rights, from } = this;
    return rights && { namespaces, rights, ...from };
  }

  /** Looks once more. */
  async next(signal: AbortSignal): Promise<WatchItem> {
    const began = monotonicNow();
    // Before the tables: see MissedOpenings.
    const opens = this.opensOf(this.namespaces);
    const result = await this.engine.sockets({ ...this.options.asked, signal });
    return runAsync(this.itemOf(result, opens, began), signal);
  }

  private *itemOf(result: SocketsResult, opens: OpensOf, began: number): Steps<WatchItem> {
    const { takenAt: at, namespaces, rights, skipped } = result;
    const { filter } = this.options;
    const changes = yield* this.changes(result, began);
    this.look = changes?.sockets ?? (yield* eachOnce(result.sockets));
    const missed = this.missedIn(opens, namespaces, changes ?? NONE);
    this.namespaces = namespaces;
    this.rights = rights;
    const { source, sourceOf } = result;
    this.from = source === undefined || sourceOf === undefined ? {} : { source, sourceOf };
    const counts = yield* this.counts();
    const round = (): { at: Date; took: number; counts: readonly WatchCount[]; skipped: readonly Skipped[] } => {
      return { at, took: monotonicNow() - began, counts, skipped };
    };
    if (changes === undefined) {
      const all = filter === undefined ? result.sockets : result.sockets.filter(filter);
      return { kind: "snapshot", ...round(), sockets: all, namespaces, rights };
    }
    const told = this.told(changes);
    return { kind: "batch", ...round(), ...told, missed };
  }

  /** Nothing of the first look. */
  private *changes({ sockets, skipped }: SocketsResult, began: number): Steps<Difference | undefined> {
    if (this.look === undefined) {
      this.doubts.next(began);
      return undefined;
    }
    const isUnread = unreadOf(skipped);
    const isDoubtful = this.doubts.next(began);
    const { queues } = this.options;
    return yield* differenceInSteps(this.look, sockets, { queues, isDoubtful, ...(isUnread && { isUnread }) });
  }

  /** What passes the filter, as it is or as it was; those that are gone with what has become of their owners. */
  private told({ opened, closed, changed, traces }: SocketChanges): SocketChanges {
    const { filter } = this.options;
    const ended = this.endedOwners();
    if (filter === undefined) return { opened, closed: closed.map(ended), changed, traces };
    const isChanged = ({ before, after }: ChangedSocket): boolean => filter(after) || filter(before);
    return {
      opened: opened.filter(filter),
      closed: closed.filter(filter).map(ended),
      changed: changed.filter(isChanged),
      traces: traces.filter(filter),
    };
  }

  /** Marks owners that have ended. Each is looked at once in a round, however many sockets it had. */
  private endedOwners(): (socket: WatchedSocket) => WatchedSocket {
    const known = new Map<string, boolean>();
    const isEnded = (pid: number, startTime: number): boolean => {
      const key = `${pid} ${startTime}`;
      const answer = known.get(key) ?? hasEnded(this.engine.procfs, pid, startTime);
      known.set(key, answer);
      return answer;
    };
    return (socket) => {
      const { owners } = socket;
      if (!owners?.some(({ pid, startTime }) => isEnded(pid, startTime))) return socket;
      return {
        ...socket,
        owners: owners.map((owner) =>
          isEnded(owner.pid, owner.startTime) ? { ...owner, ended: true as const } : owner,
        ),
      };
    };
  }

  private opensOf(namespaces: readonly ReadNamespace[]): Map<number | undefined, number | undefined> {
    if (!this.options.isWhole) return new Map();
    return new Map(namespaces.map((one) => [one.inode, opensOf(this.engine.procfs, one)]));
  }

  /** Of a namespace that is seen for the first time, counting begins with this look. */
  private missedIn(
    before: OpensOf,
    namespaces: readonly ReadNamespace[],
    changes: SocketChanges,
  ): readonly MissedConnections[] {
    if (!this.options.isWhole)
      return namespaces.map(({ inode }) => ({ namespace: inode, connections: undefined, why: "restricted" }));
    const fresh = this.opensOf(namespaces.filter(({ inode }) => !before.has(inode)));
    const read = new Map(
      namespaces.map(({ inode }) => [inode, before.has(inode) ? before.get(inode) : fresh.get(inode)]),
    );
    return this.missed.take(read, changes);
  }

  private *counts(): Steps<readonly WatchCount[]> {
    const { filter } = this.options;
    const counts = new StateCounts();
    let count = 0;
    for (const socket of this.look!) {
      if (++count % STEP === 0) yield;
      if (filter === undefined || filter(socket)) counts.take(socket);
    }
    return counts.done();
  }
}

const NONE: SocketChanges = { opened: [], closed: [], changed: [], traces: [] };

/** Sockets between two pauses. */
const STEP = 4096;

/** Which sockets are of tables that could not be read this time; `undefined` when all could. */
function unreadOf(skipped: readonly Skipped[]): ((socket: Socket) => boolean) | undefined {
  const unread = skipped.filter(({ what }) => what !== "process");
  if (unread.length === 0) return undefined;
  const places = new Set(unread.map(({ namespace, protocol }) => `${namespace} ${protocol}`));
  return ({ namespace, protocol }) => places.has(`${namespace} ${protocol}`) || places.has(`${namespace} ${undefined}`);
}
