import { RowError } from "./issues.ts";
import type { ParseOptions } from "./options.ts";
import { eachLine, type TextTable } from "./table.ts";

/** Files of one number; `undefined` when the text is empty. */
export const numberTable: TextTable<number | undefined> = { parse: oneNumber };

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
