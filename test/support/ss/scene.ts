import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { makeSocketScene, type SocketScene } from "../netstat/scene-sockets.ts";
import { noScene } from "../scene.ts";
import { missingTools } from "../tools.ts";

const SCRIPT = fileURLToPath(new URL("more.py", import.meta.url));

/** Why nothing can be compared with ss here; `undefined` when it can. */
export function noSs(): string | undefined {
  return noScene() ?? missingTools("ss", "setpriv");
}

/** The sockets that netstat is compared by, and those that it does not show. */
export async function makeSsScene(): Promise<SocketScene> {
  const scene = await makeSocketScene();
  const child = scene.scene.namespace.spawn("python3", ["-IS", SCRIPT], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(child, "exit").then(([code]) => Promise.reject(new Error(`more.py ended: ${code}`)));
  ended.catch(() => {}); // being killed at the end is no failure
  try {
    await Promise.race([once(createInterface({ input: child.stdout! }), "line"), ended]);
    return scene;
  } catch (error) {
    scene.remove();
    throw error;
  }
}
