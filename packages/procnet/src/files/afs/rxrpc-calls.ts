import { isHex } from "../../bytes/hex.ts";
import { latin1 } from "../../bytes/strings.ts";
import { parseRows, type RowForm } from "../../form/forms.ts";
import { type Cells, headerForm, type UnknownColumns } from "../../form/header-form.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";
import { type RxrpcEnds, rxrpcEnds } from "./rxrpc-ends.ts";

/*
 * /proc/net/rxrpc/calls, up to Linux 4.11 /proc/net/rxrpc_calls: rxrpc_call_seq_show (net/rxrpc/proc.c).
 *
 *   Proto Local ... Remote ... SvID ConnID   CallID   End Use State    Abort    DebugId  TxSeq    TW RxSeq    RW RxSerial CW RxTimo
 *   UDP   0.0.0.0:7001 ... 192.0.2.9:7000 ... 1234 5a5a0004 00000001 Clt   2 ClAwRply 00000000 0000002f 00000001 00 00000001 00 00000000 04 007d2a
 *
 * Up to Linux 4.14 rows have more values than the header has names.
 */

/** A call, alive or dead: a row of `/proc/net/rxrpc/calls`. */
export interface RxrpcCallsEntry extends RxrpcEnds, UnknownColumns {
  /** Service id. */
  readonly svId: number;
  /** Connection id and channel; 0 before there is one. */
  readonly connId: number;
  /** Number of the call on its channel. */
  readonly callId: number;
  /** Which end this is: `Svc` the service, `Clt` the client. */
  readonly end: string;
  /** Reference count. */
  readonly use: number;
  /** State by the kernel's short name: `ClSndReq`, `SvAckReq`, `Complete`, ... */
  readonly state: string;
  /** Abort code. */
  readonly abort: number;
  /** Number of the call in trace events. Absent on kernels that print `userId`. */
  readonly debugId: number | undefined;
  /** The caller's own number for the call, hexadecimal as printed: a pointer for the kernel's calls. Old kernels only. */
  readonly userId: string | undefined;
  /** First sequence number not acknowledged by the peer. This and the next three are absent up to Linux 4.14. */
  readonly txSeq: number | undefined;
  /** Packets in the send window. */
  readonly tw: number | undefined;
  /** First sequence number not received, or not read. */
  readonly rxSeq: number | undefined;
  /** Packets in the receive window. */
  readonly rw: number | undefined;
  /** Serial number of the last packet received. */
  readonly rxSerial: number | undefined;
  /** Congestion window, packets. Absent up to Linux 6.1. */
  readonly cw: number | undefined;
  /** Time until something must be received; negative when late. Milliseconds, on older kernels jiffies. */
  readonly rxTimo: number | undefined;
}

/** Rows of `/proc/net/rxrpc/calls`. */
export type RxrpcCallsEntries = RxrpcCallsEntry[];

const rxrpcCallsForm: RowForm<RxrpcCallsEntry> = headerForm("Proto", callRow);

/**
 * Rows of `/proc/net/rxrpc/calls`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { rxrpcCalls } from "procnet/tables";
 * read(rxrpcCalls).filter((call) => call.state !== "Complete");
 * ```
 */
export const rxrpcCalls: RowTable<"rxrpc/calls", RxrpcCallsEntry> = table(
  { name: "rxrpc/calls", needs: "CONFIG_AF_RXRPC, module rxrpc", since: "4.12" },
  rxrpcCallsForm,
);

/**
 * Rows of `/proc/net/rxrpc_calls`.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { oldRxrpcCalls } from "procnet/tables";
 * for (const row of each(oldRxrpcCalls)) console.log(row);
 * ```
 */
export const oldRxrpcCalls: RowTable<"rxrpc_calls", RxrpcCallsEntry> = table(
  { name: "rxrpc_calls", needs: "CONFIG_AF_RXRPC, module rxrpc", since: "2.6.22", until: "4.12" },
  rxrpcCallsForm,
);

/**
 * Parses the text of `/proc/net/rxrpc/calls`, and of `/proc/net/rxrpc_calls` of old kernels.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseRxrpcCalls } from "procnet/parse";
 * parseRxrpcCalls(bytes).filter((call) => call.state !== "Complete");
 * ```
 */
export function parseRxrpcCalls(text: Uint8Array, options: ParseOptions = {}): RxrpcCallsEntries {
  return parseRows(rxrpcCallsForm, text, options);
}

function callRow(cells: Cells): RxrpcCallsEntry {
  return {
    ...rxrpcEnds(cells),
    svId: cells.hex("SvID"),
    connId: cells.hex("ConnID"),
    callId: cells.hex("CallID"),
    end: cells.word("End"),
    use: cells.decimal("Use"),
    state: cells.word("State"),
    abort: cells.hex("Abort"),
    debugId: cells.hexIfAny("DebugId"),
    userId: cells.wordIfAny("UserID"),
    txSeq: cells.hexIfAny("TxSeq"),
    tw: cells.hexIfAny("TW"),
    rxSeq: cells.hexIfAny("RxSeq"),
    rw: cells.hexIfAny("RW"),
    rxSerial: cells.hexIfAny("RxSerial"),
    cw: cells.hexIfAny("CW"),
    rxTimo: cells.has("RxTimo") ? signedHex(cells, "RxTimo") : undefined,
    ...cells.rest(),
  };
}

/** A signed machine word that was printed as an unsigned one: 16 digits, or 8 on 32-bit kernels, when negative. */
function signedHex(cells: Cells, name: string): number {
  const line = cells.at(name);
  line.next(name);
  const { bytes, tokenStart, tokenEnd } = line;
  if (!isHex(bytes, tokenStart, tokenEnd) || tokenEnd - tokenStart > 16) line.fail(name, "a hexadecimal number");
  const bits = tokenEnd - tokenStart === 8 ? 32 : 64;
  return Number(BigInt.asIntN(bits, BigInt(`0x${latin1(bytes, tokenStart, tokenEnd)}`)));
}
