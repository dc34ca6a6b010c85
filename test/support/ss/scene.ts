import { fileURLToPath } from "node:url";
import { firstLine } from "../first-line.ts";
import { makeSocketScene, type SocketScene } from "../netstat/scene-sockets.ts";
import { noScene } from "../scene.ts";
import { missingTools } from "../tools.ts";

/** Why nothing can be compared with ss here; `undefined` when it can. */
export function noSs(): string | undefined {
  return noScene() ?? missingTools("ss", "setpriv");
}

/** The sockets that netstat is compared by, and those that it does not show; with `kernel` those of which procfs does not tell enough. */
export async function makeSsScene(...more: "kernel"[]): Promise<SocketScene> {
  const scene = await makeSocketScene();
  try {
    for (const name of ["more", ...more]) await start(`${name}.py`, scene);
    return scene;
  } catch (error) {
    scene.remove();
    throw error;
  }
}

async function start(name: string, { scene }: SocketScene): Promise<void> {
  const script = fileURLToPath(new URL(name, import.meta.url));
  const child = scene.namespace.spawn("python3", ["-IS", script], { stdio: ["pipe", "pipe", "inherit"] });
  await firstLine(child, name);
}
