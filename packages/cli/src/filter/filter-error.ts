import { UsageError } from "../errors.ts";
import { visible } from "../text/safe.ts";
import { width } from "../text/width.ts";

/** A filter that cannot be read: the message names the column, and the text is shown with a mark below it. */
export class FilterError extends UsageError {
  /** Place in the text, from 0. */
  readonly at: number;

  constructor(text: string, at: number, problem: string) {
    // Escaping makes text longer: the mark goes below what is shown.
    const mark = " ".repeat(width(visible(text.slice(0, at))));
    super(`filter, column ${[...text.slice(0, at)].length + 1}: ${problem}`, [`  ${visible(text)}`, `  ${mark}^`]);
    this.at = at;
  }
}
