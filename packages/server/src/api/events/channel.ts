import { type ChangedSocket, QUEUE_FIELDS, type WatchedSocket } from "procnet";
import type { Look } from "../../sampler/sampler.ts";
import type { TrafficTelling } from "../../traffic/feed.ts";
import { eachInTurns } from "../../turns.ts";
import { countedOf, countsDocument } from "../counts.ts";
import { healthDocument, ratesDocument } from "../documents.ts";
import { GROUP_VIEWS, type GroupView, groupDocument } from "../groups.ts";
import { isAsked, type Question } from "../question.ts";
import { rowText } from "../row-text.ts";
import { roundOf } from "../sockets.ts";
import { type Client, type Told, toldFrom } from "./client.ts";
import { type RowList, type RowsEvent, Telling } from "./telling.ts";

/** What a client can listen to. */
export type View = "sockets" | "counts" | "rates" | "health" | GroupView;

/** What all clients of a channel asked for. */
export interface Asked {
  readonly question: Question;
  /** Which sockets are added up. */
  readonly grouped: Question;
  readonly views: ReadonlySet<View>;
  /** Rows at most: of more than these only the numbers are told. */
  readonly rows: number;
  /** Fields of a row; all without it. */
  readonly fields: readonly string[] | undefined;
  /** Whether it is an event that queues changed alone. */
  readonly queues: boolean;
}

/** What channels of one hub have in common. */
export interface ChannelOptions {
  /** Tells looks of this server from those of one that ran before. */
  readonly epoch: string;
  /** When the next look begins after one that took so long, milliseconds. */
  readonly interval: () => number;
  /** Name of the machine; `undefined` where it does not say. */
  readonly host: string | undefined;
  /** Whether traffic may be asked for. */
  readonly traffic: () => Promise<TrafficTelling>;
}

/** From numbers it goes back to rows when there are so many fewer, so that it does not go to and fro. */
const WELL_BELOW = 0.9;

/** A difference of so many rows is not told where all rows are fewer. */
const LARGE = 2000;

/** Rows of groups at most, as many as an endpoint gives unasked. */
const GROUPS = 500;

/** Bytes of past events that are kept for clients who come back. */
const MOST_PAST = 1 << 18;

/** All clients that asked for the same: what they are sent is written once. */
export class Channel {
  readonly clients: Set<Client> = new Set();
  /** Clients that wait for the first thing they are told. */
  readonly joining: Set<Client> = new Set();
  /** When the last client left, by the clock of the hub. */
  leftAt: number = Number.POSITIVE_INFINITY;
  private readonly asked: Asked;
  private readonly options: ChannelOptions;
  private readonly past: { readonly number: number; readonly bytes: Uint8Array }[] = [];
  private snapshotted: Telling | undefined;
  /** Rows that pass the filter; `undefined` before the first look. */
  private rows: number | undefined;
  private isAggregated = false;

  constructor(asked: Asked, options: ChannelOptions) {
    this.asked = asked;
    this.options = options;
  }

  /** Forgets what was sent: looks were missed. */
  restart(): void {
    this.past.length = 0;
    this.rows = undefined;
    this.snapshotted = undefined;
    for (const client of this.clients) client.restart();
  }

  /** Whether nobody listens, nor is about to. */
  get isIdle(): boolean {
    return this.clients.size === 0 && this.joining.size === 0;
  }

  /** Keeps no rows for clients who may come. */
  forget(now: number): void {
    this.snapshotted = undefined;
    this.leftAt = now;
  }

  /** Tells all clients of a look that is the next one. */
  async take(look: Look): Promise<void> {
    this.snapshotted = undefined;
    const rows = this.asked.views.has("sockets") ? await this.change(look) : undefined;
    const telling = await this.tellingOf(look, rows);
    if (rows?.event === "snapshot") this.snapshotted = telling;
    const told = await toldFrom({ telling, at: 0 });
    this.keep(look.number, told);
    for (const client of this.clients) client.tell(told);
  }

  /** What came after a look, for one who saw it; `undefined` where that is not known any more. */
  since(number: number, look: Look): Told[] | undefined {
    if (number === look.number) return [];
    const from = this.past.findIndex((one) => one.number === number + 1);
    return from < 0 || number > look.number ? undefined : this.past.slice(from).map(({ bytes }) => ({ bytes }));
  }

  /** All that is there, written once a look. */
  async snapshot(look: Look): Promise<Told> {
    if (this.snapshotted?.number !== look.number) {
      const rows = this.asked.views.has("sockets") ? await this.allRows(look) : undefined;
      this.snapshotted = await this.tellingOf(look, rows);
    }
    return toldFrom({ telling: this.snapshotted, at: 0 });
  }

