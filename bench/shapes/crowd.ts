import { createInterface } from "node:readline";
import { Absent, type Place } from "../case.ts";
import { built, start } from "../tools/program.ts";
import type { Crowd } from "./scenes.ts";

/** The processes of a scene, which end with it, or with this process, whatever ends it. */
export interface Crowded extends AsyncDisposable {
  /** Port of the listener that every scene has. */
  readonly port: number;
  readonly pids: readonly string[];
}

/** Starts the processes of a scene, and waits until all hold what they are to hold. */
export async function startCrowd(place: Place, crowd: Crowd): Promise<Crowded> {
  const { processes, files = 0, listeners = 0, connections = 0, namespaces = false } = crowd;
  const words = [processes, files, listeners, connections, namespaces ? 1 : 0].map(String);
  const child = start(await built("crowd", place), words, { stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  const { value } = await lines.next();
  const [said, port, ...pids] = `${value ?? ""}`.split(" ");
  if (said !== "ready") throw new Absent("this machine does not allow so many processes, descriptors or namespaces");
  const stop = async (): Promise<void> => {
    child.stdin!.end();
    await ended;
  };
  return { port: Number(port), pids, [Symbol.asyncDispose]: stop };
}
