import { HOST_BYTE_ORDER } from "../../codes/byte-order.ts";
import { VifFlags } from "../../codes/multicast.ts";
import { lineForm, parseRows } from "../../form/forms.ts";
import type { Line } from "../../form/line.ts";
import { signedCounterOf } from "../../form/line-counters.ts";
import type { Counter, CounterOf, ExactOptions, ParseOptions } from "../../form/options.ts";
import { counterTable, type RowTable } from "../../form/table.ts";
import { inetAddress4 } from "../sockets/inet/inet-row.ts";

/*
 * /proc/net/ip_mr_vif: ipmr_vif_seq_show (net/ipv4/ipmr.c); /proc/net/ip6_mr_vif: ip6mr_vif_seq_show (net/ipv6/ip6mr.c),
 * the same without the addresses. The header has no name for the first column.
 *
 *   Interface      BytesIn  PktsIn  BytesOut PktsOut Flags Local    Remote
 *    0 e0               28       1         0       0 00000 0302010A 00000000
 *    1 123456789012345        0       0        28       1 00008 00000005 00000000
 */

/** An interface of IPv6 multicast routing: a row of `/proc/net/ip6_mr_vif`. */
export interface Ip6MrVif<Value extends Counter = number> {
  /** Number that the routing daemon gave it, as in the columns `Iif` and `Oifs` of the routes. */
  readonly vif: number;
  /** Name of the interface; absent when there is none, which the kernel prints as `none`. */
  readonly device: string | undefined;
  /** Bytes received. Machine words printed with a sign, like the three others. */
  readonly bytesIn: Value;
  /** Packets received; the kernel's `PktsIn`. */
  readonly packetsIn: Value;
  /** Bytes sent. */
  readonly bytesOut: Value;
  /** Packets sent; the kernel's `PktsOut`. */
  readonly packetsOut: Value;
  /** Bits of `MifFlags`, and of `VifFlags` in `/proc/net/ip_mr_vif`. */
  readonly flags: number;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** An interface of IPv4 multicast routing: a row of `/proc/net/ip_mr_vif`. */
export interface IpMrVif<Value extends Counter = number> extends Ip6MrVif<Value> {
  /** Dotted address; absent with the flag `USE_IFINDEX`. */
  readonly local: string | undefined;
  /** Index of the interface, with the flag `USE_IFINDEX` only: the kernel prints it in the column `Local`. */
  readonly localIfIndex: number | undefined;
  /** Dotted address of a tunnel's other end; `0.0.0.0` for none. */
  readonly remote: string;
}

/** Rows of `/proc/net/ip_mr_vif`. */
export type IpMrVifRows<Value extends Counter = number> = IpMrVif<Value>[];

/** Rows of `/proc/net/ip6_mr_vif`. */
export type Ip6MrVifRows<Value extends Counter = number> = Ip6MrVif<Value>[];

/**
 * An interface of IPv4 multicast routing: a row of `/proc/net/ip_mr_vif`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { ipMrVif } from "procnet/tables";
 * read(ipMrVif).map((row) => [row.vif, row.device]); // [[0, "eth0"], [1, "pimreg"]]
 * ```
 */
export const ipMrVif: RowTable<"ip_mr_vif", IpMrVif, IpMrVif<bigint>> = counterTable(
  { name: "ip_mr_vif", needs: "CONFIG_IP_MROUTE" },
  lineForm(["Interface "], ipMrVifRow),
);

/**
 * An interface of IPv6 multicast routing: a row of `/proc/net/ip6_mr_vif`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { ip6MrVif } from "procnet/tables";
 * read(ip6MrVif).map((row) => [row.vif, row.device]); // [[0, "eth0"], [1, "pim6reg"]]
 * ```
 */
export const ip6MrVif: RowTable<"ip6_mr_vif", Ip6MrVif, Ip6MrVif<bigint>> = counterTable(
  { name: "ip6_mr_vif", needs: "CONFIG_IPV6_MROUTE, module ipv6", since: "2.6.26" },
  lineForm(["Interface "], (line, options) => ({
    ...common(line, options),
    ...line.extra(),
  })),
);

/**
 * Parses the text of `/proc/net/ip_mr_vif`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseIpMrVif } from "procnet/parse";
 * parseIpMrVif(bytes).map((row) => [row.vif, row.device]); // [[0, "eth0"], [1, "pimreg"]]
 * ```
 */
export function parseIpMrVif<Exact extends boolean = false>(
  text: Uint8Array,
  options?: ExactOptions<Exact>,
): IpMrVifRows<CounterOf<Exact>>;
export function parseIpMrVif(text: Uint8Array, options: ParseOptions = {}): IpMrVifRows<Counter> {
  return parseRows(ipMrVif, text, options);
}

/**
 * Parses the text of `/proc/net/ip6_mr_vif`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseIp6MrVif } from "procnet/parse";
 * parseIp6MrVif(bytes).map((row) => [row.vif, row.device]); // [[0, "eth0"], [1, "pim6reg"]]
 * ```
 */
export function parseIp6MrVif<Exact extends boolean = false>(
  text: Uint8Array,
  options?: ExactOptions<Exact>,
): Ip6MrVifRows<CounterOf<Exact>>;
export function parseIp6MrVif(text: Uint8Array, options: ParseOptions = {}): Ip6MrVifRows<Counter> {
  return parseRows(ip6MrVif, text, options);
}

function common(line: Line, options: ParseOptions): Ip6MrVif<Counter> {
  const bigint = options.bigint === true;
  const vif = line.decimal("vif");
  const device = line.word("Interface");
  return {
    vif,
    device: device === "none" ? undefined : device,
    bytesIn: signedCounterOf(line, "BytesIn", bigint),
    packetsIn: signedCounterOf(line, "PktsIn", bigint),
    bytesOut: signedCounterOf(line, "BytesOut", bigint),
    packetsOut: signedCounterOf(line, "PktsOut", bigint),
    flags: line.hex32("Flags"),
  };
}

function ipMrVifRow(line: Line, options: ParseOptions): IpMrVif<Counter> {
  const byteOrder = options.byteOrder ?? HOST_BYTE_ORDER;
  const row = common(line, options);
  const local = line.hex32("Local");
  const remote = inetAddress4(line.hex32("Remote"), byteOrder);
  const byIndex = (row.flags & VifFlags.USE_IFINDEX) !== 0;
  return {
    ...row,
    local: byIndex ? undefined : inetAddress4(local, byteOrder),
    localIfIndex: byIndex ? local : undefined,
    remote,
    ...line.extra(),
  };
}
