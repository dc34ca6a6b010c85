/*
 * The columns of ss: as wide as what is in them. It keeps what it prints in pieces of a megabyte until it has five of them, and
 * measures then; so with very many sockets columns become wider at certain rows, and here at the same ones.
 */

type Align = "left" | "right";

interface Column {
  readonly align: Align;
  readonly header: string;
  /** What stands before it in a line that has begun. */
  readonly before: string;
}

/** The columns of a row, in their order. */
export const COLUMNS = ["netid", "state", "recvQ", "sendQ", "local", "port", "peer", "peerPort", "more"] as const;
export type ColumnName = (typeof COLUMNS)[number];

/** A row: what is in each column. */
export type Row = Readonly<Record<ColumnName, string>>;

const LAYOUT: Readonly<Record<ColumnName, Column>> = {
  netid: { align: "left", header: "Netid", before: "" },
  state: { align: "left", header: "State", before: " " },
  recvQ: { align: "left", header: "Recv-Q", before: " " },
  sendQ: { align: "left", header: "Send-Q", before: " " },
  local: { align: "right", header: "Local Address:", before: " " },
  port: { align: "left", header: "Port", before: "" },
  peer: { align: "right", header: "Peer Address:", before: " " },
  peerPort: { align: "left", header: "Port", before: "" },
  more: { align: "left", header: "Process", before: "" },
};

const HEADER = Object.fromEntries(COLUMNS.map((name) => [name, LAYOUT[name].header])) as Row;

/** Bytes that a piece of its memory holds, and how many pieces it fills before it prints. */
const PIECE = (1 << 20) - 16;
const PIECES = 5;

/** Bytes that stand before the text of a field: its length. */
const LENGTH = 2;

/** How full ss's memory would be. */
class Memory {
  pieces = 0;
  private used = 0;
  private isFirst = true;

  /** A field of so many bytes is written. What does not fit begins the next piece. */
  put(bytes: number): void {
    if (this.pieces === 0 || (bytes >= PIECE - this.used && !this.isFirst)) this.begin();
    this.used += bytes;
  }

  /** It is over, and the next one begins at an even place. */
  end(bytes: number): void {
    const pad = bytes % 2;
    if (PIECE - this.used - pad < LENGTH) {
      this.begin();
      return;
    }
    this.used += pad + LENGTH;
    this.isFirst = false;
  }

  private begin(): void {
    this.pieces++;
    this.used = LENGTH;
    this.isFirst = true;
  }

  clear(): void {
    this.pieces = 0;
  }
}

/** Collects rows and prints them when their widths are known. */
export class Columns {
  private readonly print: (text: string) => void;
  private readonly screen: number | undefined;
  private readonly shown: readonly ColumnName[];
  private readonly longest: number[];
  private readonly memory = new Memory();
  private rows: string[][] = [];
  private lengths: number[][] = [];
  /** Whether nothing but the heading was printed. */
  private isHeader = false;

  /** `screen`: columns of the terminal; `undefined` where the output is none. */
  constructor(print: (text: string) => void, screen: number | undefined, hidden: ReadonlySet<ColumnName>) {
    this.print = print;
    this.screen = screen;
    this.shown = COLUMNS.filter((name) => !hidden.has(name));
    this.longest = this.shown.map(() => 0);
  }

  header(): void {
    this.row(HEADER);
    this.isHeader = true;
  }

  row(row: Row): void {
    if (this.rows.length > 0) this.endRow();
    this.isHeader = false;
    const texts = this.shown.map((name) => row[name]);
    const lengths = texts.map(bytesOf);
    this.rows.push(texts);
    this.lengths.push(lengths);
    const last = lengths.length - 1;
    lengths.forEach((length, at) => {
      this.memory.put(length);
      if (at === last) return;
      this.memory.end(length);
      this.measure(at, length);
    });
  }

  private measure(at: number, length: number): void {
    if (length > this.longest[at]!) this.longest[at] = length;
  }

  /** The row before is over: its last field is measured, and behind it is one that is always empty. */
  private endRow(): void {
    const last = this.shown.length - 1;
    const length = this.lengths.at(-1)![last]!;
    this.measure(last, length);
    this.memory.end(length);
    this.memory.put(0);
    if (this.memory.pieces >= PIECES) this.render();
    else this.memory.end(0);
  }

  /** Prints what is left. The last field of the last row is not measured, as ss has not come to its end then; that of the heading is. */
  flush(): void {
    if (this.isHeader) this.measure(this.shown.length - 1, this.lengths[0]!.at(-1)!);
    this.render();
  }

  private render(): void {
    const widths = this.widths();
    const parts: string[] = [];
    for (const [index, texts] of this.rows.entries()) {
      const lengths = this.lengths[index]!;
      for (let at = 0; at < texts.length; at++) {
        const { align, before } = LAYOUT[this.shown[at]!];
        const lead = at === 0 ? "" : before;
        const blanks = widths[at]! - lengths[at]! - lead.length;
        const padding = widths[at] === 0 || blanks <= 0 ? "" : " ".repeat(blanks);
        parts.push(align === "right" ? lead + padding + texts[at]! : lead + texts[at]! + padding);
      }
      parts.push("\n");
    }
    this.rows = [];
    this.lengths = [];
    this.memory.clear();
    this.print(parts.join(""));
  }

  /** Widths with what stands before the columns: on a terminal all of its width is used. */
  private widths(): number[] {
    const screen = this.screen ?? Number.POSITIVE_INFINITY;
    let isFirst = true;
    const widths = this.longest.map((length, at) => {
      const lead = isFirst || length === 0 ? 0 : LAYOUT[this.shown[at]!].before.length;
      if (length > 0) isFirst = false;
      return Math.min(length + lead, screen);
    });
    return this.screen === undefined ? widths : spread(widths, screen);
  }
}

/**
 * Spreads what a line of the screen has left over its columns, from the right. Where not all columns fit, the rest goes to the next
 * line, and the terminal breaks it.
 */
function spread(given: readonly number[], screen: number): number[] {
  const widths = [...given];
  const filled = widths.flatMap((width, at) => (width > 0 ? [at] : []));
  let line: number[] = [];
  let used = 0;
  const end = (): void => {
    const left = screen - used;
    const each = Math.floor(left / line.length);
    let rest = left % line.length;
    for (const at of line.reverse()) widths[at]! += each + (rest-- > 0 ? 1 : 0);
    line = [];
    used = 0;
  };
  for (const at of filled) {
    if (used + widths[at]! > screen) end();
    line.push(at);
    used += widths[at]!;
    if (used === screen || at === filled.at(-1)) end();
  }
  return widths;
}

const ASCII = /^[\0-\x7f]*$/;

function bytesOf(text: string): number {
  return ASCII.test(text) ? text.length : Buffer.byteLength(text);
}
