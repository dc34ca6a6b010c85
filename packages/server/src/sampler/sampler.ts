import {
  type BaseProcFs,
  baseProcFs,
  type Health,
  HealthMonitor,
  limits,
  type Sample,
  takeSample,
  type Watch,
  type WatchedSocket,
  type WatchItem,
  type WatchRead,
  watch,
} from "procnet";
import { turn } from "../api/turns.ts";
import type { Family } from "../metrics/family.ts";
import { OwnMetrics, type OwnOptions } from "../own/own.ts";
import { Shared } from "./shared.ts";

/** What one look found, and all that is made of it. */
export interface Look {
  /** Its number, from 1: the next look has the next one. */
  readonly number: number;
  /** What was different from the look before. */
  readonly item: WatchItem;
  /** What was read, and with which rights. */
  readonly read: WatchRead;
  /** Counters of the network namespace that is looked at, and those of the look before. */
  readonly sample: Sample;
  readonly before: Sample | undefined;
  /** All sockets of all network namespaces. */
  readonly sockets: readonly WatchedSocket[];
  /** What is wrong in the network namespace that is looked at, judged over the looks of the last minute. */
  readonly health: Health;
  /** Metrics of the sockets. */
  readonly families: readonly Family[];
}

/** What a sampler is made with. */
export interface SamplerOptions extends OwnOptions {
  /** The procfs to look at; that of this machine by default. */
  readonly procfs?: BaseProcFs;
  /** A process whose network namespace counters and health are of; the own by default. */
  readonly pid?: number | undefined;
}

/** The one who looks, for all clients: however many ask at a time, it looks once. */
export class Sampler {
  /** Where it looks. */
  readonly procfs: BaseProcFs;
  readonly pid: number | undefined;
  private readonly watched: Watch;
  private readonly monitor = new HealthMonitor();
  private readonly shared: Shared<Look>;
  private readonly own: OwnMetrics;
  private readonly listeners = new Set<(look: Look) => void>();
  private last: Look | undefined;

  constructor({ procfs = baseProcFs(), pid, ...own }: SamplerOptions) {
    this.procfs = procfs;
    this.pid = pid;
    this.watched = watch({ procfs, protocol: "all", namespaces: "all", interval: 1 });
    this.own = new OwnMetrics(own);
    this.shared = new Shared(() => this.look());
  }

  /** What a look found that began at most so many milliseconds ago. */
  lookOf(maxAge: number): Promise<Look> {
    return this.shared.get(maxAge);
  }

  /** The last look; `undefined` before the first. It costs nothing. */
  get latest(): Look | undefined {
    return this.last;
  }

  /** Tells of each look, whoever asked for it, until what it gives is called. It asks for none itself. */
  listen(listener: (look: Look) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Ends threads and closes files. */
  async close(): Promise<void> {
    await this.watched.return();
  }

  private async look(): Promise<Look> {
    const { value: item } = await this.watched.next();
    if (item === undefined) throw new Error("the server has ended");
    const where = { procfs: this.procfs, ...(this.pid !== undefined && { pid: this.pid }) };
    const { sockets, read } = this.watched;
    const counting = this.own.count(sockets);
    const sample = await takeSample({ ...where, sockets: counting.sockets });
    const settings = limits(where);
    // Each of these holds the event loop for some milliseconds where there are many sockets: others have a turn between.
    await turn();
    const health = this.monitor.add(sample, settings);
    await turn();
    const families = await counting.done({ item, sample, limits: settings });
    const { number = 0, sample: before } = this.last ?? {};
    const look = { number: number + 1, item, read: read ?? NOTHING, sample, before, sockets, health, families };
    this.last = look;
    for (const listener of this.listeners) listener(look);
    return look;
  }
}

const NOTHING: WatchRead = { namespaces: [], rights: { uid: undefined, allProcesses: false } };
