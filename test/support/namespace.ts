import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { run } from "./tools.ts";

const PREFIX = "procnet-test";
const NAMED = "/run/netns";
const made = new Set<Namespace>();
let count = 0;

/** A network namespace with a name, for as long as a test needs it. */
export class Namespace {
  readonly name: string;
  private readonly children: ChildProcess[] = [];

  constructor() {
    if (made.size === 0) removeLeftOvers();
    this.name = `${PREFIX}-${process.pid}-${count++}`;
    run("ip", ["netns", "add", this.name]);
    made.add(this);
    this.ip("link set lo up");
  }

  /** Carries out `ip` commands, one a line, in this namespace. */
  ip(commands: string): void {
    run("ip", ["-n", this.name, "-batch", "-"], commands);
  }

  /** Sets kernel parameters of this namespace: `net.ipv4.tcp_fin_timeout=60`. */
  sysctl(...settings: string[]): void {
    for (const setting of settings) {
      const [name = "", value = ""] = setting.split("=");
      this.run("sh", ["-c", `echo ${value} > /proc/sys/${name.replaceAll(".", "/")}`]);
    }
  }

  /** Runs a program in this namespace to its end and gives what it printed. */
  run(command: string, args: readonly string[]): string {
    return run("ip", ["netns", "exec", this.name, command, ...args]);
  }

  /** Starts a program in this namespace. It is killed when the namespace is removed. */
  spawn(command: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
    const child = spawn("ip", ["netns", "exec", this.name, command, ...args], options);
    this.children.push(child);
    return child;
  }

  remove(): void {
    if (!made.delete(this)) return;
    for (const child of this.children) child.kill("SIGKILL");
    spawnSync("ip", ["netns", "del", this.name]);
  }
}

/** Joins two namespaces by a pair of devices. */
export function veth(one: Namespace, device: string, other: Namespace, otherDevice: string): void {
  one.ip(`link add ${device} type veth peer name ${otherDevice} netns ${other.name}`);
}

// A test that is interrupted runs no hook.
process.on("exit", () => {
  for (const namespace of made) namespace.remove();
});

/** Removes what tests left behind that were killed. */
function removeLeftOvers(): void {
  if (!existsSync(NAMED)) return;
  for (const name of readdirSync(NAMED)) {
    const pid = new RegExp(`^${PREFIX}-([0-9]+)-`).exec(name)?.[1];
    if (pid !== undefined && !existsSync(`/proc/${pid}`)) spawnSync("ip", ["netns", "del", name]);
  }
}
