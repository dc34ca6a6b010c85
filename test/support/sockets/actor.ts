import { type ChildProcess, spawn } from "node:child_process";
import { createInterface, type Interface } from "node:readline";
import { fileURLToPath } from "node:url";

const SCRIPT = fileURLToPath(new URL("actor.py", import.meta.url));

/** What an actor answers: what it made, as far as that has a number. */
export interface Answer {
  readonly fd: number;
  readonly inode: number;
  readonly port: number;
  readonly pid: number;
}

type Act = "open" | "connect" | "accept" | "close" | "file" | "swap" | "dup" | "fill" | "move" | "pass" | "fork";

/** A process of its own that opens, closes and passes on sockets as it is told. */
export class Actor {
  private readonly child: ChildProcess;
  private readonly lines: AsyncIterator<string>;
  private readonly reader: Interface;

  constructor(start: (command: string, args: readonly string[]) => ChildProcess = startHere) {
    this.child = start("python3", ["-IS", SCRIPT]);
    this.child.stdin!.on("error", () => {}); // it ended: who waits for its answer hears of it
    this.reader = createInterface({ input: this.child.stdout! });
    this.lines = this.reader[Symbol.asyncIterator]();
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** Tells it to do something with the socket of that name. */
  async act(name: string, act: Act | "kill" | "churn" | "exec", options: object = {}): Promise<Answer> {
    this.child.stdin!.write(`${JSON.stringify({ name, do: act, ...options })}\n`);
    const { value, done } = await this.lines.next();
    if (done) throw new Error(`the actor ended when told to ${act} ${name}`);
    return JSON.parse(value) as Answer;
  }

  /** Ends it, and waits until it has. */
  async end(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    this.reader.close();
    this.child.kill("SIGKILL");
    await ended;
  }
}

function startHere(command: string, args: readonly string[]): ChildProcess {
  return spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
}
