import { issueOf } from "../errors.ts";

/**
 * A filter that cannot be read: its message names the column and says what is wrong there.
 *
 * @example
 * ```ts
 * import { FilterError, parseFilter } from "procnet/query";
 * try {
 *   parseFilter("state establishd");
 * } catch (error) {
 *   if (!(error instanceof FilterError)) throw error;
 *   console.log(error.message); // filter, column 7: there is no state "establishd" (did you mean established?)
 * }
 * ```
 */
export class FilterError extends Error {
  /** Always `FilterError`. */
  override readonly name = "FilterError";
  /** Always `ERR_FILTER`. */
  readonly code = "ERR_FILTER";
  /** The filter, as it was given. */
  readonly text: string;
  /** Where in `text` it goes wrong: an index, from 0. */
  readonly at: number;
  /** The same for people: characters, from 1. */
  readonly column: number;

  constructor(text: string, at: number, problem: string) {
    const column = [...text.slice(0, at)].length + 1;
    const code = "ERR_FILTER";
    super(issueOf({ code, message: `filter, column ${column}: ${problem}` }).message);
    this.text = text;
    this.at = at;
    this.column = column;
  }
}
