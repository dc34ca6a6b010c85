import type { Place } from "../case.ts";
import { describeMachine } from "../machine.ts";
import { markdownTable, PAGE, time, writeBetween } from "../report.ts";
import { startCrowd } from "../shapes/crowd.ts";
import type { Crowd } from "../shapes/scenes.ts";
import { handlesLines } from "./handles.ts";
import { listenersTable } from "./listeners.ts";
import { nodeExporter, serve } from "./programs.ts";
import { scrapesTable } from "./scrapes.ts";
import { startLines } from "./start.ts";
import { type Kept, overTime } from "./time.ts";

/** How the measurement of the server is run. */
export interface ServerOptions {
  readonly quick: boolean;
  readonly write: boolean;
}

interface Scene {
  readonly title: string;
  readonly crowd: Crowd;
}

const SCENES: readonly Scene[] = [
  { title: "1,000 sockets in 20 processes", crowd: { processes: 20, connections: 25 } },
  { title: "100,000 sockets in 200 processes", crowd: { processes: 200, connections: 250 } },
  { title: "100,000 sockets in 6 processes", crowd: { processes: 6, connections: 8333 } },
];

/** What a server costs, beside node_exporter on the same machine in the same run. */
export async function measureServer(place: Place, { quick, write }: ServerOptions): Promise<void> {
  const rounds = quick ? 5 : 200;
  const scenes = quick ? SCENES.slice(0, 1) : SCENES;
  const sections: string[] = [`### Starting\n\n${await startLines(quick ? 2 : 11)}`];
  const kept: [string, string, Kept][] = [];
  for (const { title, crowd } of scenes) {
    await using _ = await startCrowd(place, crowd);
    sections.push(`### Scrapes: ${title}\n\n${await scrapesTable(rounds)}`);
    await using ours = await serve();
    await using theirs = await nodeExporter();
    const [own, others] = await overTime([ours, theirs], quick ? 1 : 60, quick ? 1 : 15);
    kept.push([title, "`procnet serve`", own!], [title, "node_exporter", others!]);
  }
  sections.push(
    `### A scrape every 15 seconds, for a minute\n\n${keptTable(kept)}`,
    `### A hundred who listen to events\n\n${await listenersTable(place, quick ? 2 : 30)}`,
    `### Clients that come and go\n\n${await handlesLines(quick ? 2 : 100)}`,
  );
  const page = [describeMachine("those of the machine, and what each table says"), ...sections].join("\n\n");
  console.log(page);
  if (write) writeBetween(PAGE, page, "server");
}

function keptTable(kept: readonly (readonly [scene: string, who: string, Kept])[]): string {
  const rows = kept.map(([scene, who, { cpu, rss }]) => [scene, who, `${(cpu * 100).toFixed(2)} %`, time(rss)]);
  return markdownTable(["", "", "of a core", "MB in memory"], rows, 2);
}
