import { lineForm, parseRows } from "../../form/forms.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";

/*
 * /proc/net/vlan/config: vlan_seq_show (net/8021q/vlanproc.c).
 *
 *   VLAN Dev name	 | VLAN ID
 *   Name-Type: VLAN_NAME_TYPE_RAW_PLUS_VID_NO_PAD
 *   eth0.5         | 5  | eth0
 *
 * Names can hold bars. The first is padded to 15 bytes and so parted from its bar by a blank, unless it has all of them.
 */

/** A VLAN device: a row of `/proc/net/vlan/config`. */
export interface VlanConfig {
  /** Name of the VLAN device. */
  readonly device: string;
  /** VLAN id, 0 to 4095. */
  readonly vlanId: number;
  /** The device it sits on. */
  readonly realDevice: string;
  /** How names for new VLAN devices are made, from the header: `VLAN_NAME_TYPE_RAW_PLUS_VID_NO_PAD`. */
  readonly nameType: string | undefined;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** Rows of `/proc/net/vlan/config`. */
export type VlanConfigRows = VlanConfig[];

const NAME_TYPE = "Name-Type: ";

/**
 * VLAN devices with their ids: rows of `/proc/net/vlan/config`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { vlanConfig } from "procnet/tables";
 * read(vlanConfig).filter((vlan) => vlan.realDevice === "eth0").map((vlan) => vlan.vlanId);
 * ```
 */
export const vlanConfig: RowTable<"vlan/config", VlanConfig> = table(
  { name: "vlan/config", needs: "CONFIG_VLAN_8021Q, module 8021q", readers: "root" },
  lineForm(["VLAN Dev name", NAME_TYPE], vlanConfigRow),
);

/**
 * Parses the text of `/proc/net/vlan/config`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseVlanConfig } from "procnet/parse";
 * parseVlanConfig(bytes).filter((vlan) => vlan.realDevice === "eth0").map((vlan) => vlan.vlanId);
 * ```
 */
export function parseVlanConfig(text: Uint8Array, options: ParseOptions = {}): VlanConfigRows {
  return parseRows(vlanConfig, text, options);
}

/** Bytes that the name is padded to. */
const NAME_WIDTH = 15;
const BAR = 0x7c;

function vlanConfigRow(line: Line): VlanConfig {
  const name = line.word("VLAN Dev name");
  const glued = line.tokenEnd - line.tokenStart > NAME_WIDTH;
  if (!glued) bar(line);
  else if (line.bytes[line.tokenEnd - 1] !== BAR) line.fail("VLAN Dev name", "a name and a bar");
  const device = glued ? name.slice(0, -1) : name;
  const vlanId = line.decimal("VLAN ID");
  bar(line);
  return { device, vlanId, realDevice: line.word("device"), nameType: nameType(line), ...line.extra() };
}

function bar(line: Line): void {
  if (line.word("bar") !== "|") line.fail("bar", "a bar");
}

function nameType(line: Line): string | undefined {
  const [type] = line.headers[1]?.slice(NAME_TYPE.length).split(" ") ?? [];
  return type;
}
