import {
  type BaseProcFs,
  HealthMonitor,
  History,
  historyValues,
  type Limits,
  limits,
  ratesBetween,
  type Sample,
  SocketList,
  type SocketProtocol,
  type SocketSource,
  takeSample,
  type Watch,
  type WatchItem,
  watch,
} from "procnet";
import { Tally } from "../../commands/tally.ts";
import type { Namespaces } from "../../commands/where.ts";
import { type InSteps, inSlices, STEP } from "../table/slices.ts";
import type { Picture } from "./picture.ts";
import type { TrafficLooks } from "./traffic.ts";

/** Where is looked, and for what. */
export interface LookerOptions {
  readonly procfs: BaseProcFs;
  /** A process whose network namespace counters and health are of; the own by default. */
  readonly pid: number | undefined;
  readonly namespaces: Namespaces["read"];
  readonly owners: boolean;
  /** Who is asked for sockets before procfs. */
  readonly source: SocketSource | undefined;
  /** Tables whose sockets are shown unless all are wanted. */
  readonly usual: ReadonlySet<SocketProtocol>;
  /** What tells of traffic; `undefined` where the kernel is not asked. */
  readonly traffic: TrafficLooks | undefined;
}

/** Milliseconds for which settings of the kernel are not read again. */
const SETTLED = 10_000;

/** Looks, whenever it is asked to: at sockets and owners, at counters, and at what is wrong. */
export class Looker {
  private readonly options: LookerOptions;
  private namespaces: LookerOptions["namespaces"];
  private source: LookerOptions["source"];
  private watched: Watch;
  private readonly monitor = new HealthMonitor();
  private readonly history = new History();
  private readonly closed = new SocketList();
  private before: Sample | undefined;
  private settings: Limits | undefined;
  private settledAt = Number.NEGATIVE_INFINITY;
  private missed: number | undefined;

  constructor(options: LookerOptions) {
    this.options = options;
    this.namespaces = options.namespaces;
    this.source = options.source;
    this.watched = this.begun();
    options.traffic?.lookIn(options.namespaces);
  }

  /** Looks at sockets of other network namespaces from now on. */
  async lookIn(namespaces: LookerOptions["namespaces"]): Promise<void> {
    this.namespaces = namespaces;
    this.options.traffic?.lookIn(namespaces);
    await this.beginAnew();
  }

  /** Asks somebody else from now on. */
  async ask(source: LookerOptions["source"]): Promise<void> {
    this.source = source;
    await this.beginAnew();
  }

  private async beginAnew(): Promise<void> {
    const before = this.watched;
    this.watched = this.begun();
    this.closed.begin([]);
    this.missed = undefined;
    await before.return();
  }

  private begun(): Watch {
    const { procfs, owners } = this.options;
    const { namespaces, source } = this;
    return watch({
      ...(source && { source }),
      procfs,
      protocol: "all",
      namespaces,
      owners: owners ? "all" : false,
      interval: 1, // when to look is decided by whoever asks
      onIssue: () => {},
    });
  }

  /** Looks once. Of the first look `early` is told as soon as sockets are known: what is wrong takes longer. `undefined` where it was ended meanwhile. */
  async look(early: (picture: Picture) => void): Promise<Picture | undefined> {
    const began = performance.now();
    const { watched } = this;
    const { value: item } = await watched.next();
    if (item === undefined || watched !== this.watched) return undefined;
    const sockets = await this.socketsOf(item, began);
    if (item.kind === "snapshot") early(sockets);
    const sample = await this.sample();
    const rates = ratesBetween(this.before, sample);
    this.history.add(item.at.getTime(), historyValues(item.counts, rates.rates));
    await turn();
    const health = this.monitor.add(sample, this.settings);
    this.before = sample;
    return { ...sockets, sample, rates, health, limits: this.settings, took: performance.now() - began };
  }

  /** Ends threads and closes files. */
  async close(): Promise<void> {
    this.options.traffic?.close();
    await this.watched.return();
  }

  private async socketsOf(item: WatchItem, began: number): Promise<Picture> {
    const { sockets } = this.watched;
    const now = performance.now();
    if (item.kind === "batch") {
      this.count(item);
      this.closed.apply({ opened: [], closed: item.closed, changed: [], traces: [] }, now);
    }
    const closed = this.closed.rows(now);
    const times = new Map(closed.map((socket) => [socket, this.closed.closedAt(socket)]));
    const [usual, all] = (await inSlices(tallied(sockets, this.options.usual)))!;
    const unread = item.skipped.filter(({ what, code }) => what !== "process" && code !== "ESRCH");
    return {
      at: item.at,
      took: performance.now() - began,
      sockets,
      closed,
      closedAt: (socket) => times.get(socket),
      now,
      tally: { usual, all },
      missed: this.missed,
      sample: this.before,
      rates: undefined,
      health: undefined,
      limits: this.settings,
      traffic: this.options.traffic?.latest,
      history: this.history,
      unread: unread.map(({ message }) => message),
    };
  }

  /** Of a namespace of which it is not known nothing is added: it may have just come. */
  private count({ missed }: Extract<WatchItem, { readonly kind: "batch" }>): void {
    for (const { connections } of missed) if (connections !== undefined) this.missed = (this.missed ?? 0) + connections;
  }

  private async sample(): Promise<Sample> {
    const { procfs, pid } = this.options;
    const where = { procfs, ...(pid !== undefined && { pid }) };
    const sample = await takeSample({ ...where, sockets: this.watched.sockets });
    if (performance.now() - this.settledAt >= SETTLED) {
      this.settings = limits(where);
      this.settledAt = performance.now();
    }
    return sample;
  }
}

/** Lets keys be taken. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function* tallied(sockets: Watch["sockets"], usual: ReadonlySet<SocketProtocol>): InSteps<readonly [Tally, Tally]> {
  const [some, all] = [new Tally(), new Tally()];
  for (let at = 0; at < sockets.length; at++) {
    if (at % STEP === STEP - 1) yield;
    const socket = sockets[at]!;
    if (usual.has(socket.protocol)) some.take(socket);
    all.take(socket);
  }
  return [some, all];
}
