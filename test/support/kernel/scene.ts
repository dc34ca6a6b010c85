import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Namespace } from "../namespace.ts";
import { missingTools, noNamespaces } from "../tools.ts";
import { noDoor } from "./netlink-in.ts";

const PREFIX = "procnet-test";
const SCRIPT = fileURLToPath(new URL("scene.py", import.meta.url));

/** A namespace with sockets of which netlink tells more than procfs. */
export interface KernelScene {
  readonly namespace: Namespace;
  readonly pid: number;
  /** Inodes of sockets by what the script calls them. */
  readonly inodes: Readonly<Record<string, number>>;
  /** What could not be made here, with the reason. */
  readonly missed: Readonly<Record<string, string>>;
  /** Number of the control group of `grouped`; `undefined` where there is no cgroup2. */
  readonly cgroup: number | undefined;
  readonly remove: () => void;
}

/** Why no such scene can be made here; `undefined` when one can. */
export function noKernelScene(): string | undefined {
  return noNamespaces() ?? missingTools("python3") ?? noDoor();
}

export async function makeKernelScene(): Promise<KernelScene> {
  const namespace = new Namespace();
  const directory = mkdtempSync("/tmp/procnet-");
  const cgroup = cgroupFolder();
  const remove = (): void => {
    namespace.remove();
    rmSync(directory, { recursive: true, force: true });
    if (cgroup !== undefined) removeSoon(cgroup);
  };
  try {
    const child = namespace.spawn("python3", ["-IS", SCRIPT, directory], { stdio: ["pipe", "pipe", "inherit"] });
    const ended = once(child, "exit").then(([code]) => Promise.reject(new Error(`scene.py ended with code ${code}`)));
    ended.catch(() => {}); // being killed at the end is no failure
    const lines = createInterface({ input: child.stdout! });
    const next = async (): Promise<string> => (await Promise.race([once(lines, "line"), ended]))[0];
    const pid = await next();
    // In a namespace of ip-netns(8) there is another /sys, without control groups.
    if (cgroup !== undefined) writeFileSync(`${cgroup}/cgroup.procs`, pid);
    const said = next();
    child.stdin!.write("\n");
    const line = await said;
    const number = cgroup === undefined ? undefined : statSync(cgroup).ino;
    return { namespace, remove, cgroup: number, ...JSON.parse(line) };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Where cgroup2 is mounted: at /sys/fs/cgroup, beside the groups of version 1, or nowhere. */
export function cgroup2(): string | undefined {
  for (const line of readFileSync("/proc/self/mountinfo", "utf8").split("\n")) {
    const [mount = "", system = ""] = line.split(" - ");
    if (system.startsWith("cgroup2 ")) return mount.split(" ")[4];
  }
  return undefined;
}

function cgroupFolder(): string | undefined {
  const mounted = cgroup2();
  if (mounted === undefined) return undefined;
  try {
    removeLeftOvers(mounted);
    const folder = `${mounted}/${PREFIX}-${process.pid}`;
    mkdirSync(folder);
    return folder;
  } catch {
    return undefined; // mounted to be read only
  }
}

/** A group goes when its last process is gone, which takes a moment from the signal on; a test that ends waits for no timer. */
function removeSoon(folder: string): void {
  const cell = new Int32Array(new SharedArrayBuffer(4));
  for (let left = 200; ; left--) {
    try {
      rmdirSync(folder);
      return;
    } catch (error) {
      if (left === 0) throw error;
      Atomics.wait(cell, 0, 0, 20);
    }
  }
}

/** Removes what tests left behind that were killed. */
function removeLeftOvers(mounted: string): void {
  for (const name of readdirSync(mounted)) {
    const pid = new RegExp(`^${PREFIX}-([0-9]+)$`).exec(name)?.[1];
    if (pid === undefined || existsSync(`/proc/${pid}`)) continue;
    try {
      rmdirSync(`${mounted}/${name}`);
    } catch {
      // Somebody is in it, or was faster.
    }
  }
}
