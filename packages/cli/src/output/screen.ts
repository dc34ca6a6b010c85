import { writeSync } from "node:fs";
import type { Io } from "../io.ts";
import { cut } from "../text/width.ts";

// Without wrapping (7l), a long line does not push the others down.
const ENTER = "\x1b[?1049h\x1b[?25l\x1b[?7l";
const LEAVE = "\x1b[?7h\x1b[?25h\x1b[?1049l";
const HOME = "\x1b[H";
const CLEAR_LINE = "\x1b[K";
const CLEAR_BELOW = "\x1b[J";

/**
 * The second screen of a terminal, on which a table is drawn again and again. The first one is as it was when this is
 * closed: at the end, at an error, at a signal, when the process is stopped with Ctrl-Z and when it exits by itself.
 */
export class Screen {
  private readonly io: Io;
  private on = false;
  private readonly exit = (): void => {
    // Streams may not be flushed any more.
    if (this.on) writeSync(1, LEAVE);
    this.on = false;
  };
  private readonly stop = (): void => {
    this.show(false);
    process.removeListener("SIGTSTP", this.stop);
    process.kill(process.pid, "SIGTSTP");
  };
  private readonly resume = (): void => {
    // Also told to go on without having been stopped.
    process.removeListener("SIGTSTP", this.stop);
    process.on("SIGTSTP", this.stop);
    this.show(true);
  };

  constructor(io: Io) {
    this.io = io;
    this.show(true);
    process.on("exit", this.exit);
    process.on("SIGTSTP", this.stop);
    process.on("SIGCONT", this.resume);
  }

  /**
   * Draws lines from the top, as many as there is room for. Lines hold no more than the table laid out for this width.
   * `more` lines were not even made, and `notes` stand below all.
   */
  draw(title: string, first: readonly string[], more = 0, notes: readonly string[] = []): void {
    this.show(true); // after a stop, the next round can be due before the news that the process goes on
    const rows = this.io.rows ?? 24;
    const columns = this.io.columns ?? 80;
    const lines = more === 0 ? [...first, ...notes] : first;
    const total = first.length + more + notes.length;
    const shown = lines.slice(0, Math.max(0, total > rows - 1 ? rows - 2 : rows - 1));
    const missing = total - shown.length;
    const all = [cut(title, columns), ...shown];
    if (missing > 0 && all.length < rows) all.push(cut(`… ${missing} more lines`, columns));
    // Cleared before it is written: behind a line as wide as the terminal, clearing would take its last character.
    this.io.out(`${HOME}${all.map((line) => CLEAR_LINE + line).join("\r\n")}`);
    if (all.length < rows) this.io.out(`\r\n${CLEAR_BELOW}`);
  }

  close(): void {
    process.removeListener("exit", this.exit);
    process.removeListener("SIGTSTP", this.stop);
    process.removeListener("SIGCONT", this.resume);
    this.show(false);
  }

  private show(on: boolean): void {
    if (this.on !== on) this.io.out(on ? ENTER : LEAVE);
    this.on = on;
  }
}