  private keep(number: number, { bytes, rest }: Told): void {
    // What came in parts is not kept, so what was before is of no use either.
    if (rest !== undefined) {
      this.past.length = 0;
      return;
    }
    this.past.push({ number, bytes });
    let kept = this.past.reduce((sum, one) => sum + one.bytes.length, 0);
    while (kept > MOST_PAST) kept -= this.past.shift()!.bytes.length;
  }

  private async tellingOf(look: Look, rows: RowsEvent | undefined): Promise<Telling> {
    const { number } = look;
    return new Telling({ number, id: `${this.options.epoch}.${number}`, rows, others: await this.others(look) });
  }

  private async others(look: Look): Promise<[string, string][]> {
    const { views, question, grouped } = this.asked;
    const { expose } = question;
    const told: [string, string][] = [];
    const interval = this.options.interval();
    if (views.has("counts")) {
      const { host, traffic } = this.options;
      told.push(["counts", await countsDocument(look, { expose, interval, host, traffic: await traffic() })]);
    }
    for (const view of GROUP_VIEWS) {
      if (views.has(view)) told.push([view, await groupDocument(view, look, grouped, GROUPS)]);
    }
    if (views.has("rates")) told.push(["rates", ratesDocument(look, "moving")]);
    if (views.has("health")) told.push(["health", healthDocument(look, expose)]);
    return told;
  }

  private async allRows(look: Look): Promise<RowsEvent> {
    const { question, rows: most } = this.asked;
    const sockets = await this.passing(look.sockets);
    this.rows = sockets.length;
    this.isAggregated = sockets.length > (this.isAggregated ? most * WELL_BELOW : most);
    const { duration: took, ...round } = roundOf(look, question.expose);
    const { at } = look.item;
    const head = { phase: "snapshot", at, took, expose: question.expose, ...round, matched: sockets.length };
    const next = { phase: "rows", at };
    if (this.isAggregated) {
      const { counts } = await countedOf(sockets);
      return { event: "snapshot", head: { ...head, aggregated: true, counts }, next, lists: [] };
    }
    return { event: "snapshot", head, next, lists: [this.list("sockets", sockets)] };
  }

  private async change(look: Look): Promise<RowsEvent> {
    const { item } = look;
    if (item.kind === "snapshot" || this.rows === undefined || this.isAggregated) return this.allRows(look);
    const opened = await this.passing(item.opened);
    const closed = await this.passing(item.closed);
    const traces = await this.passing(item.traces);
    const { entered, left, changed } = await this.passed(item.changed);
    this.rows += opened.length + traces.length + entered.length - closed.length - left.length;
    const lists = [
      ...Object.entries({ opened, closed, traces, entered, left }).map(([name, rows]) => this.list(name, rows)),
      { name: "changed", length: changed.length, text: (at: number) => this.changeText(changed[at]!) },
    ];
    const told = lists.reduce((sum, { length }) => sum + length, 0);
    if (this.rows > this.asked.rows || told > Math.max(LARGE, this.rows)) return this.allRows(look);
    const { at, took, missed } = item;
    const head = { phase: "batch", at, took, matched: this.rows, missed };
    return { event: "diff", head, next: { phase: "rows", at }, lists };
  }

  private async passing(sockets: readonly WatchedSocket[]): Promise<WatchedSocket[]> {
    const asked: WatchedSocket[] = [];
    await eachInTurns(sockets, 0, (socket) => {
      if (isAsked(this.asked.question, socket)) asked.push(socket);
    });
    return asked;
  }

  /** Which sockets that changed pass the filter now, passed it before, or both. */
  private async passed(all: readonly ChangedSocket[]): Promise<{
    readonly entered: readonly WatchedSocket[];
    readonly left: readonly WatchedSocket[];
    readonly changed: readonly ChangedSocket[];
  }> {
    const { question, queues } = this.asked;
    const [entered, left, changed]: [WatchedSocket[], WatchedSocket[], ChangedSocket[]] = [[], [], []];
    await eachInTurns(all, 0, (one) => {
      const [was, is] = [isAsked(question, one.before), isAsked(question, one.after)];
      if (was && is) {
        if (queues || !one.fields.every((field) => QUEUE_FIELDS.includes(field))) changed.push(one);
      } else if (is) entered.push(one.after);
      else if (was) left.push(one.before);
    });
    return { entered, left, changed };
  }

  private list(name: string, sockets: readonly WatchedSocket[]): RowList {
    return { name, length: sockets.length, text: (at) => this.rowText(sockets[at]!) };
  }

  private rowText(socket: WatchedSocket): string {
    return rowText(socket, this.asked.question.expose, this.asked.fields);
  }

  private changeText({ before, after, fields }: ChangedSocket): string {
    return `{"before":${this.rowText(before)},"after":${this.rowText(after)},"fields":${JSON.stringify(fields)}}`;
  }
}
