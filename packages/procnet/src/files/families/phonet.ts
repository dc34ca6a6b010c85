import { lineForm, parseRows } from "../../form/forms.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";
import { hexParts } from "../../form/token.ts";

/*
 * /proc/net/phonet and pnresource: pn_sock_seq_show, pn_res_seq_show (net/phonet/socket.c). Padded with blanks to 127 and
 * 63 characters.
 *
 *   pt  loc  rem rs st tx_queue rx_queue   uid inode ref pointer drops
 *    2 6C40:0000:00 07 00000000:00000000  1000 24601 2 000000006d3c5f21 0
 */

/** A Phonet socket (Nokia modems): a row of `/proc/net/phonet`. */
export interface PhonetEntry {
  /** Phonet protocol: 1 datagrams, 2 pipes. The kernel's column `pt`. */
  readonly protocol: number;
  /** Local object: the device's address in the high byte, then the port. The kernel's column `loc`. */
  readonly local: number;
  /** Object of the peer; 0 where there is none. The kernel's column `rem`. */
  readonly remote: number;
  /** Resource the socket is bound to. The kernel's column `rs`. */
  readonly resource: number;
  /** State by the numbers of `TcpState`. */
  readonly state: number;
  /** Send memory in use, bytes. */
  readonly txQueue: number;
  /** Receive memory in use, bytes. */
  readonly rxQueue: number;
  /** User id of the owner as seen by the reader. */
  readonly uid: number;
  /** Number in the link `socket:[N]`. */
  readonly inode: number;
  /** Reference count of the kernel's structure. */
  readonly refCount: number;
  /** The kernel's pointer, hashed or hidden: equal means the same socket; no number. */
  readonly pointer: string;
  /** Packets this socket dropped since it was made. */
  readonly drops: number;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** A resource that a Phonet socket serves: a row of `/proc/net/pnresource`. */
export interface PnresourceEntry {
  /** Number of the resource. The kernel's column `rs`. */
  readonly resource: number;
  /** User id of the owner as seen by the reader. */
  readonly uid: number;
  /** Number in the link `socket:[N]`. */
  readonly inode: number;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** Rows of `/proc/net/phonet`. */
export type PhonetEntries = PhonetEntry[];

/** Rows of `/proc/net/pnresource`. */
export type PnresourceEntries = PnresourceEntry[];

/**
 * Rows of `/proc/net/phonet`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { phonet } from "procnet/tables";
 * read(phonet).filter((socket) => socket.drops > 0);
 * ```
 */
export const phonet: RowTable<"phonet", PhonetEntry> = table(
  { name: "phonet", needs: "CONFIG_PHONET, module phonet", since: "2.6.33" },
  lineForm(["pt "], phonetRow),
);

/**
 * Rows of `/proc/net/pnresource`.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { pnresource } from "procnet/tables";
 * for (const row of each(pnresource)) console.log(row);
 * ```
 */
export const pnresource: RowTable<"pnresource", PnresourceEntry> = table(
  { name: "pnresource", needs: "CONFIG_PHONET, module phonet", since: "2.6.38", scope: "initial" },
  lineForm(["rs "], (line) => ({
    resource: line.hex("rs"),
    uid: line.unsigned32("uid"),
    inode: line.decimal("inode"),
    ...line.extra(),
  })),
);

/**
 * Parses the text of `/proc/net/phonet`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parsePhonet } from "procnet/parse";
 * parsePhonet(bytes).filter((socket) => socket.drops > 0);
 * ```
 */
export function parsePhonet(text: Uint8Array, options: ParseOptions = {}): PhonetEntries {
  return parseRows(phonet, text, options);
}

/** Parses the text of `/proc/net/pnresource`, like {@link parsePhonet}. */
export function parsePnresource(text: Uint8Array, options: ParseOptions = {}): PnresourceEntries {
  return parseRows(pnresource, text, options);
}

function phonetRow(line: Line): PhonetEntry {
  const protocol = line.decimal("pt");
  const [local, remote, resource] = hexParts(line, "loc:rem:rs", "::");
  const state = line.hex("st");
  const [txQueue, rxQueue] = hexParts(line, "tx_queue:rx_queue", ":");
  return {
    protocol,
    local: local!,
    remote: remote!,
    resource: resource!,
    state,
    txQueue: txQueue!,
    rxQueue: rxQueue!,
    uid: line.unsigned32("uid"), // printed as a signed number
    inode: line.decimal("inode"),
    refCount: line.decimal("ref"),
    pointer: line.word("pointer"),
    drops: line.unsigned32("drops"),
    ...line.extra(),
  };
}
