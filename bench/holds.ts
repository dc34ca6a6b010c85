import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { Absent, type Place } from "./case.ts";
import type { Held } from "./holds-child.ts";
import { startCrowd } from "./shapes/crowd.ts";

/** What sockets() did to the event loop of a process in one of the scenes. */
export interface Hold {
  readonly scene: string;
  /** The first look and those after it; or why there are none. */
  readonly looks: readonly Held[] | string;
}

/** How to call `holds-child.js`, and how to end the scene. */
interface Scene {
  readonly words: readonly string[];
  readonly end: () => void;
}

type Make = (place: Place, parts: number) => Scene | Promise<Scene>;

const SCENES: readonly (readonly [name: string, make: Make])[] = [
  ["3,000 processes with a socket each", (place, parts) => processes(place, 3000 / parts)],
  ["a tree of one process, 300,000 descriptors", (place, parts) => crowd(place, 1, 300_000 / parts)],
  ["a tree of 30,000 processes, 300,000 descriptors", (place, parts) => crowd(place, 30_000 / parts, 10)],
  ["a file of 1,000,000 rows", (place, parts) => rows(place, 1_000_000 / parts)],
];

/** `parts`: the scenes are so many times smaller. */
export async function measureHolds(place: Place, parts: number): Promise<Hold[]> {
  const holds: Hold[] = [];
  for (const [scene, make] of SCENES) holds.push({ scene, looks: await looksAt(place, parts, make) });
  return holds;
}

async function looksAt(place: Place, parts: number, make: Make): Promise<readonly Held[] | string> {
  try {
    const { words, end } = await make(place, parts);
    try {
      const program = new URL("./holds-child.js", import.meta.url).pathname;
      const { stdout } = await promisify(execFile)(process.execPath, [program, ...words]);
      return stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
    } finally {
      end();
    }
  } catch (error) {
    return error instanceof Absent ? error.message : `failed: ${`${error}`.split("\n", 1)}`;
  }
}

async function processes(place: Place, count: number): Promise<Scene> {
  const crowd = await startCrowd(place, { processes: count, listeners: 1 });
  return { words: ["tcp,tcp6", "all"], end: () => void crowd[Symbol.asyncDispose]() };
}

/** A captured tree. Its rows are the descriptors of its processes, in the same order. */
function crowd({ temp }: Place, count: number, fds: number): Scene {
  const root = mkdtempSync(join(temp, "crowd-"));
  const add = (path: string, text: string): void => writeFileSync(join(root, path), text);
  for (let at = 0; at < count; at++) {
    const pid = at + 1;
    mkdirSync(join(root, `${pid}/fd`), { recursive: true });
    add(`${pid}/stat`, `${pid} (server) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 1000${" 0".repeat(30)}\n`);
    add(
      `${pid}/status`,
      "Name:\tserver\nState:\tS (sleeping)\nvoluntary_ctxt_switches:\t5\nnonvoluntary_ctxt_switches:\t0\n",
    );
    add(`${pid}/cmdline`, "server\0");
    add(`${pid}/cgroup`, "0::/system.slice/server.service\n");
    for (let fd = 0; fd < fds; fd++) symlinkSync(`socket:[${inodeOf(at * fds + fd)}]`, join(root, `${pid}/fd/${fd}`));
  }
  table(root, count * fds);
  return { words: ["tcp", "all", root], end: () => rmSync(root, { recursive: true }) };
}

function rows({ temp }: Place, count: number): Scene {
  const root = mkdtempSync(join(temp, "rows-"));
  table(root, count);
  return { words: ["tcp", "none", root], end: () => rmSync(root, { recursive: true }) };
}

function table(root: string, count: number): void {
  const head = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
  const row = (at: number): string =>
    `${`${at}`.padStart(4)}: 0100007F:1F90 0100007F:${hex(at & 0xffff, 4)} 01 00000000:00000000 00:00000000 00000000     0        0 ${inodeOf(at)} 1 0000000000000000 20 4 0 10 -1\n`;
  mkdirSync(join(root, "1/net"), { recursive: true });
  const lines = function* (): Generator<string> {
    yield head;
    for (let at = 0; at < count; at++) yield row(at);
  };
  writeFileSync(join(root, "1/net/tcp"), Array.from(lines()).join(""));
}

const inodeOf = (at: number): number => 1_000_000 + at;
const hex = (number: number, digits: number): string => number.toString(16).toUpperCase().padStart(digits, "0");
