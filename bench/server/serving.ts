import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { start } from "../tools/program.ts";

/** A `serve-child`, which can be asked what it has open. */
export class Serving implements AsyncDisposable {
  readonly url: string;
  readonly pid: number;
  readonly #say: (line: string) => Promise<unknown>;
  readonly #end: () => Promise<void>;

  private constructor(url: string, pid: number, say: (line: string) => Promise<unknown>, end: () => Promise<void>) {
    this.url = url;
    this.pid = pid;
    this.#say = say;
    this.#end = end;
  }

  /** One whose looks are at most so many milliseconds old. */
  static async start(maxAge: number): Promise<Serving> {
    const program = fileURLToPath(new URL("./serve-child.js", import.meta.url));
    const child = start(process.execPath, [program, `${maxAge}`], { stdio: ["pipe", "pipe", "inherit"] });
    const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
    const next = async (): Promise<unknown> => {
      const { value, done } = await lines.next();
      if (done === true) throw new Error("the server has ended");
      return JSON.parse(value);
    };
    const say = (line: string): Promise<unknown> => {
      child.stdin!.write(`${line}\n`);
      return next();
    };
    const end = (): Promise<void> => {
      child.stdin!.end();
      return ended;
    };
    return new Serving((await next()) as string, child.pid!, say, end);
  }

  /** What it answers to a line. */
  async ask<Answer>(line: string): Promise<Answer> {
    return (await this.#say(line)) as Answer;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#end();
  }
}
