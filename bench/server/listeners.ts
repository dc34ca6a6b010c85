import { createInterface } from "node:readline";
import { setTimeout as after } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Place } from "../case.ts";
import { markdownTable, time } from "../report.ts";
import { startCrowd } from "../shapes/crowd.ts";
import { start } from "../tools/program.ts";
import { cpuOf, rssOf, type Served, serve } from "./programs.ts";

/** Connections that open, and as many that close, a second: one in a hundred of the sockets. */
const RATE = 25;

const ASKED: readonly (readonly [what: string, query: string])[] = [
  ["all, in numbers, as there are more than 5,000", ""],
  ["rows of 5,000 connections", "filter=state+established+and+src+127.1.0.0/16"],
  ["rows of what listens", "filter=state+listening"],
  ["rows that change", "filter=src+127.0.0.1+and+dst+127.0.0.1"],
];

/** What a hundred who listen to what comes and goes cost the server, with 10,000 sockets of which one in a hundred is new each second. */
export async function listenersTable(place: Place, seconds: number): Promise<string> {
  await using _ = await startCrowd(place, { processes: 4, connections: 1250 });
  const churn = start(process.execPath, [programOf("../live/churn-child.js"), `${RATE}`], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  await createInterface({ input: churn.stdout! })[Symbol.asyncIterator]().next();
  const rows: string[][] = [];
  {
    await using server = await serve();
    rows.push(await listened(server, "nobody", [], seconds));
  }
  for (const [what, query] of ASKED) {
    await using server = await serve();
    rows.push(await listened(server, what, [[query, 100]], seconds));
  }
  {
    await using server = await serve();
    const each = ASKED.map(([, query]) => [query, 25] as const);
    rows.push(await listened(server, "25 of each", each, seconds));
  }
  churn.stdin!.end();
  return markdownTable(["a hundred listen to", "of a core", "MB in memory", "kB a second to each"], rows, 1);
}

async function listened(
  server: Served,
  what: string,
  groups: readonly (readonly [query: string, count: number])[],
  seconds: number,
): Promise<string[]> {
  const clients = groups.map(
    ([query, count]) => new Clients(`${server.url}api/v1/events?view=sockets&${query}`, count),
  );
  for (const one of clients) await one.ready();
  await after(2000);
  const before = cpuOf(server);
  const began = performance.now();
  await after(seconds * 1000);
  const took = performance.now() - began;
  const cpu = (cpuOf(server) - before) / took;
  const rss = rssOf(server);
  let bytes = 0;
  for (const one of clients) bytes += await one.end();
  return [
    what,
    `${(cpu * 100).toFixed(1)} %`,
    time(rss),
    clients.length === 0 ? "" : time(bytes / 100 / (took + 2000)),
  ];
}

/** A process of clients. */
class Clients {
  readonly #child;
  readonly #lines;

  constructor(url: string, count: number) {
    this.#child = start(process.execPath, [programOf("./clients-child.js"), url, `${count}`], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.#lines = createInterface({ input: this.#child.stdout! })[Symbol.asyncIterator]();
  }

  /** All listen. */
  async ready(): Promise<void> {
    const { done } = await this.#lines.next();
    if (done === true) throw new Error("clients could not listen");
  }

  /** How many bytes they were sent. */
  async end(): Promise<number> {
    this.#child.stdin!.end();
    return Number((await this.#lines.next()).value);
  }
}

function programOf(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}
