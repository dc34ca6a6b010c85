import { ipv4Text } from "../../codes/address.ts";
import { ipv6Column } from "../../form/address-column.ts";
import { lineForm, parseRows } from "../../form/forms.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";

/*
 * /proc/net/mcfilter: igmp_mcf_seq_show (net/ipv4/igmp.c); /proc/net/mcfilter6: igmp6_mcf_seq_show (net/ipv6/mcast.c).
 *
 *   Idx Device        MCA        SRC    INC    EXC
 *     3     e0 0xe8010101 0xc6336407      1      0
 *
 *   Idx Device                Multicast Address                   Source Address    INC    EXC
 *     5 123456 ff3e0000000000000000000080000001 20010db8000000000000000000000099      1      0
 *
 * The addresses read the same on every machine, unlike those of /proc/net/igmp.
 */

/** A source that members of a multicast group asked for or refuse: a row of `/proc/net/mcfilter` and `mcfilter6`. */
export interface Mcfilter {
  /** Index of the interface; the kernel's `Idx`. */
  readonly ifIndex: number;
  /** The first six bytes of the interface's name, no more: go by `ifIndex`. */
  readonly device: string;
  /** Address of the group; the kernel's `MCA`. */
  readonly group: string;
  /** Address of the source; the kernel's `SRC`. */
  readonly source: string;
  /** Members that take packets of this source; the kernel's `INC`. */
  readonly include: number;
  /** Members that refuse them; the kernel's `EXC`. */
  readonly exclude: number;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** Rows of `/proc/net/mcfilter` or `mcfilter6`. */
export type McfilterRows = Mcfilter[];

/**
 * Sources that sockets filter in IPv4 multicast groups: rows of `/proc/net/mcfilter`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { mcfilter } from "procnet/tables";
 * read(mcfilter).map((row) => [row.group, row.source]); // [["232.1.1.1", "198.51.100.7"]]
 * ```
 */
export const mcfilter: RowTable<"mcfilter", Mcfilter> = table(
  { name: "mcfilter", needs: "CONFIG_IP_MULTICAST" },
  lineForm(["Idx Device"], (line) => row(line, humanOrder)),
);

/**
 * Sources that sockets filter in IPv6 multicast groups: rows of `/proc/net/mcfilter6`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { mcfilter6 } from "procnet/tables";
 * read(mcfilter6).map((row) => [row.group, row.source]); // [["ff3e::8000:1", "2001:db8::99"]]
 * ```
 */
export const mcfilter6: RowTable<"mcfilter6", Mcfilter> = table(
  { name: "mcfilter6", needs: "CONFIG_IPV6, module ipv6" },
  lineForm(["Idx Device"], (line) => row(line, ipv6Column)),
);

/**
 * Parses the text of `/proc/net/mcfilter`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseMcfilter } from "procnet/parse";
 * parseMcfilter(bytes).map((row) => [row.group, row.source]); // [["232.1.1.1", "198.51.100.7"]]
 * ```
 */
export function parseMcfilter(text: Uint8Array, options: ParseOptions = {}): McfilterRows {
  return parseRows(mcfilter, text, options);
}

/**
 * Parses the text of `/proc/net/mcfilter6`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseMcfilter6 } from "procnet/parse";
 * parseMcfilter6(bytes).map((row) => [row.group, row.source]); // [["ff3e::8000:1", "2001:db8::99"]]
 * ```
 */
export function parseMcfilter6(text: Uint8Array, options: ParseOptions = {}): McfilterRows {
  return parseRows(mcfilter6, text, options);
}

/** The next token as an IPv4 address, its most significant byte first (0xe8010101 is 232.1.1.1). */
function humanOrder(line: Line, field: string): string {
  return ipv4Text(line.hex32(field));
}

function row(line: Line, address: (line: Line, field: string) => string): Mcfilter {
  return {
    ifIndex: line.decimal("Idx"),
    device: line.word("Device"),
    group: address(line, "MCA"),
    source: address(line, "SRC"),
    include: line.decimal("INC"),
    exclude: line.decimal("EXC"),
    ...line.extra(),
  };
}
