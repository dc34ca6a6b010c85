import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Painter, type Size } from "./painter.ts";

const SIZE: Size = { columns: 20, rows: 4 };
const BEGIN = "\x1b[?2026h";
const END = "\x1b[?2026l";

/** A terminal that knows what a painter tells it, and nothing else. */
class Screen {
  readonly lines: string[];
  cursor: string | undefined;
  private readonly columns: number;

  constructor({ columns, rows }: Size) {
    this.columns = columns;
    this.lines = Array.from({ length: rows }, () => " ".repeat(columns));
  }

  take(told: string): void {
    let [line, column, isShown] = [0, 0, this.cursor !== undefined];
    for (const [part, row, place, shows] of told.matchAll(/\x1b\[(?:(\d+);(\d+)H|\?25([hl])|[\d;?]*[A-Za-z])|./gs)) {
      if (row !== undefined) [line, column] = [Number(row) - 1, Number(place) - 1];
      else if (shows !== undefined) isShown = shows === "h";
      else if (part === "\x1b[2J") this.lines.fill(" ".repeat(this.columns));
      else if (part === "\x1b[K") this.put(line, column, " ".repeat(this.columns - column));
      else if (!part.startsWith("\x1b")) this.put(line, column++, part);
    }
    this.cursor = isShown ? `${line},${column}` : undefined;
  }

  private put(line: number, column: number, text: string): void {
    expect(column + text.length, "nothing is written beside the screen").toBeLessThanOrEqual(this.columns);
    const before = this.lines[line]!;
    this.lines[line] = before.slice(0, column) + text + before.slice(column + text.length);
  }
}

const shown = (lines: readonly string[]): string[] =>
  Array.from({ length: SIZE.rows }, (_, at) => (lines[at] ?? "").replace(/\x1b\[\d*m/g, "").padEnd(SIZE.columns));

describe("a painter", () => {
  it("clears the screen for the first frame and for one of another size, and never else", () => {
    const painter = new Painter();
    const first = painter.paint({ lines: ["a", "b"] }, SIZE);
    expect(first.startsWith(`${BEGIN}\x1b[2J`)).toBe(true);
    expect(first.endsWith(END)).toBe(true);
    expect(painter.paint({ lines: ["a", "c"] }, SIZE)).not.toContain("\x1b[2J");
    expect(painter.paint({ lines: ["a", "c"] }, { ...SIZE, columns: 21 })).toContain("\x1b[2J");
    painter.forget();
    expect(painter.paint({ lines: ["a", "c"] }, { ...SIZE, columns: 21 })).toContain("\x1b[2J");
  });

  it("says nothing where nothing is different, and of a line only what is", () => {
    const painter = new Painter();
    painter.paint({ lines: ["12:00:01  every 1s", "rows"] }, SIZE);
    expect(painter.paint({ lines: ["12:00:01  every 1s", "rows"] }, SIZE)).toBe("");
    expect(painter.paint({ lines: ["12:00:02  every 1s", "rows"] }, SIZE)).toBe(
      `${BEGIN}\x1b[1;8H2  every 1s\x1b[K${END}`,
    );
  });

  it("clears nothing behind a line as wide as the screen: that would take its last character", () => {
    const painter = new Painter();
    painter.paint({ lines: ["x".repeat(20)] }, SIZE);
    expect(painter.paint({ lines: ["y".repeat(20)] }, SIZE)).not.toContain("\x1b[K");
  });

  it("keeps what a letter is combined with", () => {
    const painter = new Painter();
    painter.paint({ lines: ["abc"] }, SIZE);
    expect(painter.paint({ lines: ["abc\u0301"] }, SIZE)).toContain("\x1b[1;3Hc\u0301");
  });

  it("puts the cursor where it belongs, also after a frame that moved it", () => {
    const painter = new Painter();
    const screen = new Screen(SIZE);
    screen.take(painter.paint({ lines: ["", "filter: a"], cursor: { line: 1, column: 9 } }, SIZE));
    expect(screen.cursor).toBe("1,9");
    screen.take(painter.paint({ lines: ["new", "filter: a"], cursor: { line: 1, column: 9 } }, SIZE));
    expect(screen.cursor).toBe("1,9");
    screen.take(painter.paint({ lines: ["new", "filter: a"] }, SIZE));
    expect(screen.cursor).toBeUndefined();
  });

  it("shows each of any frames, one after the other", () => {
    const piece = fc.constantFrom("a", "b", " ", "ab", "\x1b[1mb\x1b[22m", "\x1b[7ma\x1b[27m");
    const line = fc.array(piece, { maxLength: 10 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(fc.array(fc.array(line, { maxLength: 4 }), { minLength: 2, maxLength: 6 }), (frames) => {
        const painter = new Painter();
        const screen = new Screen(SIZE);
        for (const lines of frames) {
          screen.take(painter.paint({ lines }, SIZE));
          expect(screen.lines).toEqual(shown(lines));
        }
      }),
    );
  });
});
