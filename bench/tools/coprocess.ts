import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { start } from "./program.ts";

/** A program that answers every line of input with one line of output: milliseconds and numbers. It ends with its input. */
export class Coprocess {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  #errors = "";

  constructor(command: string, args: readonly string[] = []) {
    this.#child = start(command, args, { stdio: ["pipe", "pipe", "pipe"] });
    this.#lines = createInterface({ input: this.#child.stdout! })[Symbol.asyncIterator]();
    this.#child.stderr!.setEncoding("utf8").on("data", (part: string) => {
      this.#errors = (this.#errors + part).slice(-500);
    });
  }

  /** One round, for what the line says. */
  async ask(line = ""): Promise<{ ms: number; sockets: number }> {
    this.#child.stdin!.write(`${line}\n`);
    const { value, done } = await this.#lines.next();
    if (done === true) throw new Error(this.#errors.trim().split("\n")[0] || "the program ended");
    const [ms = Number.NaN, sockets = Number.NaN] = value.split(" ").map(Number);
    return { ms, sockets };
  }

  /** The program ends with its input. */
  end(): void {
    this.#child.stdin!.end();
  }
}
