import { nameOf } from "../../../codes/two-way.ts";
import { UnixState } from "../../../codes/unix.ts";
import { countsByName } from "../../../form/counts.ts";
import type { RowCounter } from "../../../form/forms.ts";
import { UnixLines } from "./unix-lines.ts";

/** Counts the rows of `unix` by state. */
export class UnixCounter extends UnixLines implements RowCounter {
  private readonly counts = new Float64Array(256);

  scan(bytes: Uint8Array, start: number, end: number): boolean {
    this.lines(bytes, start, end);
    return true;
  }

  finish(cut: boolean): Map<string, number> {
    if (cut) this.noteCut();
    return countsByName(this.counts, (code) => nameOf(UnixState, code));
  }

  protected override begin(): void {
    const code = this.columns.state & 0xff;
    this.counts[code]!++;
  }

  protected override goOn(): void {}
}
