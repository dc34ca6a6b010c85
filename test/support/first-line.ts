import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** The first line that a program prints, by which it says that all is there; an error where it ends before. */
export async function firstLine(child: ChildProcess, name: string): Promise<string> {
  const ended = once(child, "exit").then(([code]) => Promise.reject(new Error(`${name} ended with code ${code}`)));
  ended.catch(() => {}); // being killed at the end is no failure
  const [line] = await Promise.race([once(createInterface({ input: child.stdout! }), "line"), ended]);
  return line;
}
