import { ipv6Column } from "../../form/address-column.ts";
import { lineForm, parseRows } from "../../form/forms.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";

/*
 * /proc/net/if_inet6: if6_seq_show (net/ipv6/addrconf.c). No header; every number is hexadecimal, the address in network
 * order on every machine.
 *
 *   fe8000000000000000fc00fffe000001 04 40 20 80     eth0
 *   fd000000000000000000000000000002 04 40 00 82     eth0
 */

/** An IPv6 address of an interface: a row of `/proc/net/if_inet6`. Peer addresses and lifetimes are not in the file. */
export interface IfInet6 {
  /** Address, RFC 5952 text. */
  readonly address: string;
  /** Index of the interface. */
  readonly ifIndex: number;
  /** Length of the prefix, bits. */
  readonly prefixLength: number;
  /** How far the address reaches, a number: see `Inet6Scope`. */
  readonly scope: number;
  /** Bits of `AddressFlags`; the low eight only since about Linux 3.15. */
  readonly flags: number;
  /** Name of the interface. */
  readonly device: string;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** Rows of `/proc/net/if_inet6`, in no useful order. */
export type IfInet6Rows = IfInet6[];

/**
 * Addresses of IPv6: rows of `/proc/net/if_inet6`, in no useful order.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { ifInet6 } from "procnet/tables";
 * for (const row of each(ifInet6)) console.log(row);
 * ```
 */
export const ifInet6: RowTable<"if_inet6", IfInet6> = table(
  { name: "if_inet6", needs: "CONFIG_IPV6, module ipv6" },
  lineForm([], ifInet6Row),
);

/**
 * Parses the text of `/proc/net/if_inet6`. With IPv6 switched off by sysctl the text is empty, and so are the rows.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { Inet6Scope, nameOf } from "procnet";
 * import { parseIfInet6 } from "procnet/parse";
 * parseIfInet6(bytes).map((row) => [row.address, nameOf(Inet6Scope, row.scope)]); // [["fe80::1", "LINK"], ...]
 * ```
 */
export function parseIfInet6(text: Uint8Array, options: ParseOptions = {}): IfInet6Rows {
  return parseRows(ifInet6, text, options);
}

function ifInet6Row(line: Line): IfInet6 {
  return {
    address: ipv6Column(line, "address"),
    ifIndex: line.hex("ifindex"),
    prefixLength: prefixLength6(line, "prefix length"),
    scope: line.hex("scope"),
    flags: line.hex("flags"),
    device: line.word("name"),
    ...line.extra(),
  };
}

/** The next token as the length of an IPv6 prefix in hexadecimal. */
export function prefixLength6(line: Line, field: string): number {
  const length = line.hex(field);
  if (length > 128) line.fail(field, "the length of a prefix, 00 to 80");
  return length;
}
