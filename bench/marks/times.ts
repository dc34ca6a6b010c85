import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import type { Mark } from "./mark.ts";
import { overEmpty, type Program, peakMemory, wholeLife } from "./processes.ts";
import { bundle } from "./sizes.ts";

const READ_TCP = `import { read } from "procnet"; import { tcp } from "procnet/tables"; read(tcp);`;

/** The first `read(tcp)` of a program, whole: what is loaded for it and the reading. */
export function firstRead(root: string, temp: string, rounds: number): Mark[] {
  // Installed it is found from a folder of this repository; the bundle stands alone.
  const installed = join(root, "bench", "build", "first-read.mjs");
  writeFileSync(installed, READ_TCP);
  const bundled = join(temp, "bundled.mjs");
  writeFileSync(bundled, bundle(root, READ_TCP));
  const programs = [{ args: [bundled] }, { args: [installed] }];
  const [alone = Number.NaN, whole = Number.NaN] = overEmpty(empty(temp), programs, rounds);
  return [
    { what: "first read(tcp) over an empty module, bundled", value: alone, unit: "ms", most: 9 },
    { what: "first read(tcp) over an empty module, installed", value: whole, unit: "ms", most: 9 },
  ];
}

/** How long commands take more than Node with an empty module. */
export async function startOfCommand(root: string, temp: string, rounds: number): Promise<Mark[]> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  const port = address !== null && typeof address === "object" ? String(address.port) : "";
  const commands: readonly (readonly [string, readonly string[], number])[] = [
    ["--version", ["--version"], 15],
    ["netstat -tln", ["netstat", "-tln"], 25],
    ["port N, owned", ["port", port], 40],
    ["procnet", [], 55],
  ];
  const programs = commands.map(([, args]) => command(root, args));
  const over = overEmpty(empty(temp), programs, rounds);
  server.close();
  return commands.map(([name, , most], at) => ({
    what: `command over an empty module: ${name}`,
    ...{ value: over[at]!, unit: "ms", most },
  }));
}

const ROWS = 200_000;

/** One port among very many connections, of a captured tree. */
export function filteredTree(root: string, temp: string, rounds: number): Mark[] {
  const tree = join(temp, "tree");
  mkdirSync(join(tree, "1/net"), { recursive: true });
  writeFileSync(join(tree, "1/net/tcp"), tcpText(ROWS));
  const asked = command(root, ["sockets", "sport = :2000", "--root", tree]);
  const what = `sockets 'sport = :2000' over ${ROWS.toLocaleString("en")} rows`;
  return [
    { what: `${what}, whole process`, value: wholeLife(asked, rounds) / 1000, unit: "s", most: 0.17 },
    { what: `${what}, peak`, value: peakMemory(asked, temp), unit: "MB", most: 70 },
  ];
}

/** The text of a table as `tcp4_seq_show` prints it: rows of 149 characters. */
function tcpText(rows: number): string {
  const hex = (value: number, digits: number): string => value.toString(16).toUpperCase().padStart(digits, "0");
  const head = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode";
  const lines = Array.from({ length: rows }, (_, row) => {
    const local = `0100007F:${hex(1024 + (row % 60_000), 4)}`;
    const remote = `${hex(0x0a000000 + row, 8)}:01BB`;
    const rest = `00000000:00000000 00:00000000 00000000  1000        0 ${100_000 + row} 1 0000000000000000 20 4 30 10 -1`;
    return `${String(row).padStart(4)}: ${local} ${remote} 01 ${rest}`;
  });
  return [head, ...lines].map((line) => `${line.padEnd(149)}\n`).join("");
}

function command(root: string, args: readonly string[]): Program {
  return { args: [join(root, "packages/cli/bin/procnet.js"), ...args] };
}

function empty(temp: string): Program {
  const path = join(temp, "empty.mjs");
  writeFileSync(path, "");
  return { args: [path] };
}
