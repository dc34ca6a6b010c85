import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Place } from "../case.ts";
import { markdownTable } from "../report.ts";
import { find, timed } from "../tools/program.ts";
import { type Call, callsBetween, countCalls, readCalls, straceArgs } from "../tools/strace.ts";
import { type Command, commandsOf } from "./commands.ts";
import { type Crowded, startCrowd } from "./crowd.ts";
import type { Scene } from "./scenes.ts";

const KINDS = ["open", "read", "list", "link", "stat", "close", "bytes"];
const LOOKS = [
  ["library: sockets(), first look", "first", "second"],
  ["library: sockets(), second look", "second", "third"],
  ["library: sockets(), third look", "third", "port"],
  ["library: whoListens()", "port", "end"],
] as const;

/** System calls of the commands of a scene and of the library: all below /proc, and how many of them for each process of the scene. */
export async function callsTable(place: Place, scene: Scene): Promise<string> {
  const strace = find("strace");
  await using crowd = await startCrowd(place, scene.crowd);
  const empty = join(place.temp, "empty.mjs");
  writeFileSync(empty, "");
  const file = join(place.temp, "strace.txt");
  const traced = async (program: string, args: readonly string[]): Promise<Call[]> => {
    await timed(join(place.temp, "output.txt"), strace, [...straceArgs(file), program, ...args]);
    return readCalls(file);
  };
  const rows: string[][] = [];
  for (const { name, program, args } of commandsOf(scene, crowd, empty, undefined).filter(isOurs)) {
    rows.push(row(name, await traced(program, args), crowd, scene));
  }
  const child = new URL("./looks-child.js", import.meta.url).pathname;
  const everywhere = scene.crowd.namespaces === true;
  const calls = await traced(process.execPath, [child, String(crowd.port), ...(everywhere ? ["all"] : [])]);
  for (const [name, from, to] of LOOKS) rows.push(row(name, callsBetween(calls, from, to), crowd, scene));
  const by = scene.crowd.processes === 0 ? "all below /proc" : `all below /proc / ${unit(scene)}`;
  return [`### ${scene.title}: system calls, ${by}`, markdownTable(["what", ...KINDS], rows, 1)].join("\n\n");
}

const isOurs = ({ program }: Command): boolean => program === process.execPath;

const unit = ({ crowd }: Scene): string =>
  crowd.connections === undefined ? (crowd.namespaces ? "for each namespace" : "for each process") : "for each socket";

function row(name: string, calls: readonly Call[], { pids }: Crowded, { crowd }: Scene): string[] {
  const all = countCalls(calls.filter(({ path }) => path.startsWith("/proc/")));
  const known = new Set(pids);
  const own = calls.filter(({ path }) => known.has(/^\/proc\/(\d+)/.exec(path)?.[1] ?? ""));
  const counts = countCalls(own);
  const parts = crowd.processes * (crowd.connections === undefined ? 1 : 2 * crowd.connections);
  return [
    name,
    ...KINDS.map((kind) => {
      const total = (all[kind] ?? 0).toLocaleString("en");
      return parts === 0 ? total : `${total} / ${((counts[kind] ?? 0) / parts).toFixed(2)}`;
    }),
  ];
}
