import { type Filter, FilterError, parseFilter } from "procnet/query";
import { UsageError } from "../errors.ts";
import { visible } from "../text/safe.ts";
import { width } from "../text/width.ts";
import { namesOfMachine } from "./services.ts";

/**
 * The filter that a command line has, with the names of this machine.
 *
 * @throws UsageError that names the column, and shows the text with a mark below it
 */
export function filterOf(words: readonly string[]): Filter {
  try {
    return parseFilter(words.join(" "), namesOfMachine);
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
    const { text, at } = error;
    // Escaping makes text longer: the mark goes below what is shown.
    const mark = " ".repeat(width(visible(text.slice(0, at))));
    throw new UsageError(error.message, [`  ${visible(text)}`, `  ${mark}^`]);
  }
}
