import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Absent, type Case, type Place } from "../case.ts";
import { countLines } from "../tools/lines.ts";
import { capture, find, timed } from "../tools/program.ts";
import { packageVersion } from "../tools/version.ts";
import { PYTHON, psutilVersion } from "./psutil.ts";

/** The command of this repository. */
export const COMMAND: string = fileURLToPath(new URL("../../../packages/cli/bin/procnet.js", import.meta.url));

interface Program {
  readonly name: string;
  readonly ours?: boolean;
  readonly args: readonly string[] | ((place: Place) => readonly string[]);
  readonly command: string;
  /** Version, once it is known that the program can run. */
  version(command: string, args: readonly string[]): Promise<string>;
  /** Sockets in the file it wrote. */
  count(file: string): number;
}

/** Whole programs, from start to end, with their output in a file. */
export const programs: readonly Case[] = [
  program({
    name: "procnet: examples/netstat.ts",
    ours: true,
    command: process.execPath,
    args: (place) => [join(place.sources, "..", "examples", "build", "netstat.js")],
    async version(_node, [script = ""]) {
      if (!existsSync(script)) throw new Absent("the examples are not built");
      return packageVersion("procnet");
    },
    count: (file) => countLines(file, /^(tcp6?\s|\S+:\d+\s).*$/gm),
  }),
  program({
    name: "procnet netstat -tanp",
    ours: true,
    command: process.execPath,
    args: [COMMAND, "netstat", "-tanp"],
    version: async () => packageVersion("@procnet/cli"),
    count: (file) => countLines(file, /^tcp/gm),
  }),
  program({
    name: "procnet --tcp --ndjson",
    ours: true,
    command: process.execPath,
    args: [COMMAND, "--tcp", "--ndjson"],
    version: async () => packageVersion("@procnet/cli"),
    count: (file) => countLines(file, /^\{.*$/gm),
  }),
  program({
    name: "ss -tanHp",
    command: "ss",
    args: ["-tanHp"],
    version: (ss) => ask(ss, "-V", /iproute2-(\S+)/),
    count: (file) => countLines(file, /\S.*$/gm),
  }),
  program({
    name: "netstat -tanp",
    command: "netstat",
    args: ["-tanp"],
    version: (netstat) => ask(netstat, "-V", /net-tools \S+/),
    count: (file) => countLines(file, /^tcp/gm),
  }),
  program({
    name: "lsof -nP -iTCP",
    command: "lsof",
    args: ["-nP", "-iTCP"],
    version: (lsof) => ask(lsof, "-v", /revision: (\S+)/),
    count: (file) => countLines(file, /\sTCP\s/gm),
  }),
  program({
    name: 'python3 -c: psutil.net_connections("tcp")',
    command: PYTHON,
    args: ["-c", 'import psutil; print(len(psutil.net_connections("tcp")))'],
    version: psutilVersion,
    count: (file) => Number(readFileSync(file, "latin1")),
  }),
];

function program({ name, ours, command, args, version, count }: Program): Case {
  let path = command;
  let words: readonly string[] = [];
  let output = "";
  return {
    name,
    table: "owners",
    covers: "tcp and tcp6",
    ...(ours === undefined ? {} : { ours }),
    async prepare(place) {
      path = command.startsWith("/") ? command : find(command);
      words = typeof args === "function" ? args(place) : args;
      output = join(place.temp, `${process.pid}.txt`);
      return version(path, words);
    },
    async run() {
      const ms = await timed(output, path, words);
      return { ms, sockets: count(output) };
    },
  };
}

async function ask(command: string, flag: string, version: RegExp): Promise<string> {
  const match = version.exec((await capture(command, [flag])).text);
  return match?.[1] ?? match?.[0] ?? "version unknown";
}
