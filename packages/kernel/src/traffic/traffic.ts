import { setTimeout as sleep } from "node:timers/promises";
import { type BaseProcFs, baseProcFs, type TcpSocket } from "procnet";
import type { Placement } from "procnet/parse";
import type { DoorName } from "../door/door.ts";
import { openDoor } from "../door/open.ts";
import { otherProcfs } from "../source/other-procfs.ts";
import type { Moved } from "./figures.ts";
import { TrafficNamespaces } from "./namespaces.ts";
import { type KernelTotals, sumOfTotals } from "./totals.ts";
import { Owning } from "./whose.ts";

/** Options of {@link traffic}; all optional. */
export interface TrafficOptions {
  /** Milliseconds from the beginning of a look to that of the next: 1,000 by default. */
  readonly every?: number;
  /** Only connections of this family, or of these: both by default. */
  readonly protocol?: "tcp" | "tcp6" | readonly ("tcp" | "tcp6")[];
  /**
   * Network namespaces: the reader's own (the default), all that can be entered, or these numbers. Those in which a process is since are
   * found within 3 s, and count from then on: whether one is new nobody can tell. One that has ended is kept for up to 3 s.
   */
  readonly namespaces?: "current" | "all" | readonly number[];
  /** Whether the kernel is to tell of connections that close, so that short ones count too: `true` by default. Linux 4.2 and later do. */
  readonly closings?: boolean;
  /** The procfs that processes are of; that of this machine by default. */
  readonly procfs?: BaseProcFs;
  /** Ends it, without an error. */
  readonly signal?: AbortSignal;
  /** Ends it with a last look, which is taken at once. */
  readonly until?: AbortSignal;
  /** Through which interface of the runtime. */
  readonly door?: DoorName;
}

/** What a connection sent and received between two looks. */
export interface ConnectionTraffic extends Moved, Placement {
  /** The connection as it is now, with its owners and figures: `tcpInfo.rtt` is its round-trip time in microseconds. */
  readonly socket: TcpSocket;
  /** Whether the other side opened it, as far as a listener on its port tells. */
  readonly isAccepted: boolean;
  /** Whether it has closed meanwhile: these are its last figures, and its owners those of the last look. */
  readonly isClosed: boolean;
  /** Whether no look saw it, so that its owners are those of the listener on its port. */
  readonly isGuessed: boolean;
}

/** What was seen between two looks. */
export interface TrafficLook {
  /** When the later one began. */
  readonly takenAt: Date;
  /** Seconds between them, by a clock that never goes back. */
  readonly seconds: number;
  /** Connections that sent or received something, those that closed among them. */
  readonly connections: readonly ConnectionTraffic[];
  /** How many connections there are, those that did nothing too. */
  readonly open: number;
  /** How many closed since the look before. */
  readonly closed: number;
  /**
   * How many closed without that their last figures were told: what they did since the look before is not seen. Where ends are heard of these
   * are those whose process reset them (SO_LINGER of 0), and where `isOverrun` those whose end was not heard.
   */
  readonly lost: number;
  /** Whether more connections closed than the kernel could tell of: some that no look saw are missing. */
  readonly isOverrun: boolean;
  /** What the kernel counted in all: it has what is not seen, as UDP. Of several namespaces the sum, of those that both looks saw. */
  readonly totals: KernelTotals | undefined;
  /** How many network namespaces were looked at. */
  readonly namespaces: number;
  /** What could not be looked at, and why. */
  readonly notes: readonly string[];
}

/** What a timer takes. */
const LONGEST = 2 ** 31 - 1;

/** Milliseconds after which the kernel is relieved of what it has to tell of connections that closed. */
const HEAR = 100;

/**
 * Bytes that TCP connections send and receive, and whose they are, from look to look. The first is yielded after the second look. UDP is not
 * seen: `totals` has it. A connection that no look saw is told of when it closes, with the owner of the listener on its port; who opened
 * one to another machine and closed it between two looks is not known.
 *
 * @throws NoDoor, KernelError; TypeError for a procfs of another pid or network namespace, RangeError for options that are none
 * @example
 * ```ts
 * import { traffic } from "@procnet/kernel";
 * for await (const { connections, seconds } of traffic({ namespaces: "all" })) {
 *   for (const { socket, sent, received } of connections)
 *     console.log(socket.owners?.[0]?.program, Math.round(sent / seconds), Math.round(received / seconds));
 *   break;
 * }
 * ```
 */
export async function* traffic(options: TrafficOptions = {}): AsyncGenerator<TrafficLook, void, undefined> {
  const { every = 1000, signal, procfs = baseProcFs(), namespaces = "current", closings = true } = options;
  const { until, protocol = ["tcp", "tcp6"] } = options;
  if (!(every >= 0 && every <= LONGEST)) throw new RangeError(`every: ${every} is not a number of milliseconds`);
  const ends = AbortSignal.any([signal, until].filter((one) => one !== undefined));
  const other = otherProcfs(procfs.root);
  if (other !== undefined) throw new TypeError(`traffic: the kernel tells of this machine as it is here: ${other}`);
  const door = openDoor(options.door);
  const wanted = { namespaces, closings, protocols: [protocol].flat() };
  const places = new TrafficNamespaces(door, procfs, wanted);
  const owning = new Owning(door, procfs);
  try {
    let last: number | undefined;
    for (let isLast = false; !isLast && signal?.aborted !== true; ) {
      isLast = until?.aborted === true;
      const at = performance.now();
      const takenAt = new Date();
      const notes = new Set<string>();
      const seen = await places.seen((why) => void notes.add(why));
      const connections = await owning.of(seen, undefined);
      if (last !== undefined) {
        const told = seen.map(([, { totals }]) => totals);
        const sum = (name: "closed" | "lost"): number => seen.reduce((all, [, one]) => all + one[name], 0);
        yield {
          takenAt,
          seconds: (at - last) / 1000,
          connections,
          open: seen.reduce((all, [{ open }]) => all + open, 0),
          closed: sum("closed"),
          lost: sum("lost"),
          isOverrun: seen.some(([, { isOverrun }]) => isOverrun),
          totals: sumOfTotals(told),
          namespaces: seen.filter(([{ isOver }]) => !isOver).length,
          notes: [...places.notes, ...notes],
        };
      }
      last = at;
      if (!isLast) await untilNext(at + every, places, ends);
    }
  } finally {
    await places.close();
    owning.close();
  }
}

/** Waits, and hears meanwhile of what closes. */
async function untilNext(due: number, places: TrafficNamespaces, ends: AbortSignal): Promise<void> {
  for (;;) {
    const isMore = places.hear();
    const left = due - performance.now();
    if (left <= 0 || ends.aborted) return;
    const pause = isMore ? 0 : Math.min(left, HEAR);
    await sleep(pause, undefined, { signal: ends }).catch(() => {});
  }
}
