import { execFile } from "node:child_process";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import type { Place } from "../case.ts";
import { describeMachine } from "../machine.ts";
import { markdownTable, PAGE, time, writeBetween } from "../report.ts";
import { startCrowd } from "../shapes/crowd.ts";
import { start } from "../tools/program.ts";
import { driftLines } from "./drift.ts";
import type { Drift } from "./drift-child.ts";
import type { WatchTimes } from "./watch-child.ts";

/** How the measurement of what goes on is run. */
export interface LiveOptions {
  /** How long connections come and go under a watch. */
  readonly minutes: number;
  readonly quick: boolean;
  readonly write: boolean;
}

/** What watching costs: a round beside a refresh, counters alone, an idle machine, and memory over a long time. */
export async function measureLive(place: Place, { minutes, quick, write }: LiveOptions): Promise<void> {
  const rounds = quick ? 3 : 21;
  const sections = [
    `### A round of watch() beside a refresh of sockets()\n\n${await watchTable(place, rounds, quick)}`,
    `### What it costs to look on\n\n${await idleTable(place, quick ? 2 : 45, rounds)}`,
    `### ${minutes} minutes of connections that come and go\n\n${await drift(minutes, quick)}`,
  ];
  const page = [describeMachine("those of the machine, and what each table says"), ...sections].join("\n\n");
  console.log(page);
  if (write) writeBetween(PAGE, page, "live");
}

async function watchTable(place: Place, rounds: number, quick: boolean): Promise<string> {
  const rows: string[][] = [];
  for (const [processes, connections] of quick
    ? [[4, 250]]
    : [
        [40, 250],
        [200, 250],
        [6, 8333],
      ]) {
    await using _ = await startCrowd(place, { processes: processes!, connections: connections! });
    const pairs = await child<WatchTimes>("watch-child", [`${rounds}`, "pairs"]);
    const alone = await child<WatchTimes>("watch-child", [`${rounds}`, "alone"]);
    rows.push([
      `${pairs.sockets.toLocaleString("en")} in ${processes} processes`,
      time(pairs.refresh ?? Number.NaN),
      time(pairs.round),
      (pairs.ratio ?? Number.NaN).toFixed(2),
      time(alone.round),
      alone.rss.toFixed(0),
    ]);
  }
  const heads = ["sockets", "refresh, ms", "round of watch, ms", "times a refresh", "alone, ms", "alone, MB in memory"];
  return markdownTable(heads, rows, 1);
}

async function idleTable(place: Place, seconds: number, rounds: number): Promise<string> {
  await using _ = await startCrowd(place, { processes: 4, connections: 25 });
  const once = async (how: string): Promise<number> => child<number>("idle-child", [`${seconds}`, how]);
  const nothing = await once("nothing");
  const tables = await once("tables");
  const watched = await once("watch");
  const counters = await child<number>("counters-child", [`${rounds * 10}`]);
  const rows = [
    ["200 sockets once a second: only a timer", time(nothing), ""],
    ["… the four tables read into one buffer: the kernel's own walks", time(tables), ""],
    ["… watch()", time(watched), `${((watched - nothing) / (tables - nothing)).toFixed(2)} times the walks`],
    ["one round of counters alone, as rates() makes it", time(counters), ""],
  ];
  return markdownTable(["what", "processor time a second or a round, ms", ""], rows, 1);
}

async function drift(minutes: number, quick: boolean): Promise<string> {
  const churn = start(process.execPath, [program("churn-child"), quick ? "50" : "200"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  await createInterface({ input: churn.stdout! })[Symbol.asyncIterator]().next();
  const words = ["--expose-gc", program("drift-child"), `${minutes * 60}`];
  const { stdout } = await promisify(execFile)(process.execPath, words, { maxBuffer: 1 << 24 });
  churn.stdin!.end();
  const said: Drift[] = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  return driftLines(said);
}

async function child<Answer>(name: string, words: readonly string[]): Promise<Answer> {
  const { stdout } = await promisify(execFile)(process.execPath, [program(name), ...words]);
  return JSON.parse(stdout);
}

function program(name: string): string {
  return new URL(`./${name}.js`, import.meta.url).pathname;
}
