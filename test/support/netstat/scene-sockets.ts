import { mkdtempSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { firstLine } from "../first-line.ts";
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
    const line = await firstLine(child, "scene-sockets.py");
    return { scene, holders: JSON.parse(line) as SocketScene["holders"], remove };
  } catch (error) {
    remove();
    throw error;
  }
}
