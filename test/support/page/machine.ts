import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { run } from "../tools.ts";
import { Program } from "./program.ts";

/** What it is entered by, for `nsenter`. */
const ALL = ["--net", "--pid", "--mount", "--uts"] as const;

/** The first process: shows what is its own in `/proc` and `/sys`, has an empty `/run`, and waits until nobody needs it. */
const FIRST = `
  mount -t sysfs none /sys && mount -t tmpfs none /run && hostname "$1" && ip link set lo up && echo up && exec cat
`;

/**
 * A machine as far as procnet can tell: network, processes, `/proc`, `/sys`, `/run` and the name of the host are its own, so that
 * nothing is seen in it but what a test puts there, and process ids begin at 1. All of it ends with the machine.
 */
export class Machine {
  /** Its first process, as the host counts. */
  readonly pid: number;
  private readonly holder: ChildProcess;

  private constructor(holder: ChildProcess) {
    this.holder = holder;
    this.pid = childOf(holder.pid!);
  }

  /** Starts one that is called so. */
  static async start(name: string): Promise<Machine> {
    const flags = ["--net", "--pid", "--mount", "--uts", "--fork", "--kill-child", "--mount-proc"];
    const holder = spawn("unshare", [...flags, "sh", "-c", FIRST, "sh", name], { stdio: ["pipe", "pipe", "inherit"] });
    const ended = once(holder, "exit").then(() => Promise.reject(new Error("no machine could be made")));
    ended.catch(() => {}); // its end at last is no failure
    await Promise.race([once(holder.stdout!, "data"), ended]);
    return new Machine(holder);
  }

  /** The words by which a program is run in it. */
  entered(...what: readonly string[]): string[] {
    return ["nsenter", "--target", `${this.pid}`, ...(what.length > 0 ? what : ALL), "--"];
  }

  /** Starts a program in it. */
  spawn(command: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
    const [enter = "", ...rest] = this.entered();
    return spawn(enter, [...rest, command, ...args], options);
  }

  /** Runs a program in it to its end and gives what it printed. */
  run(command: string, args: readonly string[]): string {
    const [enter = "", ...rest] = this.entered();
    return run(enter, [...rest, command, ...args]);
  }

  /** Carries out `ip` commands, one a line. */
  ip(commands: string): void {
    const [enter = "", ...rest] = this.entered("--net");
    run(enter, [...rest, "ip", "-batch", "-"], commands);
  }

  /** Sets kernel parameters of its network: `net.ipv4.ip_local_port_range=40000 40099`. */
  sysctl(...settings: string[]): void {
    for (const setting of settings) {
      const [name = "", value = ""] = setting.split("=");
      this.run("sh", ["-c", `echo ${value} > /proc/sys/${name.replaceAll(".", "/")}`]);
    }
  }

  /** Starts a program that opens sockets as it is told; its command line is those words, one character for each byte. */
  async program(...words: readonly [string, ...string[]]): Promise<Program> {
    return Program.start(this, words);
  }

  /** Joins it with another one by a cable. */
  joinedTo(other: Machine, device: string, otherDevice: string): void {
    this.ip(`link add ${device} type veth peer name ${otherDevice} netns ${other.pid}`);
  }

  /** Ends it with everything in it. */
  remove(): void {
    this.holder.kill("SIGKILL");
  }
}

/** The only child of a process. */
export function childOf(pid: number): number {
  const [child = ""] = readFileSync(`/proc/${pid}/task/${pid}/children`, "latin1").split(" ");
  if (!/^\d+$/.test(child)) throw new Error(`process ${pid} has no child`);
  return Number(child);
}

let refusal: string | undefined | null = null;

/** Why no machine can be made here; `undefined` when one can. Found out by trying. */
export function noMachine(): string | undefined {
  if (refusal !== null) return refusal;
  refusal = undefined;
  const flags = ["--net", "--pid", "--mount", "--uts", "--fork", "--mount-proc"];
  const { error, status } = spawnSync("unshare", [
    ...flags,
    "sh",
    "-c",
    "ip link add v0 type veth peer name v1 && python3 -c ''",
  ]);
  if (error !== undefined || status !== 0)
    refusal = "no machine of its own can be made (needs root, unshare, ip, python3, veth devices)";
  return refusal;
}
