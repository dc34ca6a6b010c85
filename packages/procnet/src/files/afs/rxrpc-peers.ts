import { decimalSpan } from "../../bytes/decimal.ts";
import { parseRows } from "../../form/forms.ts";
import { type Cells, headerForm, type UnknownColumns } from "../../form/header-form.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";
import { type RxrpcEnds, rxrpcEnds } from "./rxrpc-ends.ts";

/*
 * /proc/net/rxrpc/peers: rxrpc_peer_seq_show (net/rxrpc/proc.c).
 *
 *   Proto Local ... Remote ... Use SST   Maxd LastUse      RTT      RTO
 *   UDP   0.0.0.0:7001 ... 192.0.2.9:7000 ...   3    4  1412      3s      411  1000000
 */

/** A peer: a row of `/proc/net/rxrpc/peers`. */
export interface RxrpcPeersEntry extends RxrpcEnds, UnknownColumns {
  /** Reference count. */
  readonly use: number;
  /** Congestion window that new calls begin with, packets. Up to Linux 6.1. */
  readonly cw: number | undefined;
  /** Slow start threshold that new calls begin with, packets. Absent up to Linux 6.1. */
  readonly sst: number | undefined;
  /** MTU, bytes. Kernels that print `maxd` lack it. */
  readonly mtu: number | undefined;
  /** The most data in a packet, bytes. */
  readonly maxd: number | undefined;
  /** Seconds since something was sent. */
  readonly lastUse: number;
  /** Round-trip time, microseconds. */
  readonly rtt: number;
  /** Retransmission timeout, microseconds. */
  readonly rto: number;
}

/** Rows of `/proc/net/rxrpc/peers`. */
export type RxrpcPeersEntries = RxrpcPeersEntry[];

/**
 * Rows of `/proc/net/rxrpc/peers`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { rxrpcPeers } from "procnet/tables";
 * read(rxrpcPeers).map((peer) => [peer.remoteAddress, peer.rtt]);
 * ```
 */
export const rxrpcPeers: RowTable<"rxrpc/peers", RxrpcPeersEntry> = table(
  { name: "rxrpc/peers", needs: "CONFIG_AF_RXRPC, module rxrpc", since: "5.1" },
  headerForm("Proto", peerRow),
);

/**
 * Parses the text of `/proc/net/rxrpc/peers`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseRxrpcPeers } from "procnet/parse";
 * parseRxrpcPeers(bytes).map((peer) => [peer.remoteAddress, peer.rtt]);
 * ```
 */
export function parseRxrpcPeers(text: Uint8Array, options: ParseOptions = {}): RxrpcPeersEntries {
  return parseRows(rxrpcPeers, text, options);
}

function peerRow(cells: Cells): RxrpcPeersEntry {
  return {
    ...rxrpcEnds(cells),
    use: cells.decimal("Use"),
    cw: cells.decimalIfAny("CW"),
    sst: cells.decimalIfAny("SST"),
    mtu: cells.decimalIfAny("MTU"),
    maxd: cells.decimalIfAny("Maxd"),
    lastUse: seconds(cells, "LastUse"),
    rtt: cells.decimal("RTT"),
    rto: cells.decimal("RTO"),
    ...cells.rest(),
  };
}

const LETTER_S = 0x73;

/** A number with an `s` behind it. */
function seconds(cells: Cells, name: string): number {
  const line = cells.at(name);
  line.next(name);
  const value = decimalSpan(line.bytes, line.tokenStart, line.tokenEnd - 1);
  if (line.bytes[line.tokenEnd - 1] !== LETTER_S || Number.isNaN(value))
    line.fail(name, "a number of seconds and an s");
  return value;
}
