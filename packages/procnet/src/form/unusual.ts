import { skipBlanks, TAB } from "../bytes/ascii.ts";
import type { Issues } from "./issues.ts";
import type { Line } from "./line.ts";

export const CARRIAGE_RETURN = 0x0d;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const;

/** What a blank line is: none of the kernel's, one that it writes between others, or as good as any other. */
export type Blanks = "odd" | "usual" | "content";

/**
 * Tells of text that no kernel prints so, and that is read all the same: it went through other hands, or another system
 * wrote it. Each kind is told once a text, blank lines once for each run of them.
 */
export class Unusual {
  private readonly issues: Issues;
  private readonly told = new Set<string>();
  /** Number of the last blank line. */
  private blank = Number.NaN;

  private readonly blanks: Blanks;

  constructor(issues: Issues, blanks: Blanks = "odd") {
    this.issues = issues;
    this.blanks = blanks;
  }

  /** Takes off the line just begun what is not part of it; false when nothing is left to read. */
  holds(line: Line): boolean {
    const { bytes } = line;
    if (line.number === 1 && BYTE_ORDER_MARK.every((byte, at) => bytes[line.start + at] === byte)) {
      this.tell(line, "the text begins with a byte order mark");
      line.start += BYTE_ORDER_MARK.length;
      line.at = line.start;
    }
    if (line.end > line.start && bytes[line.end - 1] === CARRIAGE_RETURN) {
      this.tell(line, "the lines end in CR and LF");
      line.end--;
    }
    const blank = skipBlanks(bytes, line.start, line.end) >= line.end;
    if (!blank || this.blanks === "content") return true;
    if (this.blanks === "odd" && this.blank !== line.number - 1)
      this.note(line, "a blank line, which the kernel does not write here");
    this.blank = line.number;
    return false;
  }

  /** A row of a file whose columns have tabs between them. */
  tabbed(line: Line): void {
    for (let at = line.start; at < line.end; at++) if (line.bytes[at] === TAB) return;
    this.tell(line, "blanks stand where the kernel writes tabs");
  }

  /** Tells something once. */
  tell(line: Line, message: string): void {
    if (this.told.has(message)) return;
    this.told.add(message);
    this.note(line, message);
  }

  private note(line: Line, message: string): void {
    this.issues.note("ERR_UNUSUAL", line, "line", message);
  }
}
