import { COLON } from "../../bytes/ascii.ts";
import { decimalSpan } from "../../bytes/decimal.ts";
import { HOST_BYTE_ORDER } from "../../codes/byte-order.ts";
import { ipv6GroupsColumn } from "../../form/address-column.ts";
import { lineForm, parseRows } from "../../form/forms.ts";
import type { Line } from "../../form/line.ts";
import { counterOf } from "../../form/line-counters.ts";
import type { Counter, CounterOf, ExactOptions, ParseOptions } from "../../form/options.ts";
import { counterTable, type RowTable } from "../../form/table.ts";
import { inetAddress4 } from "../sockets/inet/inet-row.ts";

/*
 * /proc/net/ip_mr_cache: ipmr_mfc_seq_show (net/ipv4/ipmr.c); /proc/net/ip6_mr_cache: ip6mr_mfc_seq_show (net/ipv6/ip6mr.c).
 *
 *   Group    Origin   Iif     Pkts    Bytes    Wrong Oifs
 *   010101EF 3202010A 0          1       28        0  1:1    2:7
 *   070707EF 3C02010A -1         0        0        0
 *
 *   Group                            Origin                           Iif      Pkts  Bytes     Wrong  Oifs
 *   ff0e:0000:0000:0000:0000:0000:0000:0001 2001:0db8:0000:0000:0000:0000:0000:0050 0          0        0        0  1:1
 */

/** An interface that a multicast route sends to. */
export interface MrOutput {
  /** Number of the interface: `vif` in `/proc/net/ip_mr_vif`. */
  readonly vif: number;
  /** Packets need a time to live above this one. */
  readonly ttl: number;
}

/** A multicast route: a row of `/proc/net/ip_mr_cache` and `ip6_mr_cache`. */
export interface IpMrCache<Value extends Counter = number> {
  /** Address of the group. */
  readonly group: string;
  /** Address of the sender. */
  readonly origin: string;
  /** Number of the interface that packets must come from; -1 while the routing daemon has not decided. */
  readonly iif: number;
  /** Packets forwarded; the kernel's `Pkts`. */
  readonly packets: Value;
  /** Bytes forwarded. */
  readonly bytes: Value;
  /** Packets that came from another interface than `iif`. */
  readonly wrong: Value;
  /** Where packets go. */
  readonly oifs: readonly MrOutput[];
}

/** Rows of `/proc/net/ip_mr_cache` or `ip6_mr_cache`. */
export type IpMrCacheRows<Value extends Counter = number> = IpMrCache<Value>[];

/**
 * Multicast routes of IPv4: rows of `/proc/net/ip_mr_cache`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { ipMrCache } from "procnet/tables";
 * read(ipMrCache).filter((route) => route.iif === -1); // not resolved yet
 * ```
 */
export const ipMrCache: RowTable<"ip_mr_cache", IpMrCache, IpMrCache<bigint>> = counterTable(
  { name: "ip_mr_cache", needs: "CONFIG_IP_MROUTE" },
  lineForm(["Group "], (line, options) => {
    const byteOrder = options.byteOrder ?? HOST_BYTE_ORDER;
    return row(line, options, (field) => inetAddress4(line.hex32(field), byteOrder));
  }),
);

/**
 * Multicast routes of IPv6: rows of `/proc/net/ip6_mr_cache`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { ip6MrCache } from "procnet/tables";
 * read(ip6MrCache).map((route) => [route.group, route.oifs.length]); // [["ff0e::1", 2]]
 * ```
 */
export const ip6MrCache: RowTable<"ip6_mr_cache", IpMrCache, IpMrCache<bigint>> = counterTable(
  { name: "ip6_mr_cache", needs: "CONFIG_IPV6_MROUTE, module ipv6", since: "2.6.26" },
  lineForm(["Group "], (line, options) => row(line, options, (field) => ipv6GroupsColumn(line, field))),
);

/**
 * Parses the text of `/proc/net/ip_mr_cache`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseIpMrCache } from "procnet/parse";
 * parseIpMrCache(bytes).filter((route) => route.iif === -1); // not resolved yet
 * ```
 */
export function parseIpMrCache<Exact extends boolean = false>(
  text: Uint8Array,
  options?: ExactOptions<Exact>,
): IpMrCacheRows<CounterOf<Exact>>;
export function parseIpMrCache(text: Uint8Array, options: ParseOptions = {}): IpMrCacheRows<Counter> {
  return parseRows(ipMrCache, text, options);
}

/**
 * Parses the text of `/proc/net/ip6_mr_cache`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseIp6MrCache } from "procnet/parse";
 * parseIp6MrCache(bytes).map((route) => [route.group, route.oifs.length]); // [["ff0e::1", 2]]
 * ```
 */
export function parseIp6MrCache<Exact extends boolean = false>(
  text: Uint8Array,
  options?: ExactOptions<Exact>,
): IpMrCacheRows<CounterOf<Exact>>;
export function parseIp6MrCache(text: Uint8Array, options: ParseOptions = {}): IpMrCacheRows<Counter> {
  return parseRows(ip6MrCache, text, options);
}

function row(line: Line, options: ParseOptions, address: (field: string) => string): IpMrCache<Counter> {
  const bigint = options.bigint === true;
  return {
    group: address("Group"),
    origin: address("Origin"),
    iif: line.signed("Iif"),
    packets: counterOf(line, "Pkts", bigint),
    bytes: counterOf(line, "Bytes", bigint),
    wrong: counterOf(line, "Wrong", bigint),
    oifs: outputs(line),
  };
}

function outputs(line: Line): MrOutput[] {
  const found: MrOutput[] = [];
  while (line.more()) {
    line.next("Oifs");
    const colon = line.tokenStart + line.bytes.subarray(line.tokenStart, line.tokenEnd).indexOf(COLON);
    const vif = decimalSpan(line.bytes, line.tokenStart, colon);
    const ttl = decimalSpan(line.bytes, colon + 1, line.tokenEnd);
    if (!(vif >= 0 && ttl >= 0)) line.fail("Oifs", "two numbers with a colon between them");
    found.push({ vif, ttl });
  }
  return found;
}
