import { nameOf } from "../../../codes/two-way.ts";
import { UnixState } from "../../../codes/unix.ts";
import { countsByName } from "../../../form/counts.ts";
import type { RowCounter } from "../../../form/forms.ts";
import type { ParseOptions } from "../../../form/options.ts";
import { UnixLines } from "./unix-lines.ts";
import { type UnixFilter, type UnixWhere, unixFilter } from "./unix-where.ts";

/** Counts the rows of `unix` by state. */
export class UnixCounter extends UnixLines implements RowCounter {
  private readonly counts = new Float64Array(256);
  private readonly filter: UnixFilter;

  constructor(options: ParseOptions & { readonly where?: UnixWhere }) {
    super(options);
    this.filter = unixFilter(options.where);
  }

  scan(bytes: Uint8Array, start: number, end: number): boolean {
    this.lines(bytes, start, end);
    return true;
  }

  finish(cut: boolean): Map<string, number> {
    if (cut) this.noteCut();
    return countsByName(this.counts, (code) => nameOf(UnixState, code));
  }

  protected override begin(): void {
    if (this.filter?.(this.columns) === false) return;
    const code = this.columns.state & 0xff;
    this.counts[code]!++;
  }

  protected override goOn(): void {}
}
