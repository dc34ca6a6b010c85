import { hardwareColumn } from "../../form/address-column.ts";
import { lineForm, parseRows } from "../../form/forms.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";

/*
 * /proc/net/dev_mcast: dev_mc_seq_show (net/core/net-procfs.c). No header.
 *
 *   3    e0              1     0     333300000001
 *   3    e0              2     1     01005e010203
 */

/** A link-layer multicast address that a device receives: a row of `/proc/net/dev_mcast`. */
export interface DevMcast {
  /** Index of the interface. */
  readonly ifIndex: number;
  /** Name of the interface. */
  readonly device: string;
  /** Users of the address in the kernel. */
  readonly refCount: number;
  /** Whether it was added by hand (`ip maddr add`): 1, else 0. */
  readonly globalUse: number;
  /** Address, lower-case hexadecimal with colons, of any length. Absent on devices without hardware addresses. */
  readonly address: string | undefined;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** Rows of `/proc/net/dev_mcast`, by interface. */
export type DevMcastRows = DevMcast[];

/**
 * Rows of `/proc/net/dev_mcast`, by interface.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { devMcast } from "procnet/tables";
 * read(devMcast).filter((row) => row.device === "eth0").map((row) => row.address);
 * ```
 */
export const devMcast: RowTable<"dev_mcast", DevMcast> = table(
  { name: "dev_mcast", needs: "CONFIG_NET" },
  lineForm([], devMcastRow),
);

/**
 * Parses the text of `/proc/net/dev_mcast`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseDevMcast } from "procnet/parse";
 * parseDevMcast(bytes).filter((row) => row.device === "eth0").map((row) => row.address);
 * ```
 */
export function parseDevMcast(text: Uint8Array, options: ParseOptions = {}): DevMcastRows {
  return parseRows(devMcast, text, options);
}

function devMcastRow(line: Line): DevMcast {
  return {
    ifIndex: line.decimal("ifindex"),
    device: line.word("name"),
    refCount: line.decimal("refcount"),
    globalUse: line.decimal("global_use"),
    address: line.more() ? hardwareColumn(line, "address") : undefined,
    ...line.extra(),
  };
}
