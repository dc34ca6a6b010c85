import { SctpState } from "../../codes/sctp.ts";
import { TcpState } from "../../codes/tcp-state.ts";
import { nameOf } from "../../codes/two-way.ts";
import { lineForm, parseRows } from "../../form/forms.ts";
import { RowError } from "../../form/issues.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";
import { sctpAddresses } from "./sctp-addresses.ts";

/*
 * /proc/net/sctp/assocs: sctp_assocs_seq_show (net/sctp/proc.c). All numbers are decimal; the header says which of them
 * stand behind the addresses. An asterisk is glued to the front of the primary address.
 *
 *    ASSOC     SOCK   STY SST ST HBKT ASSOC-ID TX_QUEUE RX_QUEUE UID INODE LPORT RPORT LADDRS <-> RADDRS HBINT INS ...
 *   0000000011e04d56 000000008b6ed7e6 2   1   3  0       5        0        0       0 12346 5000  40000  *10.0.0.1 <-> *10.0.0.2 	    7500 ...
 */

/** An association: a row of `/proc/net/sctp/assocs`. One with several paths has a row for each of them on some kernels. */
export interface SctpAssocsEntry {
  /** Opaque pointer of the association. */
  readonly assoc: string;
  /** Opaque pointer of the socket. */
  readonly sock: string;
  /** Style of the socket: see `SctpStyle`. The kernel's `STY`. */
  readonly style: number;
  /** State of the socket, with the names of TCP. The kernel's `SST`. */
  readonly socketState: TcpState;
  /** State of the association. The kernel's `ST`. */
  readonly state: SctpState;
  /** Hash bucket; always 0 on current kernels. The kernel's `HBKT`. */
  readonly bucket: number;
  /** Number of the association at its socket. */
  readonly assocId: number;
  /** Bytes in the send buffer. Very old kernels (2.6.1x) print this and `rxQueue` the other way round. */
  readonly txQueue: number;
  /** Bytes in the receive buffer. */
  readonly rxQueue: number;
  /** User id of who made the socket. */
  readonly uid: number;
  /** Number in the link `socket:[N]`; 0 before `accept`. */
  readonly inode: number;
  /** Port of this end. */
  readonly localPort: number;
  /** Port of the peer. */
  readonly remotePort: number;
  /** Local addresses, canonical text. */
  readonly localAddresses: readonly string[];
  /** The local address that packets to the primary path leave from; absent when none is marked. */
  readonly localPrimary: string | undefined;
  /** Addresses of the peer, canonical text. */
  readonly remoteAddresses: readonly string[];
  /** The address of the peer's primary path. */
  readonly remotePrimary: string | undefined;
  /**
   * Numbers behind the addresses by the kernel's names, in the header's order: `HBINT` heartbeat interval (jiffies), `INS` and
   * `OUTS` streams, `MAXRT` most retransmissions, `T1X` and `T2X` retries of setup and shutdown, `RTXC` chunks sent
   * again, `wmema`, `wmemq`, `sndbuf`, `rcvbuf` bytes of the socket. Empty on old kernels, whose header ends at `RADDRS`.
   */
  readonly numbers: Readonly<Record<string, number>>;
  /** Values that the header does not name, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** Rows of `/proc/net/sctp/assocs`. */
export type SctpAssocsEntries = SctpAssocsEntry[];

/**
 * Associations of SCTP: rows of `/proc/net/sctp/assocs`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { sctpAssocs } from "procnet/tables";
 * read(sctpAssocs).map((assoc) => [assoc.remotePrimary, assoc.remotePort, assoc.state]);
 * ```
 */
export const sctpAssocs: RowTable<"sctp/assocs", SctpAssocsEntry> = table(
  { name: "sctp/assocs", needs: "CONFIG_IP_SCTP, module sctp" },
  lineForm(["ASSOC"], assocRow),
);

/**
 * Parses the text of `/proc/net/sctp/assocs`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseSctpAssocs } from "procnet/parse";
 * parseSctpAssocs(bytes).map((assoc) => [assoc.remotePrimary, assoc.remotePort, assoc.state]);
 * ```
 */
export function parseSctpAssocs(text: Uint8Array, options: ParseOptions = {}): SctpAssocsEntries {
  return parseRows(sctpAssocs, text, options);
}

function assocRow(line: Line): SctpAssocsEntry {
  const columns = {
    assoc: line.word("ASSOC"),
    sock: line.word("SOCK"),
    style: line.decimal("STY"),
    socketState: nameOf(TcpState, line.decimal("SST")),
    state: nameOf(SctpState, line.decimal("ST")),
    bucket: line.decimal("HBKT"),
    assocId: line.decimal("ASSOC-ID"),
    txQueue: line.decimal("TX_QUEUE"),
    rxQueue: line.decimal("RX_QUEUE"),
    uid: line.unsigned32("UID"),
    inode: line.decimal("INODE"),
    localPort: line.decimal("LPORT", 0xffff),
    remotePort: line.decimal("RPORT", 0xffff),
  };
  const local = sctpAddresses(line, "LADDRS");
  if (line.word("<->") !== "<->") line.fail("<->", "the arrow between the addresses");
  const remote = sctpAddresses(line, "RADDRS");
  if (remote.addresses.length === 0) throw new RowError(line.at, "RADDRS", "expected an address of the peer");
  return {
    ...columns,
    localAddresses: local.addresses,
    localPrimary: local.primary,
    remoteAddresses: remote.addresses,
    remotePrimary: remote.primary,
    numbers: numbersOf(line),
    ...line.extra(),
  };
}

/** The numbers that the header names behind `RADDRS`. */
function numbersOf(line: Line): Record<string, number> {
  const [, names = ""] = (line.headers[0] ?? "").split("RADDRS");
  const named = names.split(" ").filter((name) => name !== "");
  return Object.fromEntries(named.map((name) => [name, line.decimal(name)]));
}
