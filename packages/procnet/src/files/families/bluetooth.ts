import { lineForm, parseRows, type RowForm } from "../../form/forms.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";

/*
 * /proc/net/hci, l2cap, rfcomm, sco, bnep, hidp, cmtp, iso: bt_seq_show (net/bluetooth/af_bluetooth.c). In the initial
 * namespace only.
 *
 *   sk               RefCnt Rmem   Wmem   User   Inode  Parent
 *   0000000000000000 2      0      0      0      44004585 0
 *
 * For some releases about 3.10 the addresses Src and Dst stand before Parent.
 */

/** A socket of a Bluetooth protocol: a row of `/proc/net/hci`, `l2cap`, `rfcomm`, `sco`, `bnep`, `hidp`, `cmtp` or `iso`. */
export interface BluetoothEntry {
  /** The kernel's pointer, hashed or hidden: equal means the same socket; no number. The kernel's column `sk`. */
  readonly pointer: string;
  /** Reference count of the kernel's structure. */
  readonly refCnt: number;
  /** Receive memory in use, bytes. */
  readonly rmem: number;
  /** Send memory in use, bytes. */
  readonly wmem: number;
  /** User id of the owner as seen by the reader; 4294967295 when it has none there. */
  readonly user: number;
  /** Number in the link `socket:[N]`; 0 when no process holds the socket. */
  readonly inode: number;
  /** Address of the adapter; only in kernels about 3.10. */
  readonly src: string | undefined;
  /** Address of the peer; only in kernels about 3.10. */
  readonly dst: string | undefined;
  /** Inode of the listening socket this one came from; 0 for none. */
  readonly parent: number;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** Rows of one of the Bluetooth files. */
export type BluetoothEntries = BluetoothEntry[];

const bluetoothForm: RowForm<BluetoothEntry> = lineForm(["sk "], bluetoothRow);

/**
 * HCI sockets of Bluetooth: rows of `/proc/net/hci`.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { hci } from "procnet/tables";
 * for (const row of each(hci)) console.log(row);
 * ```
 */
export const hci: RowTable<"hci", BluetoothEntry> = table(
  { name: "hci", needs: "CONFIG_BT, module bluetooth", since: "3.6", scope: "initial" },
  bluetoothForm,
);

/**
 * L2CAP sockets of Bluetooth: rows of `/proc/net/l2cap`.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { l2cap } from "procnet/tables";
 * for (const row of each(l2cap)) console.log(row);
 * ```
 */
export const l2cap: RowTable<"l2cap", BluetoothEntry> = table(
  { name: "l2cap", needs: "CONFIG_BT, module bluetooth", since: "3.6", scope: "initial" },
  bluetoothForm,
);

/**
 * RFCOMM sockets of Bluetooth: rows of `/proc/net/rfcomm`.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { rfcomm } from "procnet/tables";
 * for (const row of each(rfcomm)) console.log(row);
 * ```
 */
export const rfcomm: RowTable<"rfcomm", BluetoothEntry> = table(
  { name: "rfcomm", needs: "CONFIG_BT_RFCOMM, module rfcomm", since: "3.6", scope: "initial" },
  bluetoothForm,
);

/**
 * SCO sockets of Bluetooth: rows of `/proc/net/sco`.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { sco } from "procnet/tables";
 * for (const row of each(sco)) console.log(row);
 * ```
 */
export const sco: RowTable<"sco", BluetoothEntry> = table(
  { name: "sco", needs: "CONFIG_BT, module bluetooth", since: "3.6", scope: "initial" },
  bluetoothForm,
);

/**
 * BNEP sockets of Bluetooth: rows of `/proc/net/bnep`.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { bnep } from "procnet/tables";
 * for (const row of each(bnep)) console.log(row);
 * ```
 */
export const bnep: RowTable<"bnep", BluetoothEntry> = table(
  { name: "bnep", needs: "CONFIG_BT_BNEP, module bnep", since: "3.6", scope: "initial" },
  bluetoothForm,
);

/**
 * HIDP sockets of Bluetooth: rows of `/proc/net/hidp`.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { hidp } from "procnet/tables";
 * for (const row of each(hidp)) console.log(row);
 * ```
 */
export const hidp: RowTable<"hidp", BluetoothEntry> = table(
  { name: "hidp", needs: "CONFIG_BT_HIDP, module hidp", since: "3.6", scope: "initial" },
  bluetoothForm,
);

/**
 * CMTP sockets of Bluetooth: rows of `/proc/net/cmtp`.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { cmtp } from "procnet/tables";
 * for (const row of each(cmtp)) console.log(row);
 * ```
 */
export const cmtp: RowTable<"cmtp", BluetoothEntry> = table(
  { name: "cmtp", needs: "CONFIG_BT_CMTP, module cmtp", since: "3.6", until: "7.1", scope: "initial" },
  bluetoothForm,
);

/**
 * ISO sockets of Bluetooth: rows of `/proc/net/iso`.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { iso } from "procnet/tables";
 * for (const row of each(iso)) console.log(row);
 * ```
 */
export const iso: RowTable<"iso", BluetoothEntry> = table(
  { name: "iso", needs: "CONFIG_BT_LE, module bluetooth, ISO sockets enabled", since: "6.0", scope: "initial" },
  bluetoothForm,
);

/**
 * Parses the text of `/proc/net/l2cap`, or of the other Bluetooth files.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseBluetooth } from "procnet/parse";
 * parseBluetooth(bytes).map((socket) => socket.inode);
 * ```
 */
export function parseBluetooth(text: Uint8Array, options: ParseOptions = {}): BluetoothEntries {
  return parseRows(bluetoothForm, text, options);
}

function bluetoothRow(line: Line): BluetoothEntry {
  const hasAddresses = line.headers[0]?.split(" ").includes("Src") === true;
  return {
    pointer: line.word("sk"),
    refCnt: line.decimal("RefCnt"),
    rmem: line.decimal("Rmem"),
    wmem: line.decimal("Wmem"),
    user: line.unsigned32("User"),
    inode: line.decimal("Inode"),
    src: hasAddresses ? line.word("Src") : undefined,
    dst: hasAddresses ? line.word("Dst") : undefined,
    parent: line.decimal("Parent"),
    ...line.extra(),
  };
}
