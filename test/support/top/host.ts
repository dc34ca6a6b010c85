import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { missingTools } from "../tools.ts";

const SCENE = fileURLToPath(new URL("scene.py", import.meta.url));
const NAMESPACES = ["--pid", "--net", "--fork", "--mount-proc"];

/** Why there can be no such host here; `undefined` when there can. */
export function noHost(): string | undefined {
  const missing = missingTools("unshare", "nsenter", "ip", "python3", "tmux", "ps");
  if (missing !== undefined) return missing;
  const isAllowed = spawnSync("unshare", [...NAMESPACES, "true"]).status === 0;
  return isAllowed ? undefined : "no right to make pid namespaces (needs CAP_SYS_ADMIN)";
}

/** A small host, with pid and network namespaces of its own. */
export class Host {
  private readonly unshare: ChildProcess;

  private constructor(command: readonly string[]) {
    this.unshare = spawn("unshare", [...NAMESPACES, "--kill-child", ...command], {
      stdio: ["pipe", "pipe", "inherit"],
    });
  }

  /** One in trouble, of which all ports and process ids are known: see `scene.py`. */
  static burdened(): Promise<Host> {
    return Host.begun(["python3", SCENE]);
  }

  /** One on which nothing is. */
  static empty(): Promise<Host> {
    return Host.begun(["sh", "-c", "ip link set lo up; echo stands; exec cat"]);
  }

  private static async begun(command: readonly string[]): Promise<Host> {
    const host = new Host(command);
    await once(createInterface(host.unshare.stdout!), "line");
    return host;
  }

  /** Words before a command that is to run there. */
  get enter(): readonly string[] {
    const { pid } = this.unshare;
    const first = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
    return ["nsenter", "--target", first, "--pid", "--net", "--mount"];
  }

  remove(): void {
    this.unshare.kill("SIGKILL");
  }
}
