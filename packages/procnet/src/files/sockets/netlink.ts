import { parseRows } from "../../form/forms.ts";
import { type Cells, headerForm, type UnknownColumns } from "../../form/header-form.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";

/*
 * /proc/net/netlink: netlink_seq_show (net/netlink/af_netlink.c). The last column is padded on its right.
 *
 *   sk               Eth Pid        Groups   Rmem     Wmem     Dump  Locks    Drops    Inode
 *   000000003af07362 0   30481      00000001 0        0        0     2        0        624250
 *
 * Drops came with 2.6.3x, Inode with 2.6.33. Up to 3.10 Dump is a pointer and Pid is signed.
 */

/** A row of `/proc/net/netlink`, the kernel's own sockets included. Rows can repeat when sockets are made meanwhile. */
export interface NetlinkNetEntry extends UnknownColumns {
  /** Token of the kernel's structure: a hash, an address, or zeros. Equal tokens that are not zeros are one socket. */
  readonly sk: string;
  /** Netlink protocol, see `NetlinkProtocol`; the kernel's column `Eth`. */
  readonly protocol: number;
  /**
   * Port id; the kernel's column `Pid`, though no process id: 0 for the kernel's sockets, often that of the process for
   * the first socket it opens, and any number for the others.
   */
  readonly portId: number;
  /** Bits of the multicast groups it has joined, the first 32 only: bit 0 is group 1. */
  readonly groups: number;
  /** Receive memory in use, bytes. */
  readonly rmem: number;
  /** Send memory in use, bytes. */
  readonly wmem: number;
  /** Whether a dump is running. Absent where an old kernel printed a pointer of zeros, which can be a hidden one. */
  readonly dump: boolean | undefined;
  /** Reference count of the kernel's structure; the kernel's column `Locks`. */
  readonly refCount: number;
  /** Messages dropped for want of receive memory, wraps at 2^32. Absent before 2.6.3x. */
  readonly drops: number | undefined;
  /** Number in the link `socket:[N]`; the kernel's own sockets have one too. Absent before 2.6.33. */
  readonly inode: number | undefined;
}

/** Rows of `/proc/net/netlink`. */
export type NetlinkNetEntries = NetlinkNetEntry[];

/**
 * Netlink sockets: rows of `/proc/net/netlink`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { netlink } from "procnet/tables";
 * const losing = read(netlink).filter((socket) => (socket.drops ?? 0) > 0);
 * ```
 */
export const netlink: RowTable<"netlink", NetlinkNetEntry> = table(
  { name: "netlink", needs: "CONFIG_NET" },
  headerForm("sk", netlinkRow),
);

/**
 * Parses the text of `/proc/net/netlink`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseNetlink } from "procnet/parse";
 * const losing = parseNetlink(bytes).filter((socket) => (socket.drops ?? 0) > 0);
 * ```
 */
export function parseNetlink(text: Uint8Array, options: ParseOptions = {}): NetlinkNetEntries {
  return parseRows(netlink, text, options);
}

function netlinkRow(cells: Cells): NetlinkNetEntry {
  return {
    sk: cells.word("sk"),
    protocol: cells.decimal("Eth"),
    portId: cells.unsigned32("Pid"),
    groups: cells.hex("Groups"),
    rmem: cells.decimal("Rmem"),
    wmem: cells.decimal("Wmem"),
    dump: isDumping(cells),
    refCount: cells.decimal("Locks"),
    drops: cells.decimalIfAny("Drops"),
    inode: cells.decimalIfAny("Inode"),
    ...cells.rest(),
  };
}

/** A pointer of 32 bits has 8 digits; the number has one. */
const POINTER_LENGTH = 8;

function isDumping(cells: Cells): boolean | undefined {
  const token = cells.word("Dump");
  if (token.length < POINTER_LENGTH && token !== "(null)") return cells.decimal("Dump") !== 0;
  for (const character of token) if (!"0(null)".includes(character)) return true;
  return undefined;
}
