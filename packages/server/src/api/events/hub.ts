import { randomBytes } from "node:crypto";
import { LookCosts } from "procnet";
import { Problem } from "../../problem.ts";
import type { Look, Sampler } from "../../sampler/sampler.ts";
import type { TrafficTelling } from "../../traffic/feed.ts";
import { STALLED } from "../stream.ts";
import { type Asked, Channel, type ChannelOptions } from "./channel.ts";
import { Client, type Told, toldFrom } from "./client.ts";
import type { Telling } from "./telling.ts";

/** Clients at most. */
const MOST_CLIENTS = 100;

/** Channels without clients that are kept for those who come back, and for how long, milliseconds: each look costs as if somebody listened. */
const MOST_IDLE = 8;
const LONGEST_IDLE = 30_000;

/** Rows of looks that are kept at most: of 100,000 sockets three looks. */
const MOST_KEPT = 300_000;

/** A look begins so long after the last one at the earliest, milliseconds. */
const INTERVAL = 1000;

const HEARTBEAT = 15_000;
const BEAT: Told = { bytes: Buffer.from(": still here\n\n") };
const FAILED: Told = { bytes: Buffer.from('event: failure\ndata: {"message":"the last look failed"}\n\n') };

/** What a hub is made with; times are in milliseconds. */
export interface HubOptions {
  readonly sampler: Sampler;
  /** Name of the machine. */
  readonly host?: string | undefined;
  /** Whether traffic may be asked for. */
  readonly traffic: () => Promise<TrafficTelling>;
  readonly interval?: number;
  readonly heartbeat?: number;
  readonly stalled?: number;
  /** Rows of looks that are kept for clients who have not taken all parts of them, at most. */
  readonly mostKept?: number;
  /** Called with each look while somebody listens. */
  readonly onLook?: (look: Look) => void;
  readonly now?: () => number;
}

/** What a client asks for. */
export interface Joining {
  readonly asked: Asked;
  /** Of the last event that it has seen. */
  readonly lastId: string | undefined;
  readonly hangUp: () => unknown;
}

/** All who listen to events. It looks as long as somebody listens. */
export class Hub {
  private readonly sampler: Sampler;
  private readonly times: Required<Pick<HubOptions, "interval" | "heartbeat" | "stalled">>;
  private readonly mostKept: number;
  private readonly onLook: (look: Look) => void;
  private readonly now: () => number;
  private readonly costs = new LookCosts();
  private readonly channels = new Map<string, Channel>();
  private readonly clients = new Set<Client>();
  /** Tells looks of this server from those of one that ran before. */
  private readonly epoch = randomBytes(6).toString("hex");
  private readonly options: ChannelOptions;
  /** The last look that clients were told of. */
  private look: Look | undefined;
  /** One thing at a time: looks are told in their order, and a snapshot is made between two of them. */
  private turn: Promise<unknown> = Promise.resolve();
  private stop: (() => void) | undefined;

  constructor(options: HubOptions) {
    const { sampler, interval = INTERVAL, heartbeat = HEARTBEAT, stalled = STALLED, mostKept = MOST_KEPT } = options;
    this.sampler = sampler;
    this.times = { interval, heartbeat, stalled };
    this.mostKept = mostKept;
    this.onLook = options.onLook ?? (() => {});
    this.now = options.now ?? (() => performance.now());
    const { host, traffic } = options;
    this.options = { epoch: this.epoch, interval: () => this.pause, host, traffic };
  }

  /** How many listen. */
  get size(): number {
    return this.clients.size;
  }

  /** Questions that are answered with each look: those of clients, and of some who left lately. */
  get questions(): number {
    return this.channels.size;
  }

  /** What a new client reads. */
  async join({ asked, lastId, hangUp }: Joining): Promise<ReadableStream<Uint8Array>> {
    if (this.clients.size >= MOST_CLIENTS) throw new Problem(503, `${MOST_CLIENTS} clients listen already`);
    const channel = this.channelOf(asked);
    const client: Client = new Client({
      now: this.now,
      hangUp,
      snapshot: () => this.inTurn(() => channel.snapshot(this.look!)),
      more: (rest) => this.inTurn(() => toldFrom(rest)),
      onEnd: () => this.leave(client, channel),
    });
    this.clients.add(client);
    // Until it is told of looks itself: the first may take long, and many may begin meanwhile.
    channel.joining.add(client);
    this.start();
    try {
      const look = await this.sampler.lookOf(this.times.interval);
      await this.inTurn(async () => {
        await this.tell(look);
        const missed = lastId === undefined ? undefined : channel.since(this.numberOf(lastId), this.look!);
        if (missed === undefined) client.begin(await channel.snapshot(this.look!));
        else for (const told of missed) client.tell(told);
        channel.clients.add(client);
        channel.joining.delete(client);
      });
    } catch (error) {
      client.drop();
      throw error;
    }
    return client.body;
  }

