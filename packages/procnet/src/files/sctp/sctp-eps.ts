import { TcpState } from "../../codes/tcp-state.ts";
import { nameOf } from "../../codes/two-way.ts";
import { lineForm, parseRows } from "../../form/forms.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";
import { sctpAddresses } from "./sctp-addresses.ts";

/*
 * /proc/net/sctp/eps: sctp_eps_seq_show (net/sctp/proc.c). All numbers are decimal.
 *
 *    ENDPT     SOCK   STY SST HBKT LPORT   UID INODE LADDRS
 *   000000003af07362 000000008b6ed7e6 2   10  29   5000      0 12345 127.0.0.1 10.0.0.1
 */

/** An endpoint, that is a socket with a local port: a row of `/proc/net/sctp/eps`. */
export interface SctpEpsEntry {
  /** Opaque pointer of the endpoint. The kernel's `ENDPT`. */
  readonly endpoint: string;
  /** Opaque pointer of the socket. */
  readonly sock: string;
  /** Style of the socket: see `SctpStyle`. The kernel's `STY`. */
  readonly style: number;
  /** State of the socket, with the names of TCP: `LISTEN`, `CLOSE`, `ESTABLISHED`. The kernel's `SST`. */
  readonly socketState: TcpState;
  /** Hash bucket. The kernel's `HBKT`. */
  readonly bucket: number;
  /** Port of the endpoint. */
  readonly localPort: number;
  /** User id of who made the socket. */
  readonly uid: number;
  /** Number in the link `socket:[N]`. */
  readonly inode: number;
  /** Addresses the socket is bound to, canonical text; `0.0.0.0` or `::` for any. */
  readonly localAddresses: readonly string[];
  /** What follows the addresses, as the kernel wrote it; absent when there is nothing. */
  readonly extra?: readonly string[];
}

/** Rows of `/proc/net/sctp/eps`. */
export type SctpEpsEntries = SctpEpsEntry[];

/**
 * Endpoints of SCTP: rows of `/proc/net/sctp/eps`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { sctpEps } from "procnet/tables";
 * read(sctpEps).filter((endpoint) => endpoint.socketState === "LISTEN");
 * ```
 */
export const sctpEps: RowTable<"sctp/eps", SctpEpsEntry> = table(
  { name: "sctp/eps", needs: "CONFIG_IP_SCTP, module sctp" },
  lineForm(["ENDPT"], endpointRow),
);

/**
 * Parses the text of `/proc/net/sctp/eps`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseSctpEps } from "procnet/parse";
 * parseSctpEps(bytes).filter((endpoint) => endpoint.socketState === "LISTEN");
 * ```
 */
export function parseSctpEps(text: Uint8Array, options: ParseOptions = {}): SctpEpsEntries {
  return parseRows(sctpEps, text, options);
}

function endpointRow(line: Line): SctpEpsEntry {
  return {
    endpoint: line.word("ENDPT"),
    sock: line.word("SOCK"),
    style: line.decimal("STY"),
    socketState: nameOf(TcpState, line.decimal("SST")),
    bucket: line.decimal("HBKT"),
    localPort: line.decimal("LPORT", 0xffff),
    uid: line.unsigned32("UID"),
    inode: line.decimal("INODE"),
    localAddresses: sctpAddresses(line, "LADDRS").addresses,
    ...line.extra(),
  };
}
