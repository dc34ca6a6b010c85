import { addressText } from "../../codes/address-text.ts";
import { lineForm, parseRows } from "../../form/forms.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { startsWith } from "../../form/scanner.ts";
import { type RowTable, table } from "../../form/table.ts";

/*
 * /proc/net/afs/addr_prefs: afs_proc_addr_prefs_show (fs/afs/proc.c). "NO PREFS" alone before the first is set.
 *
 *   PROT SUBNET                                      PRIOR (v=1 n=1/2/8)
 *   UDP  192.0.2.0/24                                  200
 */

/** A preference for servers in a subnet: a row of `/proc/net/afs/addr_prefs`. */
export interface AfsAddrPrefsEntry {
  /** Always `UDP`. */
  readonly proto: string;
  /** Address of the subnet, canonical text. */
  readonly address: string;
  /** Bits of its mask. */
  readonly prefixLength: number;
  /** Priority: higher wins. The kernel's `PRIOR`. */
  readonly priority: number;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** Rows of `/proc/net/afs/addr_prefs`. */
export type AfsAddrPrefsEntries = AfsAddrPrefsEntry[];

/**
 * Rows of `/proc/net/afs/addr_prefs`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { afsAddrPrefs } from "procnet/tables";
 * read(afsAddrPrefs).map((preference) => preference.priority);
 * ```
 */
export const afsAddrPrefs: RowTable<"afs/addr_prefs", AfsAddrPrefsEntry> = table(
  { name: "afs/addr_prefs", needs: "CONFIG_AFS_FS, module kafs", since: "6.8" },
  lineForm([], preferenceRow),
);

/**
 * Parses the text of `/proc/net/afs/addr_prefs`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseAfsAddrPrefs } from "procnet/parse";
 * parseAfsAddrPrefs(bytes).map((preference) => preference.priority);
 * ```
 */
export function parseAfsAddrPrefs(text: Uint8Array, options: ParseOptions = {}): AfsAddrPrefsEntries {
  return parseRows(afsAddrPrefs, text, options);
}

function preferenceRow(line: Line): AfsAddrPrefsEntry | undefined {
  if (startsWith(line, "PROT SUBNET") || startsWith(line, "NO PREFS")) return undefined;
  const proto = line.word("PROT");
  const subnet = line.word("SUBNET");
  const slash = subnet.lastIndexOf("/");
  const address = addressText(subnet.slice(0, Math.max(slash, 0))) ?? line.fail("SUBNET", "an address/length");
  const length = subnet.slice(slash + 1);
  if (!/^[0-9]{1,3}$/.test(length) || Number(length) > (address.includes(":") ? 128 : 32))
    line.fail("SUBNET", "an address/length");
  return { proto, address, prefixLength: Number(length), priority: line.decimal("PRIOR"), ...line.extra() };
}