  /** Ends all. */
  close(): void {
    for (const client of [...this.clients]) client.close();
    this.channels.clear();
  }

  private channelOf(asked: Asked): Channel {
    const { question, grouped, views, ...rest } = asked;
    const { text, protocols, expose } = question;
    const key = JSON.stringify([[...views].sort(), text, [...protocols], [...grouped.protocols], expose, rest]);
    const channel = this.channels.get(key) ?? new Channel(asked, this.options);
    this.channels.delete(key);
    this.channels.set(key, channel);
    const idle = [...this.channels].filter(([, one]) => one !== channel && one.isIdle);
    for (const [name] of idle.slice(0, Math.max(0, idle.length - MOST_IDLE))) this.channels.delete(name);
    return channel;
  }

  /** -1 for what is no id of this server. */
  private numberOf(id: string): number {
    const [, number] = new RegExp(`^${this.epoch}\\.(\\d{1,15})$`).exec(id) ?? [];
    return number === undefined ? -1 : Number(number);
  }

  private leave(client: Client, channel: Channel): void {
    channel.clients.delete(client);
    channel.joining.delete(client);
    if (channel.isIdle) channel.forget(this.now());
    this.clients.delete(client);
    if (this.clients.size > 0) return;
    this.stop?.();
    this.stop = undefined;
  }

  private start(): void {
    if (this.stop !== undefined) return;
    const silent = this.sampler.listen((look) => void this.inTurn(() => this.tell(look)));
    const sweeping = setInterval(() => this.sweep(), Math.min(1000, this.times.stalled, this.times.heartbeat));
    let looking: NodeJS.Timeout | undefined;
    let isOver = false;
    const round = async (): Promise<void> => {
      await this.lookAgain();
      if (!isOver) looking = setTimeout(round, this.pause);
    };
    looking = setTimeout(round, this.times.interval);
    this.stop = () => {
      isOver = true;
      clearTimeout(looking);
      clearInterval(sweeping);
      silent();
    };
  }

  /** Milliseconds until the next look. */
  private get pause(): number {
    return this.costs.distance(this.times.interval);
  }

  private async lookAgain(): Promise<void> {
    try {
      await this.sampler.lookOf(this.times.interval / 2);
      await this.turn;
    } catch {
      for (const client of this.clients) client.tell(FAILED);
    }
  }

  private sweep(): void {
    for (const client of [...this.clients]) {
      if (client.isStalled(this.times.stalled)) client.close();
      else client.beat(BEAT, this.times.heartbeat);
    }
    this.relieve();
  }

  /** Lets go of those who are slowest with the parts of a look, where others keep too many rows of other looks. */
  private relieve(): void {
    const kept = new Set<Telling>([...this.clients].flatMap((client) => client.untold()));
    let rows = [...kept].reduce((sum, { length }) => sum + length, 0);
    for (const telling of [...kept].sort((a, b) => a.number - b.number)) {
      if (rows <= this.mostKept) return;
      for (const client of [...this.clients]) if (client.untold().includes(telling)) client.close();
      rows -= telling.length;
    }
  }

  /** Tells clients of a look, once. */
  private async tell(look: Look): Promise<void> {
    const last = this.look;
    if (last !== undefined && look.number <= last.number) return;
    this.look = look;
    this.costs.took(look.item.took);
    this.onLook(look);
    const isNext = last !== undefined && look.number === last.number + 1;
    const longAgo = this.now() - LONGEST_IDLE;
    // Those of now: a client who comes meanwhile puts its channel behind the others, where it would be met a second time.
    for (const [key, channel] of [...this.channels]) {
      if (channel.isIdle && channel.leftAt < longAgo) this.channels.delete(key);
      else if (isNext) await channel.take(look);
      else channel.restart();
    }
  }

  private inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => {});
    return done;
  }
}
