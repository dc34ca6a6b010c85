import { utf8 } from "../text/strings.ts";
import type { ParseOptions } from "./options.ts";
import type { TextTable } from "./table.ts";

/*
 * /proc/net/pktgen/pgctrl, kpktgend_<cpu>, <device>: net/core/pktgen.c. Text for people, changed from release to release:
 *
 *   Packet Generator for packet performance testing. Version: 2.75
 */

/** A file that has no form: its text, bytes that are not UTF-8 as U+FFFD. */
export const rawTextTable: TextTable<string> = { parse: (text) => utf8(text, 0, text.length) };

export const pktgenTable: TextTable<string> = rawTextTable;

/**
 * The text of a file in `/proc/net/pktgen`. Any text is one.
 *
 * @example
 * ```ts
 * import { parsePktgen } from "procnet/parse";
 * parsePktgen(bytes).includes("Result: OK");
 * ```
 */
export function parsePktgen(text: Uint8Array, options: ParseOptions = {}): string {
  return pktgenTable.parse(text, options);
}
