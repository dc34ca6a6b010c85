import { SctpPathState } from "../../codes/sctp.ts";
import { nameOf } from "../../codes/two-way.ts";
import { parseRows } from "../../form/forms.ts";
import { type Cells, headerForm, type UnknownColumns } from "../../form/header-form.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";
import { sctpAddress } from "./sctp-addresses.ts";

/*
 * /proc/net/sctp/remaddr: sctp_remaddr_seq_show (net/sctp/proc.c).
 *
 *   ADDR ASSOC_ID HB_ACT RTO MAX_PATH_RTX REM_ADDR_RTX START STATE
 *   10.0.0.2  5 1 250 5 0 0 2
 */

/** A path to an address of a peer: a row of `/proc/net/sctp/remaddr`. */
export interface SctpRemaddrEntry extends UnknownColumns {
  /** Address of the peer, canonical text. */
  readonly address: string;
  /** `assocId` of the association it belongs to. */
  readonly assocId: number;
  /** 1 while the heartbeat timer runs. The kernel's `HB_ACT`. */
  readonly heartbeat: number;
  /** Retransmission timeout, jiffies. */
  readonly rto: number;
  /** Retransmissions after which the path fails. The kernel's `MAX_PATH_RTX`. */
  readonly maxPathRtx: number;
  /** Always 0. The kernel's `REM_ADDR_RTX`. */
  readonly remAddrRtx: number;
  /** Always 0. */
  readonly start: number;
  /** State of the path. Absent on old kernels, whose header lacks it. */
  readonly state: SctpPathState | undefined;
}

/** Rows of `/proc/net/sctp/remaddr`. */
export type SctpRemaddrEntries = SctpRemaddrEntry[];

/**
 * Addresses of the peers of SCTP: rows of `/proc/net/sctp/remaddr`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { sctpRemaddr } from "procnet/tables";
 * const failed = read(sctpRemaddr).filter((path) => path.state === "INACTIVE");
 * ```
 */
export const sctpRemaddr: RowTable<"sctp/remaddr", SctpRemaddrEntry> = table(
  { name: "sctp/remaddr", needs: "CONFIG_IP_SCTP, module sctp" },
  headerForm("ADDR", remaddrRow),
);

/**
 * Parses the text of `/proc/net/sctp/remaddr`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseSctpRemaddr } from "procnet/parse";
 * const failed = parseSctpRemaddr(bytes).filter((path) => path.state === "INACTIVE");
 * ```
 */
export function parseSctpRemaddr(text: Uint8Array, options: ParseOptions = {}): SctpRemaddrEntries {
  return parseRows(sctpRemaddr, text, options);
}

function remaddrRow(cells: Cells): SctpRemaddrEntry {
  const state = cells.decimalIfAny("STATE");
  return {
    address: sctpAddress(cells.at("ADDR"), "ADDR"),
    assocId: cells.decimal("ASSOC_ID"),
    heartbeat: cells.decimal("HB_ACT"),
    rto: cells.decimal("RTO"),
    maxPathRtx: cells.decimal("MAX_PATH_RTX"),
    remAddrRtx: cells.decimal("REM_ADDR_RTX"),
    start: cells.decimal("START"),
    state: state === undefined ? undefined : nameOf(SctpPathState, state),
    ...cells.rest(),
  };
}
