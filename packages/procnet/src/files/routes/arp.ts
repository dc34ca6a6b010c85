import { lineForm, parseRows } from "../../form/forms.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";

/*
 * /proc/net/arp: arp_seq_show (net/ipv4/arp.c).
 *
 *   IP address       HW type     Flags       HW address            Mask     Device
 *   192.0.2.2        0x1         0x2         02:00:00:00:00:02     *        eth0
 *   0.0.0.0          0xfffe      0x6                               *        tun7
 *
 * Devices without hardware addresses leave that column blank, so the row is read from both ends.
 */

/** A neighbour of IPv4: a row of `/proc/net/arp`. Entries of devices that need no resolution (NOARP) are not in the file. */
export interface ArpEntry {
  /** Dotted address; `0.0.0.0` on point-to-point devices. */
  readonly ipAddress: string;
  /** Hardware type, a number and no flags: see `ARPHardware`. */
  readonly hwType: number;
  /** Bits of `ARPFlags`: 0 while incomplete or failed, 2 complete, 6 permanent, 0xc published proxy. */
  readonly flags: number;
  /**
   * Hardware address as the kernel prints it, lower-case hexadecimal with colons; cut to 9 bytes for InfiniBand.
   * Absent when it is unknown (zeros while incomplete, and in proxy entries) or the device has none.
   */
  readonly hwAddress: string | undefined;
  /** Always `*`. */
  readonly mask: string;
  /** Interface; `*` for a proxy entry that belongs to none. */
  readonly device: string;
}

/** Rows of `/proc/net/arp`: neighbours, then proxy entries. */
export type ArpEntries = ArpEntry[];

/**
 * Rows of `/proc/net/arp`: neighbours, then proxy entries.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { arp } from "procnet/tables";
 * read(arp).filter((entry) => entry.device === "eth0");
 * ```
 */
export const arp: RowTable<"arp", ArpEntry> = table(
  { name: "arp", needs: "CONFIG_INET" },
  lineForm(["IP address"], arpRow),
);

/**
 * Parses the text of `/proc/net/arp`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseArp } from "procnet/parse";
 * parseArp(bytes).filter((entry) => entry.device === "eth0");
 * ```
 */
export function parseArp(text: Uint8Array, options: ParseOptions = {}): ArpEntries {
  return parseRows(arp, text, options);
}

/** Without this bit a hardware address of zeros says that none is known; proxy entries print such zeros too. */
const COMPLETE = 2;

function arpRow(line: Line): ArpEntry {
  const ipAddress = line.word("IP address");
  const hwType = line.hex("HW type");
  const flags = line.hex("Flags");
  const words: string[] = [];
  while (line.more() && words.length < 4) words.push(line.word("HW address"));
  if (words.length < 2) line.fail("Device", "followed by a mask and a device");
  if (words.length > 3 || words.at(-2) !== "*")
    line.fail("Mask", "a row that ends in a mask, which is *, and a device");
  const printed = words.length === 3 ? words[0] : undefined;
  const known = (flags & COMPLETE) !== 0 || printed === undefined || !isZero(printed);
  return {
    ipAddress,
    hwType,
    flags,
    hwAddress: known ? printed : undefined,
    mask: "*",
    device: words.at(-1)!,
  };
}

function isZero(address: string): boolean {
  for (const character of address) if (character !== "0" && character !== ":") return false;
  return true;
}
