import { parseRows } from "../../form/forms.ts";
import { type Cells, headerForm, type UnknownColumns } from "../../form/header-form.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";
import { type RxrpcEnds, rxrpcEnd } from "./rxrpc-ends.ts";

/*
 * /proc/net/rxrpc/locals: rxrpc_local_seq_show (net/rxrpc/proc.c).
 *
 *   Proto Local                                           Use Act RxQ
 *   UDP   0.0.0.0:7001                                      3   1   0
 */

/** A local endpoint: a row of `/proc/net/rxrpc/locals`. */
export interface RxrpcLocalsEntry extends Pick<RxrpcEnds, "proto" | "localAddress" | "localPort">, UnknownColumns {
  /** Reference count. */
  readonly use: number;
  /** Users. */
  readonly act: number;
  /** Packets waiting in the receive queue. Absent up to Linux 6.1. */
  readonly rxQ: number | undefined;
}

/** Rows of `/proc/net/rxrpc/locals`. */
export type RxrpcLocalsEntries = RxrpcLocalsEntry[];

/**
 * Rows of `/proc/net/rxrpc/locals`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { rxrpcLocals } from "procnet/tables";
 * read(rxrpcLocals).map((local) => local.localPort);
 * ```
 */
export const rxrpcLocals: RowTable<"rxrpc/locals", RxrpcLocalsEntry> = table(
  { name: "rxrpc/locals", needs: "CONFIG_AF_RXRPC, module rxrpc", since: "5.1" },
  headerForm("Proto", localRow),
);

/**
 * Parses the text of `/proc/net/rxrpc/locals`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseRxrpcLocals } from "procnet/parse";
 * parseRxrpcLocals(bytes).map((local) => local.localPort);
 * ```
 */
export function parseRxrpcLocals(text: Uint8Array, options: ParseOptions = {}): RxrpcLocalsEntries {
  return parseRows(rxrpcLocals, text, options);
}

function localRow(cells: Cells): RxrpcLocalsEntry {
  const local = rxrpcEnd(cells, "Local");
  return {
    proto: cells.word("Proto"),
    localAddress: local?.address,
    localPort: local?.port,
    use: cells.decimal("Use"),
    act: cells.signed("Act"),
    rxQ: cells.decimalIfAny("RxQ"),
    ...cells.rest(),
  };
}
