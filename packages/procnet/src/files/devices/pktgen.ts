import type { ParseOptions } from "../../form/options.ts";
import { rawText } from "../../form/raw-text.ts";
import { type TextTable, table } from "../../form/table.ts";

/*
 * /proc/net/pktgen/pgctrl, kpktgend_<cpu>, <device>: net/core/pktgen.c. Text for people, changed from release to release:
 *
 *   Packet Generator for packet performance testing. Version: 2.75
 */

/**
 * The file `/proc/net/pktgen/*`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { pktgen } from "procnet/tables";
 * console.log(read(pktgen, { name: "pktgen/eth0" }));
 * ```
 */
export const pktgen: TextTable<"pktgen/*", string> = table(
  { name: "pktgen/*", needs: "CONFIG_NET_PKTGEN, module pktgen", readers: "root" },
  rawText,
);

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
  return pktgen.parse(text, options);
}
