import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { find, start } from "../tools/program.ts";
import { scrape } from "./scrape.ts";

/** A program that runs. */
export interface Running {
  readonly pid: number;
}

/** A program that answers scrapes. */
export interface Served extends Running, AsyncDisposable {
  /** Ends with a slash. */
  readonly url: string;
  /** From its start until it listened, milliseconds. */
  readonly started: number;
}

const COMMAND = fileURLToPath(new URL("../../../packages/cli/bin/procnet.js", import.meta.url));

/** Starts `procnet serve` at a free port. */
export async function serve(words: readonly string[] = []): Promise<Served> {
  const began = performance.now();
  const args = [COMMAND, "serve", "--listen", "127.0.0.1:0", ...words];
  const child = start(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const { value, done } = await createInterface({ input: child.stdout! })[Symbol.asyncIterator]().next();
  if (done === true) throw new Error("the server has ended");
  return served(child, value, performance.now() - began);
}

/** The collectors of node_exporter that this project has, too. */
const COLLECTORS = [
  ...["arp", "bonding", "conntrack", "infiniband", "ipvs", "netclass", "netdev", "netstat", "nfs", "nfsd"],
  ...["sockstat", "softnet", "tcpstat", "udp_queues"],
];

/** Starts node_exporter with its network collectors at a free port. */
export async function nodeExporter(): Promise<Served> {
  const port = await freePort();
  const began = performance.now();
  const child = start(
    find("prometheus-node-exporter"),
    [
      `--web.listen-address=127.0.0.1:${port}`,
      "--web.disable-exporter-metrics",
      "--collector.netdev.device-exclude=^$",
      "--collector.disable-defaults",
      ...COLLECTORS.map((name) => `--collector.${name}`),
    ],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  // The stream stays open: who breaks off a loop over lines closes it, and the exporter ends with its next line.
  const lines = createInterface({ input: child.stderr! });
  await new Promise<void>((resolve, reject) => {
    lines.on("line", (line) => void (/Listening on/.test(line) && resolve()));
    lines.on("close", () => reject(new Error("node_exporter did not listen")));
  });
  const url = `http://127.0.0.1:${port}/`;
  await scrape(`${url}metrics?collect[]=sockstat`, false);
  return served(child, url, performance.now() - began);
}

function served(child: ChildProcess, url: string, started: number): Served {
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = (): Promise<void> => {
    child.kill("SIGTERM");
    return ended;
  };
  return { url, started, pid: child.pid!, [Symbol.asyncDispose]: stop };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** Processor time that a process has taken, with all its threads, milliseconds: proc_pid_stat(5), in ticks of 10 ms. */
export function cpuOf({ pid }: Running): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "latin1")
    .replace(/^.*\) /s, "")
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Memory of a process, megabytes: VmRSS of proc_pid_status(5). */
export function rssOf({ pid }: Running): number {
  const [, kib] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "latin1")) ?? [];
  return (Number(kib) * 1024) / 1e6;
}

/** How many descriptors a process has open. */
export function descriptorsOf({ pid }: Running): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}
