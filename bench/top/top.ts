import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Place } from "../case.ts";
import { describeMachine } from "../machine.ts";
import { isMet, type Mark } from "../marks/mark.ts";
import { markdownTable } from "../report.ts";
import { median } from "../statistics.ts";
import { capture, find } from "../tools/program.ts";

const COMMAND = fileURLToPath(new URL("../../../packages/cli/bin/procnet.js", import.meta.url));

/** What `terminal.py` measures, milliseconds unless said otherwise. */
interface Measured {
  /** Node alone, from its start to its end. */
  readonly bare: number;
  readonly first: number;
  readonly moves: readonly number[];
  readonly views: readonly number[];
  readonly letters: readonly number[];
  /** Share of a core. */
  readonly cpu: number;
  readonly bytes: number;
  /** MB. */
  readonly rss: number;
  readonly code: number;
}

/** Sockets, and the most that a key may take to be answered. */
const SCENES: readonly (readonly [sockets: number, key: number | undefined])[] = [
  [1000, undefined],
  [10_000, 50],
  [100_000, 100],
];

/** What `procnet top` costs on a terminal of 80 by 24: whether its marks are kept. */
export async function measureTop({ sources }: Place, { quick }: { readonly quick: boolean }): Promise<void> {
  const script = join(sources, "top", "terminal.py");
  console.log(`${describeMachine("those of each scene, in namespaces of their own")}\n`);
  const marks: Mark[] = [];
  for (const [sockets, key] of quick ? SCENES.slice(0, 1) : SCENES) {
    const words = ["--pid", "--net", "--fork", "--mount-proc", "python3", script, `${sockets / 2}`, "80", "24"];
    const seconds = quick ? "5" : "30";
    const { text: said } = await capture(find("unshare"), [...words, seconds, process.execPath, COMMAND, "top"]);
    if (!said.startsWith("{")) throw new Error(`the terminal could not be measured: ${said}`);
    marks.push(...marksOf(JSON.parse(said), sockets, key));
  }
  const rows = marks.map((mark) => [
    mark.what,
    `${mark.value.toFixed(mark.value < 10 ? 1 : 0)} ${mark.unit}`,
    mark.most === undefined ? "" : `${mark.most} ${mark.unit}`,
    mark.most === undefined ? "" : isMet(mark) ? "kept" : "NOT kept",
    mark.note ?? "",
  ]);
  console.log(markdownTable(["", "measured", "at most", "", ""], rows, 2));
}

function marksOf(found: Measured, sockets: number, key: number | undefined): Mark[] {
  const { bare, first, moves, views, letters, cpu, bytes, rss } = found;
  const few = sockets === 1000;
  const keys = { "another row": moves, "another view": views, "a letter of a filter": letters };
  return [
    {
      what: `first rows, ${text(sockets)} sockets`,
      value: first,
      unit: "ms",
      ...(few && { most: 250 }),
      note: `Node alone ${bare.toFixed(0)} ms`,
    },
    ...Object.entries(keys).map(([what, times]) => ({
      what: `a key for ${what}, ${text(sockets)} sockets`,
      value: median(times),
      unit: "ms",
      ...(key !== undefined && { most: key }),
      note: `the longest of ${times.length} ${Math.max(...times).toFixed(0)} ms`,
    })),
    { what: `of a core, ${text(sockets)} sockets`, value: cpu * 100, unit: "%", ...(few && { most: 3 }) },
    { what: `in memory, ${text(sockets)} sockets`, value: rss, unit: "MB", ...(few && { most: 100 }) },
    { what: `of a frame in which nothing happens, ${text(sockets)} sockets`, value: bytes / 1000, unit: "kB", most: 4 },
  ];
}

function text(count: number): string {
  return count.toLocaleString("en");
}
