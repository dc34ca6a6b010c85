import type { WatchedOwner, WatchedSocket } from "../../live/watch/batch.ts";
import { stateOf } from "../states.ts";
import { distinct, FindingsAbout, type RowFinding } from "./about.ts";
import { ChosenPorts } from "./chosen-ports.ts";
import type { GroupContext } from "./context.ts";
import { type GroupCounts, Groups } from "./counts.ts";

/** What is shown of whose sockets are added up: a process, or a program where processes are not told. */
export type ShownOwner = Pick<WatchedOwner, "program"> & Partial<Omit<WatchedOwner, "program" | "fds" | "ended">>;

/** A process with what its sockets add up to. */
export type ProcessRow = ShownOwner &
  GroupCounts & {
    /**
     * Ports on which it waits for connections or datagrams, ascending. Of UDP without those that the kernel chooses: a program that asks
     * a server has such a socket as well, and nothing tells the two apart.
     */
    readonly listens: readonly number[];
    /** Descriptors that it has open; absent where that was not looked at. */
    readonly descriptors?: number | undefined;
    /** Most that it may open, its soft limit; absent where that was not looked at, and without one. */
    readonly descriptorLimit?: number | undefined;
    /** What is wrong that it has to do with. */
    readonly findings: readonly RowFinding[];
  };

/** How owners are told apart and shown. */
export interface ProcessGroupsOptions extends GroupContext {
  /** What tells owners apart; the number of the process and when it began by default. */
  readonly key?: (owner: WatchedOwner) => string;
  /** What is shown of an owner; all but its descriptors by default. */
  readonly shown?: (owner: WatchedOwner) => ShownOwner;
}

/** What sockets of one owner have in common, in the making. */
type Fields = ShownOwner & { readonly ports: Set<number>; readonly pids: Set<number> };

/**
 * Sockets added up by who holds them, one after the other: for those who cannot go through all at once. A socket that several hold
 * counts for each.
 *
 * @example
 * ```ts
 * import { sockets } from "procnet";
 * import { ProcessGroups } from "procnet/view";
 * const groups = new ProcessGroups();
 * for (const socket of (await sockets()).sockets) groups.take(socket);
 * console.log(groups.rows()[0]?.program);
 * ```
 */
export class ProcessGroups {
  private readonly groups = new Groups<Fields>();
  private readonly about: FindingsAbout;
  private readonly options: ProcessGroupsOptions;
  private readonly chosen: ChosenPorts;

  /** Takes what is known besides. */
  constructor(options: ProcessGroupsOptions = {}) {
    this.options = options;
    this.about = new FindingsAbout(options.findings);
    this.chosen = new ChosenPorts(options);
  }

  /** Adds a socket. */
  take(socket: WatchedSocket): void {
    const { key = processKey, shown = withoutSockets } = this.options;
    for (const owner of socket.owners ?? []) {
      const make = (): Fields => ({ ...shown(owner), ports: new Set(), pids: new Set() });
      const { ports, pids } = this.groups.take(key(owner), make, socket);
      pids.add(owner.pid);
      const port = waitingPort(socket, this.chosen);
      if (port !== undefined) ports.add(port);
    }
  }

  /** How many rows there are. */
  get size(): number {
    return this.groups.size;
  }

  /** Those with the most sockets first; at most so many, all by default. */
  rows(most: number = Number.POSITIVE_INFINITY): ProcessRow[] {
    return [...this.each(most)];
  }

  /** The same one after the other, for those who cannot make all at once. */
  *each(most: number = Number.POSITIVE_INFINITY): Generator<ProcessRow, undefined> {
    const samples = new Map((this.options.processes ?? []).map((one) => [one.pid, one]));
    for (const { ports, pids, ...row } of this.groups.rows(most)) {
      const sample = row.pid === undefined ? undefined : samples.get(row.pid);
      const isSame = sample !== undefined && sample.startTime === row.startTime;
      const limit = sample?.limit;
      const findings = [...pids].flatMap((pid) => this.about.process(pid));
      yield {
        ...row,
        listens: [...ports].sort((a, b) => a - b),
        ...(isSame && { descriptors: sample.descriptors }),
        ...(isSame && limit !== undefined && Number.isFinite(limit) && { descriptorLimit: limit }),
        findings: distinct(findings),
      };
    }
  }
}

/**
 * Processes with what their sockets add up to, those with the most first.
 *
 * @example
 * ```ts
 * import { sockets } from "procnet";
 * import { processRows } from "procnet/view";
 * const [most] = processRows((await sockets({ protocol: "tcp" })).sockets);
 * console.log(most?.program, most?.sockets);
 * ```
 */
export function processRows(sockets: Iterable<WatchedSocket>, options: ProcessGroupsOptions = {}): ProcessRow[] {
  const groups = new ProcessGroups(options);
  for (const socket of sockets) groups.take(socket);
  return groups.rows();
}

function processKey({ pid, startTime }: WatchedOwner): string {
  return `${pid} ${startTime}`;
}

/** Descriptors are those of one socket, and whether the process has ended is of one look. */
function withoutSockets({ fds, ended, ...owner }: WatchedOwner): ShownOwner {
  return owner;
}

/** The port on which a socket waits for what nobody has announced: of TCP a listener, of UDP one without a peer, on a port of its own choice. */
function waitingPort(socket: WatchedSocket, chosen: ChosenPorts): number | undefined {
  switch (socket.protocol) {
    case "tcp":
    case "tcp6":
      return stateOf(socket) === "LISTEN" ? socket.localPort : undefined;
    case "udp":
    case "udp6":
    case "udplite":
    case "udplite6":
      return stateOf(socket) === "UNCONN" && !chosen.has(socket) ? socket.localPort : undefined;
    default:
      return undefined;
  }
}
