import { signedSpan } from "../../bytes/decimal.ts";
import { lineForm, parseRows } from "../../form/forms.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";
import { interfaceName } from "./dev.ts";

/*
 * /proc/net/wireless: wireless_seq_printf_stats (net/wireless/wext-proc.c).
 *
 *   Inter-| sta-|   Quality        |   Discarded packets               | Missed | WE
 *    face | tus | link level noise |  nwid  crypt   frag  retry   misc | beacon | 22
 *    wlan0: 0000   54.  -56.  -256        0      0      0      0     12        0
 *
 * A point behind a value says that the driver renewed it since anybody last read the file: reading takes the points away.
 * The header is known by its place, since an interface can be called "face" or "Inter-|".
 */

/** Link quality and losses of a wireless device: a row of `/proc/net/wireless`. Only devices of wireless extensions. */
export interface Wireless {
  /** Name of the interface. */
  readonly device: string;
  /** State of the device, in the driver's own terms. */
  readonly status: number;
  /** Link quality; what its range is, only the driver knows. */
  readonly link: number;
  /** Signal level: dBm (negative) where the driver measures it, else in the driver's own unit. */
  readonly level: number;
  /** Noise level, as `level`; -256 where it is not measured. */
  readonly noise: number;
  /** Whether `link` was renewed since the last read by anybody. */
  readonly linkUpdated: boolean;
  /** Whether `level` was renewed since the last read by anybody. */
  readonly levelUpdated: boolean;
  /** Whether `noise` was renewed since the last read by anybody. */
  readonly noiseUpdated: boolean;
  /** Packets discarded for a wrong network id. */
  readonly nwid: number;
  /** Packets discarded because they could not be decrypted. */
  readonly crypt: number;
  /** Packets discarded because a fragment was missing. */
  readonly frag: number;
  /** Packets given up after too many retries. */
  readonly retry: number;
  /** Packets discarded for other reasons. */
  readonly misc: number;
  /** Beacons missed; the kernel's column `Missed beacon`. */
  readonly missedBeacon: number;
  /** Version of the kernel's wireless extensions, from the header. */
  readonly weVersion: number | undefined;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** Rows of `/proc/net/wireless`. */
export type WirelessRows = Wireless[];

/**
 * Quality of wireless links: rows of `/proc/net/wireless`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { wireless } from "procnet/tables";
 * read(wireless).map(({ device, level }) => `${device}: ${level} dBm`);
 * ```
 */
export const wireless: RowTable<"wireless", Wireless> = table(
  {
    name: "wireless",
    needs: "CONFIG_WEXT_PROC and a wireless driver",
    sideEffect: "takes away the marks of values that were renewed since the last read",
  },
  lineForm(["Inter-| sta-|", "face | tus |"], wirelessRow),
);

/**
 * Parses the text of `/proc/net/wireless`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseWireless } from "procnet/parse";
 * parseWireless(bytes).map(({ device, level }) => `${device}: ${level} dBm`);
 * ```
 */
export function parseWireless(text: Uint8Array, options: ParseOptions = {}): WirelessRows {
  return parseRows(wireless, text, options);
}

function wirelessRow(line: Line): Wireless {
  const device = interfaceName(line);
  const status = line.hex("status");
  const link = quality(line, "link");
  const level = quality(line, "level");
  const noise = quality(line, "noise");
  return {
    device,
    status,
    link: link.value,
    level: level.value,
    noise: noise.value,
    linkUpdated: link.updated,
    levelUpdated: level.updated,
    noiseUpdated: noise.updated,
    nwid: line.unsigned32("nwid"),
    crypt: line.unsigned32("crypt"),
    frag: line.unsigned32("frag"),
    retry: line.unsigned32("retry"),
    misc: line.unsigned32("misc"),
    missedBeacon: line.unsigned32("beacon"),
    weVersion: weVersion(line.headers[1]),
    ...line.extra(),
  };
}

const POINT = 0x2e;

/** A number, with a point behind it when it is new. */
function quality(line: Line, field: string): { value: number; updated: boolean } {
  line.next(field);
  const updated = line.bytes[line.tokenEnd - 1] === POINT;
  const value = signedSpan(line.bytes, line.tokenStart, line.tokenEnd - (updated ? 1 : 0));
  if (Number.isNaN(value)) line.fail(field, "a decimal number");
  return { value, updated };
}

/** The number behind the last bar of the second header. */
function weVersion(header: string | undefined): number | undefined {
  const digits = /([0-9]{1,6}) *$/.exec(header ?? "");
  return digits === null ? undefined : Number(digits[1]);
}
