import { lineEnd } from "../../../bytes/ascii.ts";
import { hex2 } from "../../../bytes/hex.ts";
import { countsByName } from "../../../form/counts.ts";
import type { RowCounter } from "../../../form/forms.ts";
import { CARRIAGE_RETURN } from "../../../form/unusual.ts";
import { type InetSocketEntry, stateName } from "./inet-row.ts";
import type { InetScanner } from "./inet-scanner.ts";
import { inetColon, rowEnd } from "./inet-shape.ts";

/** The last byte that all rows have behind the colon of `sl`, the addresses aside. */
const FIXED = 56;

/**
 * Counts the rows of an internet socket table by state, without decoding them. Rows of unusual form go through the reader
 * of rows, which names what is wrong with them. With a `where` every row is read.
 */
export class InetCounter implements RowCounter {
  private readonly scanner: InetScanner<InetSocketEntry>;
  private readonly digits: 8 | 32;
  private readonly filtered: boolean;
  private readonly counts = new Float64Array(256);
  private readonly others = new Map<string, number>();
  private readonly rows: InetSocketEntry[] = [];

  constructor(scanner: InetScanner<InetSocketEntry>, addressDigits: 8 | 32, isFiltered: boolean) {
    this.scanner = scanner;
    this.digits = addressDigits;
    this.filtered = isFiltered;
  }

  skip(head: Uint8Array, endless: boolean): void {
    this.scanner.skip(head, endless);
  }

  scan(bytes: Uint8Array, start: number, end: number): boolean {
    const { counts, digits } = this;
    if (this.filtered) return this.slow(bytes, start, end);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let at = start;
    while (at < end && this.scanner.awaitsHeader) {
      const next = lineEnd(bytes, at, end) + 1;
      this.slow(bytes, at, next);
      at = next;
    }
    let last = at;
    while (at < end) {
      last = at;
      const colon = inetColon(bytes, at, end, digits);
      const state = colon < 0 ? -1 : hex2(bytes, colon + 2 * digits + 14);
      const next = rowEnd(view, bytes, colon < 0 ? at : colon, end) + 1;
      // Line ends of another system are told by the reader of rows.
      if (state < 0 || next <= colon + 2 * digits + FIXED || bytes[next - 2] === CARRIAGE_RETURN) {
        this.slow(bytes, at, next);
      } else {
        counts[state]!++;
        this.scanner.line.number++;
      }
      at = next;
    }
    // A note about a cut text quotes the last line.
    if (last < end) this.scanner.line.reset(bytes, last, end - 1, this.scanner.line.number);
    return true;
  }

  finish(cut: boolean): Map<string, number> {
    this.scanner.finish([], cut);
    return countsByName(this.counts, stateName, this.others);
  }

  /** Counts the lines by reading them as rows: the header, rows of unusual form. */
  private slow(bytes: Uint8Array, start: number, end: number): boolean {
    const { rows, others } = this;
    const more = this.scanner.scan(bytes, start, end, rows);
    for (const row of rows) others.set(row.state, (others.get(row.state) ?? 0) + 1);
    rows.length = 0;
    return more;
  }
}
