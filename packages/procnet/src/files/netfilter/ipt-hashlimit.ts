import { lineForm, parseRows, type RowForm } from "../../form/forms.ts";
import type { Line } from "../../form/line.ts";
import { counterOf } from "../../form/line-counters.ts";
import type { Counter, CounterOf, ExactOptions, ParseOptions } from "../../form/options.ts";
import { printedAddress } from "../../form/printed-address.ts";
import { counterTable, type RowTable } from "../../form/table.ts";
import { decimalPart } from "../../form/token.ts";

/*
 * /proc/net/ipt_hashlimit/<name> and ip6t_hashlimit/<name>: dl_seq_print (net/netfilter/xt_hashlimit.c). No header.
 *
 *   9 192.0.2.1:0->0.0.0.0:8080 58823871991616 68719476500000 13743895300000
 *
 * IPv6 addresses are not shortened and have no brackets: the port is what follows the last colon.
 */

/** The bucket of one sender, receiver or pair in a `hashlimit` rule: a row of `/proc/net/ipt_hashlimit/<name>`. */
export interface IptHashlimitEntry<Value extends Counter = number> {
  /** Seconds until the bucket is dropped. */
  readonly expires: number;
  /** Source address; `0.0.0.0` or `::` when the rule does not tell sources apart. */
  readonly src: string;
  /** Source port; 0 when the rule does not tell them apart. */
  readonly srcPort: number;
  /** Destination address; `0.0.0.0` or `::` when the rule does not tell destinations apart. */
  readonly dst: string;
  /** Destination port; 0 when the rule does not tell them apart. */
  readonly dstPort: number;
  /** Credit left, in units of the kernel that only compare with `creditCap` and `cost`. */
  readonly credit: Value;
  /** Most credit the bucket can gather. */
  readonly creditCap: Value;
  /** Credit a packet (or, for rules of bytes, a unit of them) costs: with less than this a packet is over the limit. */
  readonly cost: Value;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** Rows of `/proc/net/ipt_hashlimit/<name>`. */
export type IptHashlimitEntries<Value extends Counter = number> = IptHashlimitEntry<Value>[];

const iptHashlimitForm: RowForm<IptHashlimitEntry<Counter>> = lineForm([], hashlimitRow);

/**
 * The bucket of one sender, receiver or pair in a `hashlimit` rule: a row of `/proc/net/ipt_hashlimit/*`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { iptHashlimit } from "procnet/tables";
 * console.log(read(iptHashlimit, { name: "ipt_hashlimit/eth0" }));
 * ```
 */
export const iptHashlimit: RowTable<"ipt_hashlimit/*", IptHashlimitEntry, IptHashlimitEntry<bigint>> = counterTable(
  { name: "ipt_hashlimit/*", needs: "CONFIG_NETFILTER_XT_MATCH_HASHLIMIT, module xt_hashlimit" },
  iptHashlimitForm,
);

/**
 * The bucket of one sender, receiver or pair in a `hashlimit` rule: a row of `/proc/net/ip6t_hashlimit/*`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { ip6tHashlimit } from "procnet/tables";
 * console.log(read(ip6tHashlimit, { name: "ip6t_hashlimit/eth0" }));
 * ```
 */
export const ip6tHashlimit: RowTable<"ip6t_hashlimit/*", IptHashlimitEntry, IptHashlimitEntry<bigint>> = counterTable(
  { name: "ip6t_hashlimit/*", needs: "CONFIG_NETFILTER_XT_MATCH_HASHLIMIT, module xt_hashlimit", since: "2.6.19" },
  iptHashlimitForm,
);

/**
 * Parses the text of `/proc/net/ipt_hashlimit/<name>` or `ip6t_hashlimit/<name>`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseIptHashlimit } from "procnet/parse";
 * parseIptHashlimit(bytes).filter((bucket) => bucket.credit < bucket.cost).map((bucket) => bucket.src);
 * ```
 */
export function parseIptHashlimit<Exact extends boolean = false>(
  text: Uint8Array,
  options?: ExactOptions<Exact>,
): IptHashlimitEntries<CounterOf<Exact>>;
export function parseIptHashlimit(text: Uint8Array, options: ParseOptions = {}): IptHashlimitEntries<Counter> {
  return parseRows(iptHashlimitForm, text, options);
}

function hashlimitRow(line: Line, options: ParseOptions): IptHashlimitEntry<Counter> {
  const bigint = options.bigint === true;
  const expires = line.signed("expires");
  line.next("src");
  const { bytes, tokenStart, tokenEnd } = line;
  const arrow = bytes.subarray(tokenStart, tokenEnd).indexOf(0x3e) + tokenStart;
  if (arrow <= tokenStart || bytes[arrow - 1] !== 0x2d) line.fail("src", "two addresses with an arrow between them");
  const [src, srcPort] = endpoint(line, "src", tokenStart, arrow - 1);
  const [dst, dstPort] = endpoint(line, "dst", arrow + 1, tokenEnd);
  return {
    expires,
    src,
    srcPort,
    dst,
    dstPort,
    credit: counterOf(line, "credit", bigint),
    creditCap: counterOf(line, "credit_cap", bigint),
    cost: counterOf(line, "cost", bigint),
    ...line.extra(),
  };
}

function endpoint(line: Line, field: string, start: number, end: number): [string, number] {
  const colon = line.bytes.subarray(start, end).lastIndexOf(0x3a) + start;
  if (colon < start) line.fail(field, "addresses with ports");
  return [printedAddress(line, field, start, colon), decimalPart(line, field, colon + 1, end)];
}
