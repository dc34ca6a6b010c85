import { parseRows } from "../../form/forms.ts";
import { type Cells, headerForm, type UnknownColumns } from "../../form/header-form.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";
import { type RxrpcEnds, rxrpcEnds } from "./rxrpc-ends.ts";

/*
 * /proc/net/rxrpc/bundles: rxrpc_bundle_seq_show (net/rxrpc/proc.c).
 *
 *   Proto Local ... Remote ... SvID Ref Act Flg Key      | Bundle   Conn_0   Conn_1   Conn_2   Conn_3
 *   UDP   0.0.0.0:7001 ... 192.0.2.9:7000 ... 1234   2   1 --u 00000000 | 00000003 5a5a0004 00000000 00000000 00000000
 */

/** Client connections to one service that share parameters: a row of `/proc/net/rxrpc/bundles`. */
export interface RxrpcBundlesEntry extends RxrpcEnds, UnknownColumns {
  /** Service id. */
  readonly svId: number;
  /** Reference count. */
  readonly ref: number;
  /** Users. */
  readonly act: number;
  /** A letter or a minus for each: `U` tries to upgrade, `e` exclusive, `u` upgraded. The kernel's `Flg`. */
  readonly flags: string;
  /** Serial number of the security key; 0 for none. */
  readonly key: number;
  /** Number of the bundle in trace events. */
  readonly bundle: number;
  /** Ids of its connections; 0 for an empty place. */
  readonly conns: readonly number[];
}

/** Rows of `/proc/net/rxrpc/bundles`. */
export type RxrpcBundlesEntries = RxrpcBundlesEntry[];

/**
 * Rows of `/proc/net/rxrpc/bundles`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { rxrpcBundles } from "procnet/tables";
 * read(rxrpcBundles).map((bundle) => bundle.conns.length);
 * ```
 */
export const rxrpcBundles: RowTable<"rxrpc/bundles", RxrpcBundlesEntry> = table(
  { name: "rxrpc/bundles", needs: "CONFIG_AF_RXRPC, module rxrpc", since: "6.10" },
  headerForm("Proto", bundleRow),
);

/**
 * Parses the text of `/proc/net/rxrpc/bundles`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseRxrpcBundles } from "procnet/parse";
 * parseRxrpcBundles(bytes).map((bundle) => bundle.conns.length);
 * ```
 */
export function parseRxrpcBundles(text: Uint8Array, options: ParseOptions = {}): RxrpcBundlesEntries {
  return parseRows(rxrpcBundles, text, options);
}

function bundleRow(cells: Cells): RxrpcBundlesEntry {
  const row = {
    ...rxrpcEnds(cells),
    svId: cells.hex("SvID"),
    ref: cells.decimal("Ref"),
    act: cells.signed("Act"),
    flags: cells.word("Flg"),
    key: cells.hex("Key"),
    bundle: cells.hex("Bundle"),
    conns: ["Conn_0", "Conn_1", "Conn_2", "Conn_3"].map((name) => cells.hex(name)),
  };
  if (cells.word("|") !== "|") cells.line.fail("|", "the bar between key and bundle");
  return { ...row, ...cells.rest() };
}
