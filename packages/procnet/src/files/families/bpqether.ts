import { lineForm, parseRows } from "../../form/forms.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";

/*
 * /proc/net/bpqether, Linux before 7.1: bpq_seq_show (drivers/net/hamradio/bpqether.c). In the initial namespace only.
 *
 *   dev   ether      destination        accept from
 *   bpq0  eth0       ff:ff:ff:ff:ff:ff  *
 */

/** An AX.25 over Ethernet interface: a row of `/proc/net/bpqether`. */
export interface BpqetherEntry {
  /** Name of the interface. */
  readonly dev: string;
  /** The Ethernet interface below it. */
  readonly ether: string;
  /** Hardware address it sends to. */
  readonly destination: string;
  /** Hardware address it takes packets from; absent for all of them (the kernel prints `*`). */
  readonly acceptFrom: string | undefined;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** Rows of `/proc/net/bpqether`. */
export type BpqetherEntries = BpqetherEntry[];

/**
 * Rows of `/proc/net/bpqether`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { bpqether } from "procnet/tables";
 * read(bpqether).map((entry) => entry.ether);
 * ```
 */
export const bpqether: RowTable<"bpqether", BpqetherEntry> = table(
  { name: "bpqether", needs: "CONFIG_BPQETHER, module bpqether", until: "7.1", scope: "initial" },
  lineForm(["dev   ether"], (line) => {
    const row = { dev: line.word("dev"), ether: line.word("ether"), destination: line.word("destination") };
    const acceptFrom = line.word("accept from");
    return { ...row, acceptFrom: acceptFrom === "*" ? undefined : acceptFrom, ...line.extra() };
  }),
);

/**
 * Parses the text of `/proc/net/bpqether`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseBpqether } from "procnet/parse";
 * parseBpqether(bytes).map((entry) => entry.ether);
 * ```
 */
export function parseBpqether(text: Uint8Array, options: ParseOptions = {}): BpqetherEntries {
  return parseRows(bpqether, text, options);
}
