import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Machine } from "./machine.ts";

const SCRIPT = fileURLToPath(new URL("program.py", import.meta.url));

/** What a program is told to do, by the names that `program.py` has for it. */
export type Order =
  | { readonly do: "listen"; key: string; address: string; port: number; backlog?: number }
  | {
      readonly do: "connect";
      key: string;
      address: string;
      port: number;
      count?: number;
      source?: string;
      sourcePort?: number;
      answered?: boolean;
    }
  | { readonly do: "accept"; key: string; listener: string; count?: number }
  | { readonly do: "pairs"; key: string; address: string; first: number; ports: number; count: number }
  | { readonly do: "send"; key: string; bytes: number }
  | { readonly do: "read" | "fill"; key: string }
  | { readonly do: "close"; key: string; count?: number }
  | { readonly do: "udp"; key: string; address: string; port: number; receive?: number }
  | { readonly do: "unix"; key: string; path: string; backlog?: number; clients?: number }
  | { readonly do: "knock"; address: string; port: number; count: number; every: number }
  | { readonly do: "datagrams"; address: string; port: number; count: number; size: number; every: number }
  | { readonly do: "visit"; address: string; port: number; every: number }
  | { readonly do: "serve"; listener: string }
  | { readonly do: "drain"; key: string }
  | { readonly do: "stream"; key: string; bytes: number; every: number }
  | { readonly do: "become"; comm: string };

/** What it has done. */
export interface Done {
  /** Of the sockets it has opened. */
  readonly inodes: readonly number[];
  /** Their local ports, where they have one. */
  readonly ports: readonly number[];
}

/** A program of a machine, which opens and closes sockets as it is told. */
export class Program {
  /** As the machine counts. */
  readonly pid: number;
  private readonly child: ChildProcess;
  private readonly lines: AsyncIterator<string>;

  private constructor(child: ChildProcess, lines: AsyncIterator<string>, pid: number) {
    this.child = child;
    this.lines = lines;
    this.pid = pid;
  }

  static async start(machine: Machine, words: readonly string[]): Promise<Program> {
    const child = machine.spawn("python3", ["-IS", SCRIPT, JSON.stringify(words)], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
    const { value, done } = await lines.next();
    if (done) throw new Error(`${words[0]} did not start`);
    return new Program(child, lines, (JSON.parse(value) as { pid: number }).pid);
  }

  /** Lets it do something, and waits until it is done. One thing at a time. */
  async do(order: Order): Promise<Done> {
    this.child.stdin!.write(`${JSON.stringify(order)}\n`);
    const { value, done } = await this.lines.next();
    if (done) throw new Error(`the program ended instead of "${order.do}"`);
    const { error, ...answer } = JSON.parse(value) as Done & { error?: string };
    if (error !== undefined) throw new Error(`${JSON.stringify(order)}: ${error}`);
    return answer;
  }

  /** Ends it, and waits for that: the kernel has closed all it held. */
  async end(): Promise<void> {
    const ended = once(this.child, "exit");
    this.child.stdin!.end();
    await ended;
  }
}
