import { lineForm, parseRows } from "../../form/forms.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";

/*
 * /proc/net/pfkey: pfkey_seq_show (net/key/af_key.c).
 *
 *   sk       RefCnt Rmem   Wmem   User   Inode
 *   000000006d3c5f21 3      0      0      0      24601
 */

/** A PF_KEY socket (IPsec key daemons): a row of `/proc/net/pfkey`. */
export interface PfkeyEntry {
  /** The kernel's pointer, hashed or hidden: equal means the same socket; no number. The kernel's column `sk`. */
  readonly pointer: string;
  /** Reference count of the kernel's structure. */
  readonly refCnt: number;
  /** Receive memory in use, bytes. */
  readonly rmem: number;
  /** Send memory in use, bytes. */
  readonly wmem: number;
  /** User id of the owner as seen by the reader. */
  readonly user: number;
  /** Number in the link `socket:[N]`. */
  readonly inode: number;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** Rows of `/proc/net/pfkey`. */
export type PfkeyEntries = PfkeyEntry[];

/**
 * PF_KEY sockets: rows of `/proc/net/pfkey`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { pfkey } from "procnet/tables";
 * read(pfkey).map((socket) => socket.inode);
 * ```
 */
export const pfkey: RowTable<"pfkey", PfkeyEntry> = table(
  { name: "pfkey", needs: "CONFIG_NET_KEY, module af_key", since: "2.6.25" },
  lineForm(["sk "], (line) => ({
    pointer: line.word("sk"),
    refCnt: line.decimal("RefCnt"),
    rmem: line.decimal("Rmem"),
    wmem: line.decimal("Wmem"),
    user: line.unsigned32("User"),
    inode: line.decimal("Inode"),
    ...line.extra(),
  })),
);

/**
 * Parses the text of `/proc/net/pfkey`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parsePfkey } from "procnet/parse";
 * parsePfkey(bytes).map((socket) => socket.inode);
 * ```
 */
export function parsePfkey(text: Uint8Array, options: ParseOptions = {}): PfkeyEntries {
  return parseRows(pfkey, text, options);
}
