import { ipv6Column } from "../../form/address-column.ts";
import { lineForm, parseRows } from "../../form/forms.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";

/*
 * /proc/net/ip6_flowlabel: ip6fl_seq_show (net/ipv6/ip6_flowlabel.c). The label is hexadecimal, the rest decimal.
 *
 *   Label S Owner  Users  Linger Expires  Dst                              Opt
 *   0BEEF 2 17118  1      6      19       20010db8000000000000000000000002 0
 */

/** An IPv6 flow label that a program reserved: a row of `/proc/net/ip6_flowlabel`. */
export interface Ip6Flowlabel {
  /** The label, 20 bits. */
  readonly label: number;
  /** Who may use it, a number: see `FlowLabelShare`; the kernel's `S`. */
  readonly share: number;
  /** Share `PROCESS`: process id as the reader's procfs shows it. Share `USER`: user id. Else 0. */
  readonly owner: number;
  /** Sockets that use it. */
  readonly users: number;
  /** Seconds that it stays reserved after its last use. */
  readonly linger: number;
  /** Seconds until it may go; negative when that has passed. */
  readonly expires: number;
  /** Destination, RFC 5952 text; the kernel's `Dst`. */
  readonly destination: string;
  /** Bytes of the IPv6 options it brings; the kernel's `Opt`. */
  readonly optLength: number;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** Rows of `/proc/net/ip6_flowlabel`. */
export type Ip6FlowlabelRows = Ip6Flowlabel[];

/**
 * Flow labels of IPv6: rows of `/proc/net/ip6_flowlabel`.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { ip6Flowlabel } from "procnet/tables";
 * for (const row of each(ip6Flowlabel)) console.log(row);
 * ```
 */
export const ip6Flowlabel: RowTable<"ip6_flowlabel", Ip6Flowlabel> = table(
  { name: "ip6_flowlabel", needs: "CONFIG_IPV6, module ipv6" },
  lineForm(["Label S"], ip6FlowlabelRow),
);

/**
 * Parses the text of `/proc/net/ip6_flowlabel`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { FlowLabelShare, nameOf } from "procnet";
 * import { parseIp6Flowlabel } from "procnet/parse";
 * parseIp6Flowlabel(bytes).map((row) => [row.label, nameOf(FlowLabelShare, row.share)]);
 * ```
 */
export function parseIp6Flowlabel(text: Uint8Array, options: ParseOptions = {}): Ip6FlowlabelRows {
  return parseRows(ip6Flowlabel, text, options);
}

function ip6FlowlabelRow(line: Line): Ip6Flowlabel {
  return {
    label: line.hex("Label"),
    share: line.decimal("S"),
    owner: line.decimal("Owner"),
    users: line.decimal("Users"),
    linger: line.decimal("Linger"),
    expires: line.signed("Expires"),
    destination: ipv6Column(line, "Dst"),
    optLength: line.decimal("Opt"),
    ...line.extra(),
  };
}
