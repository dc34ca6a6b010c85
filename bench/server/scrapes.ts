import { fileURLToPath } from "node:url";
import { markdownTable, time } from "../report.ts";
import { median } from "../statistics.ts";
import { Coprocess } from "../tools/coprocess.ts";
import type { Longest } from "../tools/holds.ts";
import { nodeExporter, serve } from "./programs.ts";
import { scrape, scrapes, type Times } from "./scrape.ts";
import { Serving } from "./serving.ts";

/** Collectors whose files are of one size, however many sockets there are. */
const COUNTERS = ["arp", "conntrack", "netclass", "netdev", "netstat", "sockstat", "softnet", "udp_queues"]
  .map((name) => `collect[]=${name}`)
  .join("&");

/** A pause in which the look before is not young enough any more. */
const LATER = 5;

/** How old a look may be, milliseconds, where fifty are to share one: longer than it takes until all of them have asked. */
const YOUNG = 100;

type Row = readonly [what: string, who: string, times: Times, note: string];

/** What one scrape takes: ours and node_exporter's, of counters and of all. */
export async function scrapesTable(rounds: number): Promise<string> {
  const few = Math.max(3, Math.ceil(rounds / 8));
  const rows: Row[] = [];
  {
    await using ours = await serve(["--enable", "tcpstat", "--max-age", "1ms"]);
    await using theirs = await nodeExporter();
    const ask = async (what: string, query: string, count: number): Promise<void> => {
      rows.push([what, "`procnet serve`", await scrapes(`${ours.url}metrics?${query}`, count, LATER), ""]);
      rows.push([what, "node_exporter", await scrapes(`${theirs.url}metrics?${query}`, count, LATER), ""]);
    };
    await ask("counters alone", COUNTERS, rounds);
    await ask("states of TCP by node_exporter's collector `tcpstat`, no owners", "collect[]=tcpstat", few);
  }
  {
    await using ours = await serve(["--max-age", "1h"]);
    rows.push(["all, of the look before", "`procnet serve`", await scrapes(`${ours.url}metrics`, rounds, LATER), ""]);
  }
  rows.push(await fresh(few));
  const { one, all } = await fiftyAtOnce(few);
  const ratio = `${(all.p50 / one.p50).toFixed(2)} times one`;
  rows.push(
    ["… one", "`procnet serve`", one, ""],
    ["… fifty at once, the last of them", "`procnet serve`", all, ratio],
  );
  const cells = rows.map(([what, who, { p50, p99, bytes }, note]) => [
    what,
    who,
    note,
    time(p50),
    time(p99),
    (bytes / 1000).toFixed(1),
  ]);
  return markdownTable(["what", "", "", "median ms", "99 % within, ms", "kB"], cells, 3);
}

/** A look for each scrape, beside a refresh of `sockets()` of the same in turns. */
async function fresh(rounds: number): Promise<Row> {
  await using ours = await Serving.start(1);
  const refresh = new Coprocess(process.execPath, [fileURLToPath(new URL("./refresh-child.js", import.meta.url))]);
  const ratios: number[] = [];
  const taken: Times[] = [];
  for (let warm = 0; warm < 5; warm++) {
    await refresh.ask();
    await scrape(`${ours.url}metrics`, false);
  }
  for (let round = 0; round < rounds; round++) {
    const { ms } = await refresh.ask();
    const answer = await scrapes(`${ours.url}metrics`, 1, LATER, 0);
    taken.push(answer);
    ratios.push(answer.p50 / ms);
  }
  refresh.end();
  await ours.ask("hold");
  for (let round = 0; round < rounds; round++) await scrapes(`${ours.url}metrics`, 1, LATER, 0);
  const { longest, withoutCollector } = await ours.ask<Longest>("held");
  const sorted = taken.map(({ p50 }) => p50).sort((a, b) => a - b);
  const times = { p50: median(sorted), p99: sorted.at(-1)!, bytes: Math.max(...taken.map(({ bytes }) => bytes)) };
  const held = `loop held ${time(longest)} ms at most, ${time(withoutCollector)} without V8's collector`;
  return [
    "all, of a look of its own",
    "`procnet serve`",
    times,
    `${median(ratios).toFixed(2)} times a refresh of sockets(); ${held}`,
  ];
}

/** Fifty connections that ask at the same time, and one, in turns. */
async function fiftyAtOnce(rounds: number): Promise<{ one: Times; all: Times }> {
  await using ours = await serve(["--max-age", `${YOUNG}ms`]);
  const url = `${ours.url}metrics`;
  await scrapes(url, 1);
  const one: number[] = [];
  const all: number[] = [];
  let bytes = 0;
  for (let round = 0; round < rounds; round++) {
    await later(2 * YOUNG);
    const answer = await scrape(url, false);
    one.push(answer.ms);
    bytes = Math.max(bytes, answer.bytes);
    await later(2 * YOUNG);
    const answers = await Promise.all(Array.from({ length: 50 }, () => scrape(url, false)));
    all.push(Math.max(...answers.map(({ ms }) => ms)));
  }
  const timesOf = (ms: readonly number[]): Times => ({ p50: median(ms), p99: Math.max(...ms), bytes });
  return { one: timesOf(one), all: timesOf(all) };
}

function later(ms: number): Promise<void> {
  return new Promise((due) => setTimeout(due, ms));
}
