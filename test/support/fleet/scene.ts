import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { FlatRow } from "procnet/view";
import { BIN, program } from "../command/run.ts";
import { makeTree, type Tree, tcp, tcpRow } from "../command/tree.ts";

/*
 * Rows of three machines: this one, looked at by the whole program while somebody opens and closes connections, and two captured
 * ones with containers.
 */

const FARM = new URL("farm.py", import.meta.url).pathname;

/** Where the farm listens: another run at the same time has another. Only sockets of this address are asked for. */
export const ADDRESS = `127.31.${1 + ((process.pid >> 7) % 254)}.${1 + (process.pid % 127)}`;

/** What was there, and what was printed of it. */
export interface FleetScene {
  /** This machine. */
  readonly host: string;
  /** Who holds the connections, where it listens, and from where it connected while it was watched. */
  readonly farm: { readonly pid: number; readonly port: number; readonly clientPort: number };
  /** What `watch --flat` printed: a snapshot, events, snapshots. */
  readonly watched: readonly FlatRow[];
  /** What `sockets --flat` printed at the end, of this machine and of the captured ones. */
  readonly last: readonly FlatRow[];
}

/** The containers of the captured machines. */
export const CONTAINERS = { web1: "ab".repeat(32), web2: "cd".repeat(32) } as const;
export const POD = "5f1d8e3a-7c42-4b8e-9a3f-2e6d1c0b9a87";

/** Runs all of it. */
export async function fleetScene(): Promise<FleetScene> {
  const farm = spawn("python3", ["-IS", FARM, ADDRESS], { stdio: ["pipe", "pipe", "inherit"] });
  const trees = [captured("web1"), captured("web2")];
  try {
    const said = createInterface({ input: farm.stdout })[Symbol.asyncIterator]();
    const { value: port } = await said.next();
    const watch = new Watching();
    await watch.until((rows) => rows.some(({ local_port }) => local_port === Number(port)));
    farm.stdin.write("open\n");
    const clientPort = Number((await said.next()).value);
    const isClient = ({ local_port, local_address }: FlatRow): boolean =>
      local_port === clientPort && local_address === "127.0.0.1";
    const seen = await watch.until((rows) => rows.some((row) => row.event === "opened" && isClient(row)));
    await watch.until((rows) => rows.slice(seen).some((row) => row.event === "snapshot" && isClient(row)));
    farm.stdin.write("close\n");
    await said.next();
    const gone = await watch.until((rows) => rows.some((row) => row.event === "closed" && isClient(row)));
    await watch.until((rows) => rows.slice(gone).some(({ event }) => event === "snapshot"));
    const watched = await watch.end();
    const last = [["addr", ADDRESS], ...trees.map(({ root }) => ["--root", root])].flatMap((place) => {
      const { out } = program(["sockets", "--flat", "-t", ...place]);
      return rowsOf(out);
    });
    const { pid = 0 } = farm;
    return { host: hostname(), farm: { pid, port: Number(port), clientPort }, watched, last };
  } finally {
    farm.kill("SIGKILL");
    for (const tree of trees) tree.remove();
  }
}

function rowsOf(text: string): FlatRow[] {
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

/** A machine on which a database listens in a container, with two clients. */
function captured(host: keyof typeof CONTAINERS): Tree {
  const any = "00000000:0000";
  const cgroups = {
    web1: `0::/docker/${CONTAINERS.web1}\n`,
    web2: `0::/kubepods/burstable/pod${POD}/${CONTAINERS.web2}\n`,
  };
  const rows = [
    tcpRow(0, "00000000:1538", any, "0A", 70, 1001),
    tcpRow(1, "0200000A:1538", "0500000A:C350", "01", 70, 1002),
    tcpRow(2, "0200000A:1538", "0600000A:C351", "08", 70, 1003),
  ];
  const postgres = {
    pid: 7,
    comm: "postgres",
    cmdline: ["postgres"],
    cgroup: cgroups[host],
    sockets: [1001, 1002, 1003],
  };
  const tree = makeTree({ tcp: tcp(...rows) }, [{ pid: 1, comm: "init" }, postgres]);
  const folder = join(tree.root, "sys/kernel/random");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "../hostname"), `${host}\n`);
  writeFileSync(join(folder, "boot_id"), `00000000-0000-4000-8000-00000000000${host === "web1" ? 1 : 2}\n`);
  return tree;
}

/** A `procnet watch --flat` that runs. */
class Watching {
  private readonly child: ChildProcess;
  private readonly rows: FlatRow[] = [];
  private look: () => void = () => {};

  constructor() {
    const args = ["watch", "--flat", "-t", "--every", "50ms", "--snapshot-every", "500ms", "addr", ADDRESS];
    this.child = spawn(process.execPath, [BIN, ...args], { stdio: ["ignore", "pipe", "ignore"] });
    createInterface({ input: this.child.stdout! }).on("line", (line) => {
      this.rows.push(JSON.parse(line));
      this.look();
    });
  }

  /** Waits until it is so; gives how many rows there are then. */
  until(isSo: (rows: readonly FlatRow[]) => boolean): Promise<number> {
    return new Promise((resolve, reject) => {
      this.look = () => {
        if (isSo(this.rows)) resolve(this.rows.length);
      };
      this.child.once("exit", (code) => reject(new Error(`watch has ended with ${code}`)));
      this.look();
    });
  }

  async end(): Promise<readonly FlatRow[]> {
    const closed = once(this.child, "close");
    this.child.kill("SIGINT");
    await closed;
    return this.rows;
  }
}
