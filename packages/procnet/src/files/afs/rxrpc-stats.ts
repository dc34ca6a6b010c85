import { eachLine } from "../../form/forms.ts";
import { groupName, keyNumbers } from "../../form/key-values.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type TextTable, table } from "../../form/table.ts";

/*
 * /proc/net/rxrpc/stats: rxrpc_stats_show (net/rxrpc/proc.c). The group Why-Req-A has two lines.
 *
 *   Data-Tx  : nr=12 retrans=0 uf=0 cwr=0
 *   Jumbo-Tx : 5,0,0,0,0,0,0,0,0,0
 *   Buffers  : txb=0,0 rxb=0
 */

/** Counters of a group by the kernel's names, wrapping at 2^32; a list of numbers without a name is called `values`. */
export type RxrpcStatsGroup = { readonly [key: string]: number | readonly number[] | undefined };

/** Counters of `/proc/net/rxrpc/stats` by the kernel's groups: `Data`, `Ack-Tx`, ... Writing the file clears them. */
export type RxrpcStats = { readonly [group: string]: RxrpcStatsGroup | undefined };

/**
 * Counters of `/proc/net/rxrpc/stats` by the kernel's groups: `Data`, `Ack-Tx`, ...
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { rxrpcStats } from "procnet/tables";
 * read(rxrpcStats)["Data-Tx"]?.["retrans"];
 * ```
 */
export const rxrpcStats: TextTable<"rxrpc/stats", RxrpcStats> = table(
  { name: "rxrpc/stats", needs: "CONFIG_AF_RXRPC, module rxrpc", since: "6.2" },
  { parse },
);

/**
 * Parses the text of `/proc/net/rxrpc/stats`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad line, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseRxrpcStats } from "procnet/parse";
 * parseRxrpcStats(bytes)["Data-Tx"]?.["retrans"];
 * ```
 */
export function parseRxrpcStats(text: Uint8Array, options: ParseOptions = {}): RxrpcStats {
  return rxrpcStats.parse(text, options);
}

function parse(text: Uint8Array, options: ParseOptions): RxrpcStats {
  const groups = new Map<string, [string, number | readonly number[]][]>();
  eachLine(text, options, (line) => {
    const name = groupName(line);
    const values = keyNumbers(line, false) as [string, number | readonly number[]][];
    const known = groups.get(name);
    if (known === undefined) groups.set(name, values);
    else for (const value of values) known.push(value);
  });
  return Object.fromEntries([...groups].map(([name, values]) => [name, Object.fromEntries(values)]));
}
