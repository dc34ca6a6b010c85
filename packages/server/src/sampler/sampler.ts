import {
  type BaseProcFs,
  baseProcFs,
  type Health,
  HealthMonitor,
  type Limits,
  limits,
  type Sample,
  type SocketSource,
  takeSample,
  type Watch,
  type WatchedSocket,
  type WatchItem,
  type WatchRead,
  watch,
} from "procnet";
import { type Family, single } from "../metrics/family.ts";
import { OWN } from "../own/definitions.ts";
import { OwnMetrics, type OwnOptions } from "../own/own.ts";
import { Problem } from "../problem.ts";
import { turn } from "../turns.ts";
import { Shared } from "./shared.ts";
import { countSockets, leastSockets, TooMany } from "./too-many.ts";

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
  /** Limits of that network namespace. */
  readonly limits: Limits;
  /** All sockets of all network namespaces. */
  readonly sockets: readonly WatchedSocket[];
  /** What is wrong in the network namespace that is looked at, judged over the looks of the last minute. */
  readonly health: Health;
  /** Metrics of the sockets. */
  readonly families: readonly Family[];
}

/** What metrics are made of: of a look, or of numbers alone. */
export interface Measured {
  readonly at: Date;
  /** How long it took, milliseconds. */
  readonly took: number;
  readonly health: Health;
  readonly families: readonly Family[];
  /** The look; `undefined` where there were too many sockets for one: then they were only counted. */
  readonly look: Look | undefined;
}

/** From so many sockets on they are only counted. */
export const MOST_SOCKETS = 250_000;

/** What a sampler is made with. */
export interface SamplerOptions extends OwnOptions {
  /** Sockets that are looked at one by one, at most: 250,000 by default. */
  readonly maxSockets?: number;
  /** The procfs to look at; that of this machine by default. */
  readonly procfs?: BaseProcFs;
  /** Who is asked for sockets before procfs. */
  readonly source?: SocketSource | undefined;
  /** A process whose network namespace counters and health are of; the own by default. */
  readonly pid?: number | undefined;
}

/** The one who looks, for all clients: however many ask at a time, it looks once. */
export class Sampler {
  /** Where it looks. */
  readonly procfs: BaseProcFs;
  /** Through which process it looks at a network namespace; `undefined` for its own. */
  readonly pid: number | undefined;
  /** Whether the kernel itself is asked for sockets. */
  readonly isKernels: boolean;
  private readonly watched: Watch;
  private readonly monitor = new HealthMonitor();
  private readonly shared: Shared<Measured>;
  private readonly tooMany: TooMany;
  private readonly maxSockets: number;
  private readonly own: OwnMetrics;
  private readonly listeners = new Set<(look: Look) => void>();
  private last: Look | undefined;
  private looks = 0;

  constructor({ procfs = baseProcFs(), source, pid, maxSockets = MOST_SOCKETS, ...own }: SamplerOptions) {
    this.procfs = procfs;
    this.pid = pid;
    this.isKernels = source !== undefined && source.ownersAlone !== true;
    this.watched = watch({
      procfs,
      protocol: "all",
      namespaces: "all",
      interval: 1,
      queues: true,
      ...(source && { source }),
    });
    this.own = new OwnMetrics(own);
    this.maxSockets = maxSockets;
    this.tooMany = new TooMany(maxSockets, () => leastSockets(pid === undefined ? procfs : procfs.process(pid)));
    this.shared = new Shared(() => (this.tooMany.ask() ? this.count() : this.measure()));
  }

  /**
   * What a look found that began at most so many milliseconds ago.
   *
   * @throws `Problem` where there are too many sockets for one
   */
  async lookOf(maxAge: number): Promise<Look> {
    const { look } = await this.shared.get(maxAge);
    if (look !== undefined) return look;
    const message = `there are more than ${this.maxSockets} sockets: they are not looked at, only counted, and /metrics has how many there are; --max-sockets says from how many on`;
    throw new Problem(503, message);
  }

  /** The same for metrics: where there are too many sockets, what is known without a look. */
  measuredOf(maxAge: number): Promise<Measured> {
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

  private get where(): { readonly procfs: BaseProcFs; readonly pid?: number } {
    return { procfs: this.procfs, ...(this.pid !== undefined && { pid: this.pid }) };
  }

  private async measure(): Promise<Measured> {
    const look = await this.look();
    const { item, health, families, sockets } = look;
    this.tooMany.found(sockets.length);
    return { at: item.at, took: item.took, health, families: [...families, single(OWN.degraded, 0)], look };
  }

  /** No socket is kept, and owners are not looked for. */
  private async count(): Promise<Measured> {
    const { procfs, where } = this;
    const [at, began] = [new Date(), performance.now()];
    // A look that was kept would be as large as the sockets of that time.
    this.last = undefined;
    const { sockets, namespaces } = await countSockets(procfs);
    this.tooMany.found(sockets);
    const sample = await takeSample({ ...where, sockets: false });
    const health = this.monitor.add(sample, limits(where));
    const families = [...(await this.own.counted(namespaces)), single(OWN.degraded, 1)];
    return { at, took: performance.now() - began, health, families, look: undefined };
  }

  private async look(): Promise<Look> {
    const { value: item } = await this.watched.next();
    if (item === undefined) throw new Error("the server has ended");
    const { where } = this;
    const { sockets, read } = this.watched;
    const counting = this.own.count(sockets);
    const sample = await takeSample({ ...where, sockets: counting.sockets });
    const settings = limits(where);
    // Each of these holds the event loop for some milliseconds where there are many sockets: others have a turn between.
    await turn();
    const health = this.monitor.add(sample, settings);
    await turn();
    const families = await counting.done({ item, sample, limits: settings });
    const before = this.last?.sample;
    const found = { item, read: read ?? NOTHING, sample, before, limits: settings, sockets, health, families };
    const look = { number: ++this.looks, ...found };
    this.last = look;
    for (const listener of this.listeners) listener(look);
    return look;
  }
}

const NOTHING: WatchRead = { namespaces: [], rights: { uid: undefined, allProcesses: false } };
