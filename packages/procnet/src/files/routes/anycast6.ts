import { ipv6Column } from "../../form/address-column.ts";
import { lineForm, parseRows } from "../../form/forms.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";

/*
 * /proc/net/anycast6: ac6_seq_show (net/ipv6/anycast.c). No header; addresses in network order on every machine.
 *
 *   3    e0              20010db8000000000000000000000000     1
 */

/** An anycast address of an interface: a row of `/proc/net/anycast6`. */
export interface Anycast6 {
  /** Index of the interface. */
  readonly ifIndex: number;
  /** Name of the interface. */
  readonly device: string;
  /** Address, RFC 5952 text. */
  readonly address: string;
  /** Sockets and others that joined it. */
  readonly users: number;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** Rows of `/proc/net/anycast6`, by device. */
export type Anycast6Rows = Anycast6[];

/**
 * Anycast addresses of IPv6: rows of `/proc/net/anycast6`, by device.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { anycast6 } from "procnet/tables";
 * read(anycast6).map((row) => [row.device, row.address]); // [["eth0", "2001:db8::"]]
 * ```
 */
export const anycast6: RowTable<"anycast6", Anycast6> = table(
  { name: "anycast6", needs: "CONFIG_IPV6, module ipv6" },
  lineForm([], anycast6Row),
);

/**
 * Parses the text of `/proc/net/anycast6`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseAnycast6 } from "procnet/parse";
 * parseAnycast6(bytes).map((row) => [row.device, row.address]); // [["eth0", "2001:db8::"]]
 * ```
 */
export function parseAnycast6(text: Uint8Array, options: ParseOptions = {}): Anycast6Rows {
  return parseRows(anycast6, text, options);
}

function anycast6Row(line: Line): Anycast6 {
  return {
    ifIndex: line.decimal("ifindex"),
    device: line.word("name"),
    address: ipv6Column(line, "address"),
    users: line.decimal("users"),
    ...line.extra(),
  };
}
