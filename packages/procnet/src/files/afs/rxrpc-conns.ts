import { parseRows, type RowForm } from "../../form/forms.ts";
import { type Cells, headerForm, type UnknownColumns } from "../../form/header-form.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";
import { type RxrpcEnds, rxrpcEnds } from "./rxrpc-ends.ts";

/*
 * /proc/net/rxrpc/conns, up to Linux 4.11 /proc/net/rxrpc_conns: rxrpc_connection_seq_show (net/rxrpc/proc.c).
 *
 *   Proto Local ... Remote ... SvID ConnID   End Ref Act State    Key      Serial   ISerial  CallId0  CallId1  CallId2  CallId3
 *   UDP   0.0.0.0:7001 ... 192.0.2.9:7000 ... 1234 5a5a0004 Clt   1   1 Client   00000000 00000007 00000005 00000002 00000000 00000000 00000000
 */

/** A virtual connection: a row of `/proc/net/rxrpc/conns`. */
export interface RxrpcConnsEntry extends RxrpcEnds, UnknownColumns {
  /** Service id. */
  readonly svId: number;
  /** Connection id. */
  readonly connId: number;
  /** Which end this is: `Svc` the service, `Clt` the client. */
  readonly end: string;
  /** Reference count. The kernel's `Ref`, up to Linux 6.1 `Use`. */
  readonly ref: number;
  /** Users. Absent up to Linux 6.1. */
  readonly act: number | undefined;
  /** State by the kernel's short name: `Client`, `SvSecure`, ..., or how it ended: `RmtAbort`, `LocError`, ... */
  readonly state: string;
  /** Serial number of the security key; 0 for none. */
  readonly key: number;
  /** Serial number of the last packet sent. */
  readonly serial: number;
  /** Highest serial number received. */
  readonly iSerial: number;
  /** Numbers of the calls on the channels, four as a rule; empty on old kernels, whose header lacks them. */
  readonly callIds: readonly number[];
}

/** Rows of `/proc/net/rxrpc/conns`. */
export type RxrpcConnsEntries = RxrpcConnsEntry[];

const rxrpcConnsForm: RowForm<RxrpcConnsEntry> = headerForm("Proto", connRow);

/**
 * Rows of `/proc/net/rxrpc/conns`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { rxrpcConns } from "procnet/tables";
 * read(rxrpcConns).filter((conn) => conn.end === "Clt");
 * ```
 */
export const rxrpcConns: RowTable<"rxrpc/conns", RxrpcConnsEntry> = table(
  { name: "rxrpc/conns", needs: "CONFIG_AF_RXRPC, module rxrpc", since: "4.12" },
  rxrpcConnsForm,
);

/**
 * Rows of `/proc/net/rxrpc_conns`.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { oldRxrpcConns } from "procnet/tables";
 * for (const row of each(oldRxrpcConns)) console.log(row);
 * ```
 */
export const oldRxrpcConns: RowTable<"rxrpc_conns", RxrpcConnsEntry> = table(
  { name: "rxrpc_conns", needs: "CONFIG_AF_RXRPC, module rxrpc", since: "2.6.22", until: "4.12" },
  rxrpcConnsForm,
);

/**
 * Parses the text of `/proc/net/rxrpc/conns`, and of `/proc/net/rxrpc_conns` of old kernels.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseRxrpcConns } from "procnet/parse";
 * parseRxrpcConns(bytes).filter((conn) => conn.end === "Clt");
 * ```
 */
export function parseRxrpcConns(text: Uint8Array, options: ParseOptions = {}): RxrpcConnsEntries {
  return parseRows(rxrpcConnsForm, text, options);
}

function connRow(cells: Cells): RxrpcConnsEntry {
  return {
    ...rxrpcEnds(cells),
    svId: cells.hex("SvID"),
    connId: cells.hex("ConnID"),
    end: cells.word("End"),
    ref: cells.decimal(cells.has("Use") ? "Use" : "Ref"),
    act: cells.signedIfAny("Act"),
    state: cells.word("State"),
    key: cells.hex("Key"),
    serial: cells.hex("Serial"),
    iSerial: cells.hex("ISerial"),
    callIds: ["CallId0", "CallId1", "CallId2", "CallId3"]
      .map((name) => cells.hexIfAny(name))
      .filter((id) => id !== undefined),
    ...cells.rest(),
  };
}
