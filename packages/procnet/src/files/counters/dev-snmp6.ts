import type { Counters } from "../../form/mib.ts";
import type { Counter, CounterOf, ExactOptions, ParseOptions } from "../../form/options.ts";
import { counterTable, type TextTable } from "../../form/table.ts";
import { snmp6 } from "./snmp6.ts";

/*
 * /proc/net/dev_snmp6/<interface>: snmp6_dev_seq_show (net/ipv6/proc.c). The lines of snmp6, and one more in front:
 *
 *   ifIndex                         	2
 *   Ip6InReceives                   	65
 *
 * One file for each interface with IPv6; its name is the interface's.
 */

/** IPv6 counters of one interface by protocol, then by the kernel's own name without the protocol. */
export type DevSnmp6<Value extends Counter = number> = {
  readonly [protocol: string]: Counters<Value> | Value | number | undefined;
} & {
  /** Index of the interface. */
  readonly ifIndex: number;
  /** IPv6, 64 bits wide: `InReceives`, `OutRequests`, `InOctets`, ... Some are counted for the namespace only. */
  readonly Ip6: Counters<Value>;
  /** ICMPv6; types without a name as `InType128`, only those seen. */
  readonly Icmp6: Counters<Value>;
};

/**
 * `/proc/net/dev_snmp6/*`: IPv6 counters of one interface by protocol, then by the kernel's own name without the
 * protocol.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { devSnmp6 } from "procnet/tables";
 * console.log(read(devSnmp6, { name: "dev_snmp6/eth0" }));
 * ```
 */
export const devSnmp6: TextTable<"dev_snmp6/*", DevSnmp6, DevSnmp6<bigint>> = counterTable(
  { name: "dev_snmp6/*", needs: "CONFIG_IPV6, module ipv6" },
  { parse },
);

/**
 * Parses the text of a file in `/proc/net/dev_snmp6`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first line that is no counter, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseDevSnmp6 } from "procnet/parse";
 * const { ifIndex, Ip6 } = parseDevSnmp6(bytes);
 * console.log(ifIndex, Ip6["InOctets"]);
 * ```
 */
export function parseDevSnmp6<Exact extends boolean = false>(
  text: Uint8Array,
  options?: ExactOptions<Exact>,
): DevSnmp6<CounterOf<Exact>>;
export function parseDevSnmp6(text: Uint8Array, options: ParseOptions = {}): DevSnmp6<Counter> {
  return parse(text, options);
}

function parse(text: Uint8Array, options: ParseOptions): DevSnmp6<Counter> {
  // Names without a protocol, of which there is one, come under the protocol "".
  const { "": { ifIndex, ...others } = {}, ...protocols } = snmp6.parse(text, options);
  const index = ifIndex === undefined ? {} : { ifIndex: Number(ifIndex) };
  return { ...index, ...others, ...protocols } as DevSnmp6<Counter>;
}
