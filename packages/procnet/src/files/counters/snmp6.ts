import { type Counters, mibLines } from "../../form/mib.ts";
import type { Counter, CounterOf, ExactOptions, ParseOptions } from "../../form/options.ts";
import { counterTable, type TextTable } from "../../form/table.ts";

/*
 * /proc/net/snmp6: snmp6_seq_show (net/ipv6/proc.c). One counter a line, the protocol in front of its name:
 *
 *   Ip6InReceives                   	65
 */

/** Counters of `/proc/net/snmp6` by protocol, then by the kernel's own name without the protocol. */
export type Snmp6<Value extends Counter = number> = { readonly [protocol: string]: Counters<Value> | undefined } & {
  /** IPv6 (RFC 4293), 64 bits wide: `InReceives`, `OutRequests`, `InOctets`, ... */
  readonly Ip6: Counters<Value>;
  /** ICMPv6; types without a name as `InType128`, only those seen. */
  readonly Icmp6: Counters<Value>;
  /** UDP of IPv6. */
  readonly Udp6: Counters<Value>;
  /** Up to Linux 7.0. */
  readonly UdpLite6?: Counters<Value>;
};

/**
 * Counters of `/proc/net/snmp6` by protocol, then by the kernel's own name without the protocol.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { snmp6 } from "procnet/tables";
 * read(snmp6).Ip6["InReceives"];
 * ```
 */
export const snmp6: TextTable<"snmp6", Snmp6, Snmp6<bigint>> = counterTable(
  { name: "snmp6", needs: "CONFIG_IPV6, module ipv6" },
  { parse: (text, options) => parse(text, options) as Snmp6<Counter> },
);

/**
 * Parses the text of `/proc/net/snmp6`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first line that is no counter, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseSnmp6 } from "procnet/parse";
 * parseSnmp6(bytes).Ip6["InReceives"];
 * ```
 */
export function parseSnmp6<Exact extends boolean = false>(
  text: Uint8Array,
  options?: ExactOptions<Exact>,
): Snmp6<CounterOf<Exact>>;
export function parseSnmp6(text: Uint8Array, options: ParseOptions = {}): Snmp6<Counter> {
  return snmp6.parse(text, options);
}

function parse(text: Uint8Array, options: ParseOptions): Record<string, Record<string, Counter>> {
  const protocols = new Map<string, [string, Counter][]>();
  for (const [name, value] of Object.entries(mibLines(text, options))) {
    const end = name.indexOf("6") + 1;
    const protocol = name.slice(0, end);
    const values = protocols.get(protocol) ?? [];
    values.push([name.slice(end), value]);
    protocols.set(protocol, values);
  }
  return Object.fromEntries([...protocols].map(([protocol, values]) => [protocol, Object.fromEntries(values)]));
}
