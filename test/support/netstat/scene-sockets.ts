import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { makeScene, noScene, type Scene } from "../scene.ts";
import { missingTools } from "../tools.ts";

const SCRIPT = fileURLToPath(new URL("scene-sockets.py", import.meta.url));

/** A process of the scene: its number, and the port it listens on. */
export interface Holder {
  readonly pid: number;
  readonly port: number;
}

export interface SocketScene {
  readonly scene: Scene;
  /** Programs by what the script calls them. */
  readonly holders: Readonly<Record<string, Holder>>;
  readonly remove: () => void;
}

/** Why nothing can be compared with netstat here; `undefined` when it can. */
export function noNetstat(): string | undefined {
  return noScene() ?? missingTools("netstat", "setpriv");
}

/** The common scene, and everything that netstat shows besides. */
export async function makeSocketScene(): Promise<SocketScene> {
  const scene = await makeScene();
  const directory = mkdtempSync("/tmp/procnet-");
  const remove = (): void => {
    scene.remove();
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    scene.namespace.ip("address add 2001:db8:1111:2222:3333:4444:5555:6666/128 dev lo nodad");
    const child = scene.namespace.spawn("python3", ["-IS", SCRIPT, directory], { stdio: ["pipe", "pipe", "inherit"] });
    const ended = once(child, "exit").then(([code]) => Promise.reject(new Error(`scene-sockets.py ended: ${code}`)));
    ended.catch(() => {}); // being killed at the end is no failure
    const [line] = await Promise.race([once(createInterface({ input: child.stdout! }), "line"), ended]);
    return { scene, holders: JSON.parse(line) as SocketScene["holders"], remove };
  } catch (error) {
    remove();
    throw error;
  }
}
