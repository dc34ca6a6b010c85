import type { ChangedSocket, WatchedSocket } from "procnet";
import { stateOf } from "procnet/view";
import type { Look } from "../../sampler/sampler.ts";
import { eachInTurns } from "../../turns.ts";
import { documentText, healthDocument, ratesDocument } from "../documents.ts";
import { isAsked, type Question } from "../question.ts";
import { roundOf, rowText } from "../sockets.ts";
import type { Client } from "./client.ts";
import { GROUP_VIEWS, type GroupView, groupDocument } from "./groups.ts";

/** What a client can listen to. */
export type View = "sockets" | "rates" | "health" | GroupView;

/** Rows that a client is sent at most: above it gets their numbers. */
const MOST_ROWS = 5000;

/** From numbers it goes back to rows when there are so many fewer, so that it does not go to and fro. */
const FEW_ROWS = 4500;

/** Bytes of past events that are kept for clients who come back. */
const MOST_PAST = 1 << 18;

/** All clients that asked for the same: what they are sent is written once. */
export class Channel {
  readonly clients: Set<Client> = new Set();
  private readonly question: Question;
  private readonly views: ReadonlySet<View>;
  private readonly epoch: string;
  private readonly past: { readonly number: number; readonly bytes: Uint8Array }[] = [];
  private snapshotted: { readonly number: number; readonly bytes: Uint8Array } | undefined;
  /** Rows that pass the filter; `undefined` before the first look. */
  private rows: number | undefined;
  private isAggregated = false;

  constructor(question: Question, views: ReadonlySet<View>, epoch: string) {
    this.question = question;
    this.views = views;
    this.epoch = epoch;
  }

  /** Forgets what was sent: looks were missed. */
  restart(): void {
    this.past.length = 0;
    this.rows = undefined;
    for (const client of this.clients) client.restart();
  }

  /** Tells all clients of a look that is the next one. */
  async take(look: Look): Promise<void> {
    const parts = this.views.has("sockets") ? [await this.change(look)] : [];
    const bytes = this.bytesOf(look, [...parts, ...(await this.others(look))]);
    this.past.push({ number: look.number, bytes });
    let kept = this.past.reduce((sum, one) => sum + one.bytes.length, 0);
    while (kept > MOST_PAST) kept -= this.past.shift()!.bytes.length;
    for (const client of this.clients) client.tell(bytes);
  }

  /** What came after a look, for one who saw it; `undefined` where that is not known any more. */
  since(number: number, look: Look): Uint8Array[] | undefined {
    if (number === look.number) return [];
    const from = this.past.findIndex((one) => one.number === number + 1);
    return from < 0 || number > look.number ? undefined : this.past.slice(from).map(({ bytes }) => bytes);
  }

  /** All that is there, written once a look. */
  async snapshot(look: Look): Promise<Uint8Array> {
    if (this.snapshotted?.number === look.number) return this.snapshotted.bytes;
    const parts = this.views.has("sockets") ? [await this.allRows(look)] : [];
    const bytes = this.bytesOf(look, [...parts, ...(await this.others(look))]);
    this.snapshotted = { number: look.number, bytes };
    return bytes;
  }

  private bytesOf({ number }: Look, events: readonly (readonly [event: string, data: string])[]): Uint8Array {
    const id = `${this.epoch}.${number}`;
    return Buffer.from(events.map(([event, data]) => `event: ${event}\nid: ${id}\ndata: ${data}\n\n`).join(""));
  }

  private async others(look: Look): Promise<[string, string][]> {
    const { expose } = this.question;
    const groups: [string, string][] = [];
    for (const view of GROUP_VIEWS) {
      if (this.views.has(view)) groups.push([view, await groupDocument(view, look, expose)]);
    }
    return [
      ...groups,
      ...(this.views.has("rates") ? [["rates", ratesDocument(look, "moving")] as [string, string]] : []),
      ...(this.views.has("health") ? [["health", healthDocument(look, expose)] as [string, string]] : []),
    ];
  }

  private async allRows(look: Look): Promise<readonly [string, string]> {
    const asked = await this.passing(look.sockets);
    this.rows = asked.length;
    this.isAggregated = asked.length > (this.isAggregated ? FEW_ROWS : MOST_ROWS);
    const { duration: took, ...round } = roundOf(look, this.question.expose);
    const fields = { phase: "snapshot", at: look.item.at, took, ...round, matched: asked.length };
    if (this.isAggregated)
      return ["snapshot", documentText("watch", { ...fields, aggregated: true, counts: countsOf(asked) })];
    const head = documentText("watch", fields);
    return ["snapshot", `${head.slice(0, -1)},"sockets":${await this.texts(asked)}}`];
  }

  private async change(look: Look): Promise<readonly [string, string]> {
    const { item } = look;
    if (item.kind === "snapshot" || this.rows === undefined || this.isAggregated) return this.allRows(look);
    const isIn = (socket: WatchedSocket): boolean => isAsked(this.question, socket);
    const opened = await this.passing(item.opened);
    const closed = await this.passing(item.closed);
    const traces = await this.passing(item.traces);
    const entered = item.changed.filter(({ before, after }) => !isIn(before) && isIn(after)).map(({ after }) => after);
    const left = item.changed.filter(({ before, after }) => isIn(before) && !isIn(after)).map(({ before }) => before);
    const changed = item.changed.filter(({ before, after }) => isIn(before) && isIn(after));
    this.rows += opened.length + traces.length + entered.length - closed.length - left.length;
    if (this.rows > MOST_ROWS) return this.allRows(look);
    const head = documentText("watch", {
      phase: "batch",
      at: item.at,
      took: item.took,
      matched: this.rows,
      missed: item.missed,
    });
    const lists = { opened, closed, traces, entered, left };
    let text = head.slice(0, -1);
    for (const [name, list] of Object.entries(lists)) text += `,"${name}":${await this.texts(list)}`;
    return ["diff", `${text},"changed":[${changed.map((one) => this.changeText(one)).join(",")}]}`];
  }

  private async passing(sockets: readonly WatchedSocket[]): Promise<WatchedSocket[]> {
    const asked: WatchedSocket[] = [];
    await eachInTurns(sockets, 0, (socket) => {
      if (isAsked(this.question, socket)) asked.push(socket);
    });
    return asked;
  }

  private changeText({ before, after, fields }: ChangedSocket): string {
    const { expose } = this.question;
    const both = `"before":${rowText(before, expose, undefined)},"after":${rowText(after, expose, undefined)}`;
    return `{${both},"fields":${JSON.stringify(fields)}}`;
  }

  private async texts(sockets: readonly WatchedSocket[]): Promise<string> {
    const texts: string[] = [];
    await eachInTurns(sockets, 0, (socket) => texts.push(rowText(socket, this.question.expose, undefined)));
    return `[${texts.join(",")}]`;
  }
}

function countsOf(sockets: readonly WatchedSocket[]): object[] {
  const counts = new Map<string, { readonly protocol: string; readonly state: string; sockets: number }>();
  for (const socket of sockets) {
    const state = stateOf(socket);
    const key = `${socket.protocol} ${state}`;
    const count = counts.get(key);
    if (count === undefined) counts.set(key, { protocol: socket.protocol, state, sockets: 1 });
    else count.sockets++;
  }
  return [...counts.values()];
}
