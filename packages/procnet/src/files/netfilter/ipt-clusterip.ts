import { eachLine } from "../../form/forms.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type TextTable, table } from "../../form/table.ts";
import { decimalPart, tokenParts } from "../../form/token.ts";

/*
 * /proc/net/ipt_CLUSTERIP/<address>, kernels before 6.3: clusterip_seq_show (net/ipv4/netfilter/ipt_CLUSTERIP.c).
 * One line: the numbers of the nodes this machine answers for.
 *
 *   1,2
 */

/** Numbers of the nodes, from 1, whose share of a cluster address this machine takes. */
export type IptClusterip = number[];

/**
 * `/proc/net/ipt_CLUSTERIP/*`: numbers of the nodes, from 1, whose share of a cluster address this machine takes.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { iptClusterip } from "procnet/tables";
 * console.log(read(iptClusterip, { name: "ipt_CLUSTERIP/eth0" }));
 * ```
 */
export const iptClusterip: TextTable<"ipt_CLUSTERIP/*", IptClusterip> = table(
  {
    name: "ipt_CLUSTERIP/*",
    needs: "CONFIG_IP_NF_TARGET_CLUSTERIP, module ipt_CLUSTERIP",
    until: "6.3",
    readers: "root",
  },
  { parse: parseIptClusterip },
);

/**
 * Parses the text of `/proc/net/ipt_CLUSTERIP/<address>`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` when it is not a list of numbers, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseIptClusterip } from "procnet/parse";
 * parseIptClusterip(bytes); // [1, 2]
 * ```
 */
export function parseIptClusterip(text: Uint8Array, options: ParseOptions = {}): IptClusterip {
  const nodes: number[] = [];
  eachLine(text, options, (line) => {
    if (!line.more()) return;
    const list = line.bytes.subarray(line.at, line.end);
    const commas = list.reduce((count, byte) => count + (byte === 0x2c ? 1 : 0), 0);
    const parts = tokenParts(line, "nodes", ",".repeat(commas));
    const found = parts.map(([start, end]) => decimalPart(line, "nodes", start, end));
    for (const node of found) nodes.push(node); // more than a call takes arguments, in a text that somebody made
  });
  return nodes;
}
