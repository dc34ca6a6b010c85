import { COLON, SPACE } from "../../bytes/ascii.ts";
import { decimalSpan } from "../../bytes/decimal.ts";
import { utf8 } from "../../bytes/strings.ts";
import { lineForm, parseRows } from "../../form/forms.ts";
import { RowError } from "../../form/issues.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";

/*
 * /proc/net/connector: cn_proc_show (drivers/connector/connector.c).
 *
 *   Name            ID
 *   cn_proc         1:1
 */

/** A callback of the kernel's netlink connector: a row of `/proc/net/connector`. */
export interface Connector {
  /** What registered it: `cn_proc` for the process events. */
  readonly name: string;
  /** Index of the service, which is also its netlink group. */
  readonly idx: number;
  /** Value within the service. */
  readonly val: number;
}

/** Rows of `/proc/net/connector`. */
export type ConnectorRows = Connector[];

/**
 * Rows of `/proc/net/connector`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { connector } from "procnet/tables";
 * read(connector).some((row) => row.name === "cn_proc");
 * ```
 */
export const connector: RowTable<"connector", Connector> = table(
  { name: "connector", needs: "CONFIG_CONNECTOR", scope: "initial" },
  lineForm(["Name"], connectorRow),
);

/**
 * Parses the text of `/proc/net/connector`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseConnector } from "procnet/parse";
 * parseConnector(bytes).some((row) => row.name === "cn_proc");
 * ```
 */
export function parseConnector(text: Uint8Array, options: ParseOptions = {}): ConnectorRows {
  return parseRows(connector, text, options);
}

/** The id is read from the right: modules choose the names. */
function connectorRow(line: Line): Connector {
  const { bytes, start } = line;
  const last = bytes.subarray(start, line.end).lastIndexOf(SPACE);
  if (last < 0) throw new RowError(start, "ID", "the line ends before this column");
  line.at = start + last;
  line.next("ID");
  const colon = bytes.subarray(line.tokenStart, line.tokenEnd).indexOf(COLON);
  const idx = decimalSpan(bytes, line.tokenStart, line.tokenStart + colon);
  const val = decimalSpan(bytes, line.tokenStart + colon + 1, line.tokenEnd);
  if (!(idx >= 0 && val >= 0)) line.fail("ID", "two numbers with a colon between them");
  let end = start + last;
  while (end > start && bytes[end - 1] === SPACE) end--;
  if (end === start) throw new RowError(start, "Name", "the name is empty");
  return { name: utf8(bytes, start, end), idx, val };
}
