import { lineForm, parseRows } from "../../form/forms.ts";
import type { Line } from "../../form/line.ts";
import { largeOf } from "../../form/line-counters.ts";
import type { ParseOptions } from "../../form/options.ts";
import { ipvsAddress } from "../../form/printed-address.ts";
import { type RowTable, table } from "../../form/table.ts";
import { restOfLine } from "../../form/token.ts";

/*
 * /proc/net/ip_vs_conn and ip_vs_conn_sync: ip_vs_conn_seq_show, ip_vs_conn_sync_seq_show
 * (net/netfilter/ipvs/ip_vs_conn.c).
 *
 *   Pro FromIP   FPrt ToIP     TPrt DestIP   DPrt State       Expires PEName PEData
 *   TCP 0A000063 C350 C0A80001 0050 0A000002 1F90 ESTABLISHED     899
 *
 * ip_vs_conn_sync has the column Origin before Expires, and no persistence engine.
 */

/** A connection of a virtual server: a row of `/proc/net/ip_vs_conn`. */
export interface IpVsConnEntry {
  /** `TCP`, `UDP`, `SCTP`, ...; `IP` for templates of persistent services of firewall marks. */
  readonly protocol: string;
  /** The client; the kernel's column `FromIP`. */
  readonly fromAddress: string;
  /** Port of the client; 0 in templates of persistent services. */
  readonly fromPort: number;
  /** The virtual service; the kernel's column `ToIP`. */
  readonly toAddress: string;
  /** Port of the virtual service. */
  readonly toPort: number;
  /** The server; the kernel's column `DestIP`. */
  readonly destAddress: string;
  /** Port of the server. */
  readonly destPort: number;
  /** State by the kernel's name, which depends on the protocol: `ESTABLISHED`, `UDP`, `C-WAIT`, `NONE`, ... */
  readonly state: string;
  /** Seconds until it is forgotten. An entry that is due now can show a number near 2^64. */
  readonly expires: number;
  /** Name of the persistence engine: `sip`. Absent where there is none, and before 2.6.37. */
  readonly peName: string | undefined;
  /** What the engine keeps (for SIP the Call-ID): text that the other side of the network chose. */
  readonly peData: string | undefined;
}

/** A row of `/proc/net/ip_vs_conn_sync`. */
export interface IpVsConnSyncEntry extends Omit<IpVsConnEntry, "peName" | "peData"> {
  /** `SYNC` when another director told of the connection, `LOCAL` otherwise. */
  readonly origin: string;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** Rows of `/proc/net/ip_vs_conn`. */
export type IpVsConnEntries = IpVsConnEntry[];

/** Rows of `/proc/net/ip_vs_conn_sync`. */
export type IpVsConnSyncEntries = IpVsConnSyncEntry[];

const HEADER = "Pro FromIP";

/**
 * Connections of IPVS: rows of `/proc/net/ip_vs_conn`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { ipVsConn } from "procnet/tables";
 * read(ipVsConn).filter((connection) => connection.destAddress === "10.0.0.2");
 * ```
 */
export const ipVsConn: RowTable<"ip_vs_conn", IpVsConnEntry> = table(
  { name: "ip_vs_conn", needs: "CONFIG_IP_VS, module ip_vs" },
  lineForm([HEADER], (line) => ({
    ...endpoints(line),
    expires: largeOf(line, "Expires"),
    peName: line.more() ? line.word("PEName") : undefined,
    peData: restOfLine(line),
  })),
);

/**
 * Rows of `/proc/net/ip_vs_conn_sync`.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { ipVsConnSync } from "procnet/tables";
 * for (const row of each(ipVsConnSync)) console.log(row);
 * ```
 */
export const ipVsConnSync: RowTable<"ip_vs_conn_sync", IpVsConnSyncEntry> = table(
  { name: "ip_vs_conn_sync", needs: "CONFIG_IP_VS, module ip_vs" },
  lineForm([HEADER], (line) => {
    const ends = endpoints(line);
    const origin = line.word("Origin");
    return { ...ends, expires: largeOf(line, "Expires"), origin, ...line.extra() };
  }),
);

/**
 * Parses the text of `/proc/net/ip_vs_conn`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseIpVsConn } from "procnet/parse";
 * parseIpVsConn(bytes).filter((connection) => connection.destAddress === "10.0.0.2");
 * ```
 */
export function parseIpVsConn(text: Uint8Array, options: ParseOptions = {}): IpVsConnEntries {
  return parseRows(ipVsConn, text, options);
}

/** Parses the text of `/proc/net/ip_vs_conn_sync`, like {@link parseIpVsConn}. */
export function parseIpVsConnSync(text: Uint8Array, options: ParseOptions = {}): IpVsConnSyncEntries {
  return parseRows(ipVsConnSync, text, options);
}

type Endpoints = Omit<IpVsConnEntry, "expires" | "peName" | "peData">;

function endpoints(line: Line): Endpoints {
  return {
    protocol: line.word("Pro"),
    fromAddress: address(line, "FromIP"),
    fromPort: line.hex("FPrt"),
    toAddress: address(line, "ToIP"),
    toPort: line.hex("TPrt"),
    destAddress: address(line, "DestIP"),
    destPort: line.hex("DPrt"),
    state: line.word("State"),
  };
}

function address(line: Line, field: string): string {
  line.next(field);
  return ipvsAddress(line, field, line.tokenStart, line.tokenEnd);
}
