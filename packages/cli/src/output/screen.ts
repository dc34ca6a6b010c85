import type { Io } from "../io.ts";
import { cut } from "../text/width.ts";
import { AlternateScreen } from "./alternate-screen.ts";

const HOME = "\x1b[H";
const CLEAR_LINE = "\x1b[K";
const CLEAR_BELOW = "\x1b[J";

/** The second screen of a terminal, on which a table is drawn again and again. */
export class Screen {
  private readonly io: Io;
  private readonly alternate: AlternateScreen;

  constructor(io: Io) {
    this.io = io;
    this.alternate = new AlternateScreen(io);
  }

  /**
   * Draws lines from the top, as many as there is room for. Lines hold no more than the table laid out for this width.
   * `more` lines were not even made, and `notes` stand below all.
   */
  draw(title: string, first: readonly string[], more = 0, notes: readonly string[] = []): void {
    this.alternate.show(); // after a stop, the next round can be due before the news that the process goes on
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
    this.alternate.close();
  }
}
