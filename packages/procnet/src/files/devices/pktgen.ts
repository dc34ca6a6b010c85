import type { ParseOptions } from "../../form/options.ts";
import { rawTextTable } from "../../form/raw-text.ts";
import type { TextTable } from "../../form/table.ts";

/*
 * /proc/net/pktgen/pgctrl, kpktgend_<cpu>, <device>: net/core/pktgen.c. Text for people, changed from release to release:
 *
 *   Packet Generator for packet performance testing. Version: 2.75
 */

export const pktgenTable: TextTable<string> = rawTextTable;

/**
 * The text of a file in `/proc/net/pktgen`: any is valid. Bytes that are not UTF-8 become U+FFFD.
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
