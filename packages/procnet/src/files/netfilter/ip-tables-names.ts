import { lineForm, parseRows, type RowForm } from "../../form/forms.ts";
import { RowError } from "../../form/issues.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";

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

const ipFormsNamesForm: RowForm<string> = lineForm([], nameRow);

/**
 * `/proc/net/ip_tables_names`: names in the file's order.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { ipTablesNames } from "procnet/tables";
 * read(ipTablesNames); // ["filter", "nat"]
 * ```
 */
export const ipTablesNames: RowTable<"ip_tables_names", string> = table(
  { name: "ip_tables_names", needs: "module ip_tables", readers: "root" },
  ipFormsNamesForm,
);

/**
 * `/proc/net/ip_tables_matches`: names in the file's order.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { ipTablesMatches } from "procnet/tables";
 * for (const row of each(ipTablesMatches)) console.log(row);
 * ```
 */
export const ipTablesMatches: RowTable<"ip_tables_matches", string> = table(
  { name: "ip_tables_matches", needs: "module ip_tables", readers: "root", scope: "machine" },
  ipFormsNamesForm,
);

/**
 * `/proc/net/ip_tables_targets`: names in the file's order.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { ipTablesTargets } from "procnet/tables";
 * for (const row of each(ipTablesTargets)) console.log(row);
 * ```
 */
export const ipTablesTargets: RowTable<"ip_tables_targets", string> = table(
  { name: "ip_tables_targets", needs: "module ip_tables", readers: "root", scope: "machine" },
  ipFormsNamesForm,
);

/**
 * `/proc/net/ip6_tables_names`: names in the file's order.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { ip6TablesNames } from "procnet/tables";
 * for (const row of each(ip6TablesNames)) console.log(row);
 * ```
 */
export const ip6TablesNames: RowTable<"ip6_tables_names", string> = table(
  { name: "ip6_tables_names", needs: "module ip6_tables", readers: "root" },
  ipFormsNamesForm,
);

/**
 * `/proc/net/ip6_tables_matches`: names in the file's order.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { ip6TablesMatches } from "procnet/tables";
 * for (const row of each(ip6TablesMatches)) console.log(row);
 * ```
 */
export const ip6TablesMatches: RowTable<"ip6_tables_matches", string> = table(
  { name: "ip6_tables_matches", needs: "module ip6_tables", readers: "root", scope: "machine" },
  ipFormsNamesForm,
);

/**
 * `/proc/net/ip6_tables_targets`: names in the file's order.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { ip6TablesTargets } from "procnet/tables";
 * for (const row of each(ip6TablesTargets)) console.log(row);
 * ```
 */
export const ip6TablesTargets: RowTable<"ip6_tables_targets", string> = table(
  { name: "ip6_tables_targets", needs: "module ip6_tables", readers: "root", scope: "machine" },
  ipFormsNamesForm,
);

/**
 * `/proc/net/arp_tables_names`: names in the file's order.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { arpTablesNames } from "procnet/tables";
 * for (const row of each(arpTablesNames)) console.log(row);
 * ```
 */
export const arpTablesNames: RowTable<"arp_tables_names", string> = table(
  { name: "arp_tables_names", needs: "module arp_tables", readers: "root" },
  ipFormsNamesForm,
);

/**
 * `/proc/net/arp_tables_matches`: names in the file's order.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { arpTablesMatches } from "procnet/tables";
 * for (const row of each(arpTablesMatches)) console.log(row);
 * ```
 */
export const arpTablesMatches: RowTable<"arp_tables_matches", string> = table(
  { name: "arp_tables_matches", needs: "module arp_tables", readers: "root", scope: "machine" },
  ipFormsNamesForm,
);

/**
 * `/proc/net/arp_tables_targets`: names in the file's order.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { arpTablesTargets } from "procnet/tables";
 * for (const row of each(arpTablesTargets)) console.log(row);
 * ```
 */
export const arpTablesTargets: RowTable<"arp_tables_targets", string> = table(
  { name: "arp_tables_targets", needs: "module arp_tables", readers: "root", scope: "machine" },
  ipFormsNamesForm,
);

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
  return parseRows(ipFormsNamesForm, text, options);
}

function nameRow(line: Line): string {
  const name = line.word("name");
  if (line.more()) throw new RowError(line.at, "name", "expected one name");
  return name;
}
