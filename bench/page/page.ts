import { fileURLToPath } from "node:url";
import { type Browser, chromium } from "playwright-core";
import { startFarm } from "../farm.ts";
import { describeMachine } from "../machine.ts";
import { markdownTable, PAGE, writeBetween } from "../report.ts";
import { serve } from "../server/programs.ts";
import { start } from "../tools/program.ts";
import { heapOf, keystrokes, type Visit, visit, whole, working } from "./visit.ts";

/** How the measurement of the page is run. */
export interface PageOptions {
  readonly quick: boolean;
  readonly write: boolean;
  /** How long one is left open to see what becomes of its memory. */
  readonly minutes: number;
}

/** A number, and what it is to be at most. */
type Line = readonly [what: string, measured: string, mark: string];

const CHROMIUM = "/usr/bin/chromium";
const FILTER = "state established and sport > :1000";

/** What the page of `procnet serve` costs whoever looks at it, in a real browser. */
export async function measurePage({ quick, write, minutes }: PageOptions): Promise<void> {
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ["--no-sandbox", "--headless", "--disable-dev-shm-usage"],
  });
  try {
    const lines: Line[] = [];
    for (const [sockets, marks] of quick ? QUICK : SCENES) lines.push(...(await measureScene(browser, sockets, marks)));
    lines.push(...(await leftOpen(browser, minutes)));
    const version = `Chromium ${browser.version()}`;
    const page = [
      `${describeMachine("those of each line")}\n* ${version}`,
      markdownTable(["what", "measured", "mark"], lines, 1),
    ].join("\n\n");
    console.log(page);
    if (write) writeBetween(PAGE, page, "page");
  } finally {
    await browser.close();
  }
}

interface Marks {
  readonly rows: number;
  readonly heap: number;
}

const SCENES: readonly (readonly [number, Marks])[] = [
  [10_000, { rows: 800, heap: 30 }],
  [100_000, { rows: 2000, heap: 120 }],
];
const QUICK: typeof SCENES = [[2000, { rows: 800, heap: 30 }]];

async function measureScene(browser: Browser, sockets: number, marks: Marks): Promise<Line[]> {
  await using _ = await startFarm(sockets);
  await using server = await serve();
  const url = `${server.url}?view=sockets&all=1`;
  // The first look of a server takes longest; marks are of a server that somebody looks at.
  await (await visit(browser, url)).close();
  const seen = await visit(browser, url);
  await whole(seen, sockets);
  const at = `${sockets.toLocaleString("en")} sockets: `;
  const lines: Line[] = [
    ...(sockets === SCENES[0]![0] || sockets === QUICK[0]![0] ? first(seen) : []),
    [`${at}first row after`, ms(seen.rows), ms(marks.rows)],
    [`${at}heap with all rows`, mb(await heapOf(seen)), mb(marks.heap)],
    [`${at}a key in the filter to its paint, longest`, ms(Math.max(...(await keystrokes(seen, FILTER)))), ms(100)],
  ];
  await seen.close();
  return [...lines, ...(await changing(browser, url, sockets, at))];
}

/** What is the same however many sockets there are. */
function first({ transfer, scripts, paint, requestsToOthers }: Visit): Line[] {
  return [
    ["sent for the page, all of it", `${(transfer / 1024).toFixed(1)} KiB`, "60 KiB"],
    ["scripts of it", `${(scripts / 1024).toFixed(1)} KiB`, "50 KiB"],
    ["first contentful paint", ms(paint), ms(500)],
    ["requests to others", String(requestsToOthers), "0"],
  ];
}

/** With one in a hundred sockets opening and closing each second. */
async function changing(browser: Browser, url: string, sockets: number, at: string): Promise<Line[]> {
  const churn = start(process.execPath, [programOf("../live/churn-child.js"), `${sockets / 200}`], {
    stdio: ["pipe", "ignore", "inherit"],
  });
  const seen = await visit(browser, url);
  await whole(seen, sockets);
  await seen.page.waitForTimeout(5000);
  const { second, longest } = await working(seen, 20);
  await seen.close();
  churn.stdin!.end();
  return [
    [`${at}main thread, 1 % coming and going a second`, `${second.toFixed(1)} ms a second`, "16 ms a second"],
    [`${at}longest it was busy at a time`, ms(longest), "16 ms"],
  ];
}

/** What becomes of the heap of a page that is left open while connections come and go. */
async function leftOpen(browser: Browser, minutes: number): Promise<Line[]> {
  await using server = await serve();
  const churn = start(process.execPath, [programOf("../live/churn-child.js"), "200"], {
    stdio: ["pipe", "ignore", "inherit"],
  });
  const seen = await visit(browser, `${server.url}?view=sockets`);
  // Closed ones stay for ten seconds, rows in TIME_WAIT for sixty: before that it has to grow.
  await seen.page.waitForTimeout(Math.min(75, 60 * minutes) * 1000);
  const heaps: number[] = [];
  const rounds = Math.max(4, Math.round(minutes * 6));
  for (let round = 0; round < rounds; round++) {
    heaps.push(await heapOf(seen));
    await seen.page.waitForTimeout((minutes * 60_000) / rounds);
  }
  await seen.close();
  churn.stdin!.end();
  const noise = Math.max(...heaps) - Math.min(...heaps);
  const slope = slopeOf(heaps) * (rounds / minutes);
  return [
    [
      `200 connections a second for ${minutes} min: the heap grows by`,
      `${slope.toFixed(2)} MB a minute (${mb(heaps[0]!)} to ${mb(heaps.at(-1)!)})`,
      `within noise (${noise.toFixed(2)} MB)`,
    ],
  ];
}

/** By least squares, of each step. */
function slopeOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const [above, below] = values.reduce<[number, number]>(
    ([a, b], value, at) => [a + (at - middle) * (value - mean), b + (at - middle) ** 2],
    [0, 0],
  );
  return above / below;
}

function programOf(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

const ms = (value: number): string => `${Math.round(value)} ms`;
const mb = (value: number): string => `${value.toFixed(1)} MB`;
