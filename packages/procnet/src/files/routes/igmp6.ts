import { ipv6Column } from "../../form/address-column.ts";
import { lineForm, parseRows } from "../../form/forms.ts";
import type { Line } from "../../form/line.ts";
import { largeOf } from "../../form/line-counters.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";

/*
 * /proc/net/igmp6: igmp6_mc_seq_show (net/ipv6/mcast.c). No header; addresses in network order on every machine.
 *
 *   3    e0              ff050000000000000000000000010003     1 00000004 0
 */

/** An IPv6 multicast group that a device is a member of: a row of `/proc/net/igmp6`. */
export interface Igmp6 {
  /** Index of the interface. */
  readonly ifIndex: number;
  /** Name of the interface. */
  readonly device: string;
  /** Address of the group, RFC 5952 text. */
  readonly group: string;
  /** Sockets and others that joined it. */
  readonly users: number;
  /** Bits of `MembershipFlags`. */
  readonly flags: number;
  /**
   * Time until a report is due, clock ticks (USER_HZ, 1/100 s); 0 when none is. Kernels before 7.0 can print a huge number
   * right after it was due.
   */
  readonly timer: number;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** Rows of `/proc/net/igmp6`, by device. */
export type Igmp6Rows = Igmp6[];

/**
 * Multicast groups of IPv6: rows of `/proc/net/igmp6`, by device.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { igmp6 } from "procnet/tables";
 * read(igmp6).filter((row) => row.device === "eth0").map((row) => row.group); // ["ff02::1", ...]
 * ```
 */
export const igmp6: RowTable<"igmp6", Igmp6> = table(
  { name: "igmp6", needs: "CONFIG_IPV6, module ipv6" },
  lineForm([], igmp6Row),
);

/**
 * Parses the text of `/proc/net/igmp6`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseIgmp6 } from "procnet/parse";
 * parseIgmp6(bytes).filter((row) => row.device === "eth0").map((row) => row.group); // ["ff02::1", ...]
 * ```
 */
export function parseIgmp6(text: Uint8Array, options: ParseOptions = {}): Igmp6Rows {
  return parseRows(igmp6, text, options);
}

function igmp6Row(line: Line): Igmp6 {
  return {
    ifIndex: line.decimal("ifindex"),
    device: line.word("name"),
    group: ipv6Column(line, "group"),
    users: line.decimal("users"),
    flags: line.hex32("flags"),
    timer: largeOf(line, "timer"),
    ...line.extra(),
  };
}
