import { utf8 } from "../../bytes/strings.ts";
import { lineForm, parseRows } from "../../form/forms.ts";
import { RowError } from "../../form/issues.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";
import { restOfLine } from "../../form/token.ts";

/*
 * /proc/net/ip_vs_status, Linux 7.x: ip_vs_status_show (net/netfilter/ipvs/ip_vs_ctl.c). No header.
 *
 *   Conns:	0
 *   Conn buckets:	4096 (12 bits, lfactor -4)
 *   Conn buckets empty:	4096 (100%)
 *
 * The set of lines depends on what the tables hold (`Conn buckets len-1:`), so each is given as it is.
 */

/** A line of `/proc/net/ip_vs_status`. Only root of the namespace may read it. */
export interface IpVsStatusEntry {
  /** The kernel's words before the colon: `Conns`, `Conn buckets`, `Services`, ... */
  readonly key: string;
  /** The number behind the colon. */
  readonly value: number;
  /** What follows the number: `(12 bits, lfactor -4)`, a share in percent. Absent when nothing does. */
  readonly detail: string | undefined;
}

/** Lines of `/proc/net/ip_vs_status`. */
export type IpVsStatusEntries = IpVsStatusEntry[];

/**
 * Lines of `/proc/net/ip_vs_status`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { ipVsStatus } from "procnet/tables";
 * read(ipVsStatus).find((entry) => entry.key === "Conns")?.value;
 * ```
 */
export const ipVsStatus: RowTable<"ip_vs_status", IpVsStatusEntry> = table(
  { name: "ip_vs_status", needs: "CONFIG_IP_VS, module ip_vs", since: "7.0", readers: "root" },
  lineForm([], statusRow),
);

/**
 * Parses the text of `/proc/net/ip_vs_status`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad line, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseIpVsStatus } from "procnet/parse";
 * parseIpVsStatus(bytes).find((entry) => entry.key === "Conns")?.value;
 * ```
 */
export function parseIpVsStatus(text: Uint8Array, options: ParseOptions = {}): IpVsStatusEntries {
  return parseRows(ipVsStatus, text, options);
}

function statusRow(line: Line): IpVsStatusEntry {
  const colon = line.bytes.subarray(line.start, line.end).indexOf(0x3a) + line.start;
  if (colon <= line.start) throw new RowError(line.start, "key", "expected a name and a colon");
  const key = utf8(line.bytes, line.start, colon);
  line.at = colon + 1;
  return { key, value: line.decimal(key), detail: restOfLine(line) };
}
