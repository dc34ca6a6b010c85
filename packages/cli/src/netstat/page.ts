import type { Io } from "../io.ts";

/** As much text as is kept before it is written. */
const ENOUGH = 1 << 16;

/** What is printed, in large pieces: one write for each line would take longer than the rest. */
export class Page {
  /** False once nobody reads any more: what is being printed can stop. */
  open = true;
  private readonly io: Io;
  private text = "";

  constructor(io: Io) {
    this.io = io;
  }

  /** Prints text, which has its own ends of lines. */
  print(text: string): void {
    this.text += text;
    if (this.text.length >= ENOUGH) this.flush();
  }

  /** Prints a line of what is no data; what was printed before comes first. */
  warn(line: string): void {
    this.flush();
    this.io.err(`${line}\n`);
  }

  flush(): void {
    const { text } = this;
    this.text = "";
    if (text !== "" && this.open) this.open = this.io.out(text);
  }
}
