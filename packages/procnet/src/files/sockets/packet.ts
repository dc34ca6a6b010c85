import { parseRows } from "../../form/forms.ts";
import { type Cells, headerForm, type UnknownColumns } from "../../form/header-form.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";

/*
 * /proc/net/packet: packet_seq_show (net/packet/af_packet.c). The last column is padded on its right.
 *
 *   sk               RefCnt Type Proto  Iface R Rmem   User   Inode
 *   00000000e675d2c7 3      2    0800   2     1 0      0      1473010
 */

/** A row of `/proc/net/packet`: a socket that sees frames of the link layer (packet capture, DHCP clients, ...). */
export interface PacketNetEntry extends UnknownColumns {
  /** Token of the kernel's structure: a hash, an address, or zeros. Equal tokens that are not zeros are one socket. */
  readonly sk: string;
  /** Reference count of the kernel's structure; the kernel's column `RefCnt`. */
  readonly refCount: number;
  /** Type of the socket, see `SocketType`: `RAW`, `DGRAM` (without the link layer's header), `PACKET` (obsolete). */
  readonly type: number;
  /** Type of the frames it receives, see `EtherType`: 3 all of them, 0 none. The kernel's column `Proto`. */
  readonly protocol: number;
  /** Index of the interface it is bound to, 0 for all; the kernel's column `Iface`. */
  readonly ifIndex: number;
  /** Whether it is receiving; the kernel's column `R`. False with protocol 0, or when its interface went away. */
  readonly running: boolean;
  /** Receive memory in use, bytes. */
  readonly rmem: number;
  /** User id of the owner as seen by the reader; the kernel's column `User`. */
  readonly uid: number;
  /** Number in the link `socket:[N]`. */
  readonly inode: number;
}

/** Rows of `/proc/net/packet`. */
export type PacketNetEntries = PacketNetEntry[];

/**
 * Packet sockets: rows of `/proc/net/packet`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { packet } from "procnet/tables";
 * const sniffers = read(packet).filter((socket) => socket.protocol === 3);
 * ```
 */
export const packet: RowTable<"packet", PacketNetEntry> = table(
  { name: "packet", needs: "CONFIG_PACKET, module af_packet" },
  headerForm("sk", packetRow),
);

/**
 * Parses the text of `/proc/net/packet`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parsePacket } from "procnet/parse";
 * const sniffers = parsePacket(bytes).filter((socket) => socket.protocol === 3);
 * ```
 */
export function parsePacket(text: Uint8Array, options: ParseOptions = {}): PacketNetEntries {
  return parseRows(packet, text, options);
}

function packetRow(cells: Cells): PacketNetEntry {
  return {
    sk: cells.word("sk"),
    refCount: cells.decimal("RefCnt"),
    type: cells.decimal("Type"),
    protocol: cells.hex("Proto"),
    ifIndex: cells.decimal("Iface"),
    running: cells.decimal("R") !== 0,
    rmem: cells.decimal("Rmem"),
    uid: cells.unsigned32("User"), // Linux before 3.11 may print uids from 2^31 on as negative numbers
    inode: cells.decimal("Inode"),
    ...cells.rest(),
  };
}
