import { utf8 } from "../bytes/strings.ts";
import { checkText } from "./check-text.ts";
import { eachLine, type TextForm } from "./forms.ts";

/**
 * The text of a file as it is, for files of drivers and of old kernels that have no form worth a parser. Bytes that are not
 * UTF-8 become U+FFFD.
 */
export const rawText: TextForm<string> = {
  parse: (text, options) => {
    checkText(text);
    // Walks the lines for the note about a text that was cut.
    if (options.onIssue !== undefined) eachLine(text, options, () => undefined, { blanks: "usual" });
    return utf8(text, 0, text.length);
  },
};
