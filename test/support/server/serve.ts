import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { BIN } from "../command/run.ts";

/** A `procnet serve` that runs. */
export interface Served {
  readonly urls: readonly string[];
  readonly pid: number;
  /** All that it has printed. */
  readonly printed: { out: string; err: string };
  /** Its exit code or signal, when it has ended. */
  readonly ended: Promise<number | string | null>;
  /** Ends it, and gives its exit code or signal. */
  end(): Promise<number | string | null>;
}

/** How it is to be run. */
export interface Serving {
  /** Put in front of the command. */
  readonly through?: readonly string[];
  readonly node?: string;
  readonly bin?: string;
  /** How many URLs it will print. */
  readonly urls?: number;
}

/** Runs the whole program, and waits until it has said where it listens. */
export async function serve(args: readonly string[], serving: Serving = {}): Promise<Served> {
  const { through = [], node = process.execPath, bin = BIN, urls: count = 1 } = serving;
  const [command = "", ...rest] = [...through, node, bin, "serve", ...args];
  const child: ChildProcess = spawn(command, rest, { stdio: ["ignore", "pipe", "pipe"], cwd: "/" });
  const printed = { out: "", err: "" };
  child.stderr!.setEncoding("utf8").on("data", (text: string) => {
    printed.err += text;
  });
  const ended = once(child, "exit").then(([code, signal]: (number | string | null)[]) => code ?? signal ?? null);
  const urls = await new Promise<string[]>((resolve, reject) => {
    child.stdout!.setEncoding("utf8").on("data", (text: string) => {
      printed.out += text;
      const lines = printed.out.split("\n").slice(0, -1);
      if (lines.length === count) resolve(lines);
    });
    void once(child, "close").then(() => reject(new Error(`it ended: ${printed.err}`)));
  });
  return {
    urls,
    pid: child.pid!,
    printed,
    ended,
    end: () => {
      child.kill("SIGTERM");
      return ended;
    },
  };
}
