import { eachLine, type TextForm } from "./forms.ts";
import { RowError } from "./issues.ts";
import type { ParseOptions } from "./options.ts";

/** Files of one number; `undefined` when the text is empty. */
export const numberForm: TextForm<number | undefined> = { parse: oneNumber };

function oneNumber(text: Uint8Array, options: ParseOptions): number | undefined {
  let value: number | undefined;
  eachLine(text, options, (line) => {
    if (value !== undefined) throw new RowError(line.start, "line", "expected one number, and nothing behind it");
    const number = line.signed("value");
    if (line.more()) line.fail("value", "the only number of the line");
    value = number;
  });
  return value;
}
