import { RowError } from "../../form/issues.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { lineTable, parseRows, type RowTable } from "../../form/table.ts";

/*
 * /proc/net/ip_tables_names, ip_tables_matches, ip_tables_targets, and the same with ip6_ and arp_: xt_table_seq_show,
 * xt_match_seq_show, xt_target_seq_show (net/netfilter/x_tables.c). One name a line:
 *
 *   filter
 *   nat
 */

/**
 * Names in the file's order. `*_tables_names`: tables of legacy iptables that exist in this namespace; empty where all rules
 * are those of nftables. `*_tables_matches` and `*_tables_targets`: what the machine's kernel has loaded, a name once for
 * each of its revisions, so repeats are normal.
 */
export type IpTablesNames = string[];

export const ipTablesNamesTable: RowTable<string> = lineTable([], nameRow);

/**
 * Parses the text of `/proc/net/ip_tables_names` and of its eight siblings.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first line that is not one word, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseIpTablesNames } from "procnet/parse";
 * parseIpTablesNames(bytes); // ["filter", "nat"]
 * ```
 */
export function parseIpTablesNames(text: Uint8Array, options: ParseOptions = {}): IpTablesNames {
  return parseRows(ipTablesNamesTable, text, options);
}

function nameRow(line: Line): string {
  const name = line.word("name");
  if (line.more()) throw new RowError(line.at, "name", "expected one name");
  return name;
}
