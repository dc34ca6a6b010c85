import { SPACE } from "../../bytes/ascii.ts";
import { hexSpan } from "../../bytes/hex.ts";
import { latin1 } from "../../bytes/strings.ts";
import { EtherType } from "../../codes/ethertype.ts";
import { lineForm, parseRows } from "../../form/forms.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";

/*
 * /proc/net/ptype: ptype_seq_show (net/core/net-procfs.c).
 *
 *   Type Device      Function
 *   ALL           packet_rcv
 *   0800          ip_rcv
 *   ALL  eth0     packet_rcv [af_packet]
 *
 * Type and Device have their places: behind four characters and a blank comes the device, or a blank for none.
 */

/** A row of `/proc/net/ptype`: who in the kernel receives frames of a type. */
export interface PtypeEntry {
  /** Type of the frames, see `EtherType`; 3 (`ALL`) where the kernel prints `ALL`. */
  readonly type: number;
  /** Interface the receiver is bound to; absent for all. */
  readonly device: string | undefined;
  /** Symbol of the function that receives; with an offset on old kernels, an address on kernels without symbols. */
  readonly function: string;
  /** Module that holds the function; absent when it is built in. */
  readonly module: string | undefined;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/**
 * Rows of `/proc/net/ptype`. Up to Linux 6.18 receivers of one type on one device are not in the file, nor are packet
 * sockets of other namespaces.
 */
export type PtypeEntries = PtypeEntry[];

/**
 * Who receives packets from devices, by protocol: rows of `/proc/net/ptype`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { ptype } from "procnet/tables";
 * const captures = read(ptype).filter((receiver) => receiver.type === 3);
 * ```
 */
export const ptype: RowTable<"ptype", PtypeEntry> = table(
  { name: "ptype", needs: "CONFIG_NET", since: "2.6.26" },
  lineForm(["Type Device"], ptypeRow),
);

/**
 * Parses the text of `/proc/net/ptype`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parsePtype } from "procnet/parse";
 * const captures = parsePtype(bytes).filter((receiver) => receiver.type === 3);
 * ```
 */
export function parsePtype(text: Uint8Array, options: ParseOptions = {}): PtypeEntries {
  return parseRows(ptype, text, options);
}

/** Where the device begins. */
const DEVICE_AT = 5;

function ptypeRow(line: Line): PtypeEntry {
  const type = frameType(line);
  const hasDevice = line.start + DEVICE_AT < line.end && line.bytes[line.start + DEVICE_AT] !== SPACE;
  return {
    type,
    device: hasDevice ? line.word("Device") : undefined,
    function: line.word("Function"),
    module: moduleName(line),
    ...line.extra(),
  };
}

function frameType(line: Line): number {
  line.next("Type");
  const token = latin1(line.bytes, line.tokenStart, line.tokenEnd);
  const value = token === "ALL" ? EtherType.ALL : hexSpan(line.bytes, line.tokenStart, line.tokenEnd);
  const fits = token === "ALL" || token.length === 4;
  return value >= 0 && fits && line.tokenStart === line.start
    ? value
    : line.fail("Type", "ALL or four hexadecimal digits");
}

/** The module in brackets; `undefined` when the line has none, whatever else it has. */
function moduleName(line: Line): string | undefined {
  if (!line.more() || line.bytes[line.at] !== 0x5b) return undefined;
  const word = line.word("module");
  return word.endsWith("]") ? word.slice(1, -1) : line.fail("module", "a name in brackets");
}
