import type { RowForm } from "./forms.ts";
import { RowError } from "./issues.ts";
import type { Line } from "./line.ts";
import type { ParseOptions } from "./options.ts";
import { LineScanner } from "./scanner.ts";

/** What a row holds beyond the columns that this version knows. */
export interface UnknownColumns {
  /** Columns of the header that this version does not know, by the kernel's names; absent when there are none. */
  readonly otherColumns?: Readonly<Record<string, string>>;
  /** Values behind those that the header names, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** The cells of a row by the names in the file's own header, for files whose columns came and went between kernels. */
export class Cells {
  readonly line: Line;
  /** How many columns the header names. */
  private readonly width: number;
  /** Place of each column; of one named twice, the first. */
  private readonly places = new Map<string, number>();
  private readonly starts: number[] = [];
  private readonly asked: Set<string> = new Set();

  constructor(line: Line) {
    this.line = line;
    const names = (line.headers[0] ?? "").split(/[ \t]+/).filter((name) => name !== "");
    this.width = names.length;
    for (const [place, name] of names.entries()) if (!this.places.has(name)) this.places.set(name, place);
  }

  /** Finds the cells of the line just begun. */
  reset(): void {
    this.starts.length = 0;
    while (this.line.more()) {
      this.line.next("row");
      this.starts.push(this.line.tokenStart);
    }
  }

  /** Whether the header has this column. */
  has(name: string): boolean {
    this.asked.add(name);
    return this.places.has(name);
  }

  /** Goes to a column, so that the line's own methods read it. */
  at(name: string): Line {
    if (!this.has(name)) throw new RowError(this.line.start, name, "the header has no such column");
    this.line.at = this.starts[this.places.get(name)!] ?? this.line.end;
    return this.line;
  }

  word(name: string): string {
    return this.at(name).word(name);
  }

  decimal(name: string): number {
    return this.at(name).decimal(name);
  }

  signed(name: string): number {
    return this.at(name).signed(name);
  }

  unsigned32(name: string): number {
    return this.at(name).unsigned32(name);
  }

  hex(name: string): number {
    return this.at(name).hex(name);
  }

  /** The column's text; `undefined` when the header lacks it. */
  wordIfAny(name: string): string | undefined {
    return this.has(name) ? this.word(name) : undefined;
  }

  /** The column's decimal number; `undefined` when the header lacks it. */
  decimalIfAny(name: string): number | undefined {
    return this.has(name) ? this.decimal(name) : undefined;
  }

  /** The column's decimal number that may be negative; `undefined` when the header lacks it. */
  signedIfAny(name: string): number | undefined {
    return this.has(name) ? this.signed(name) : undefined;
  }

  /** The column's hexadecimal number; `undefined` when the header lacks it. */
  hexIfAny(name: string): number | undefined {
    return this.has(name) ? this.hex(name) : undefined;
  }

  /** All that nobody has asked for. */
  rest(): UnknownColumns {
    const others: [string, string][] = [];
    for (const name of this.places.keys()) if (!this.asked.has(name)) others.push([name, this.at(name).word(name)]);
    for (const [name] of others) this.asked.delete(name);
    this.line.at = this.starts[this.width] ?? this.line.end;
    return others.length === 0
      ? { ...this.line.extra() }
      : { otherColumns: Object.fromEntries(others), ...this.line.extra() };
  }
}

/** A table of one row a line below a header that names the columns. */
/* @__NO_SIDE_EFFECTS__ */
export function headerForm<Row>(
  header: string,
  row: (cells: Cells, options: ParseOptions) => Row | undefined,
): RowForm<Row> {
  return {
    scanner: (options) => {
      let cells: Cells | undefined;
      let names: string | undefined;
      const read = (line: Line) => {
        if (cells === undefined || names !== line.headers[0]) cells = new Cells(line);
        names = line.headers[0];
        cells.reset();
        return row(cells, options);
      };
      return new LineScanner({ headers: [header], row: read }, options);
    },
  };
}
