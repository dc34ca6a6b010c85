import { utf8 } from "../../bytes/strings.ts";
import { eachLine } from "../../form/forms.ts";
import { RowError } from "../../form/issues.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { startsWith } from "../../form/scanner.ts";
import { type TextTable, table } from "../../form/table.ts";
import { decimalPart, restOfLine, tokenParts } from "../../form/token.ts";

/*
 * /proc/net/atm/br2684: br2684_seq_show (net/atm/br2684.c). In the initial namespace only. No header.
 *
 *   dev nas0: num=1, mac=02:00:00:00:00:01 (set)
 *     vcc 0.8.35: encaps=LLC payload=bridged, failed copies 0/0
 *       filter=192.0.2.0/255.255.255.0
 */

/** An Ethernet over ATM (RFC 2684) interface. */
export interface AtmBr2684 {
  /** Interface. */
  readonly name: string;
  /** Number of the interface. */
  readonly num: number;
  /** Hardware address. */
  readonly mac: string;
  /** Whether somebody set the address (`set`), or it comes from the device (`auto`). */
  readonly macFrom: string;
  /** The circuits it uses. */
  readonly vccs: readonly AtmBr2684Vcc[];
}

/** A circuit of an {@link AtmBr2684}. */
export interface AtmBr2684Vcc {
  /** Number of the ATM device. */
  readonly itf: number;
  /** Number of the virtual path. */
  readonly vpi: number;
  /** Number of the virtual channel. */
  readonly vci: number;
  /** The kernel's words about it: `encaps=LLC payload=bridged, failed copies 0/0`. */
  readonly detail: string;
  /** Which IPv4 addresses it takes: prefix and mask; only with `CONFIG_ATM_BR2684_IPFILTER`. */
  readonly filter?: string;
}

/**
 * `/proc/net/atm/br2684`: an Ethernet over ATM (RFC 2684) interface.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { atmBr2684 } from "procnet/tables";
 * read(atmBr2684).map((device) => device.name);
 * ```
 */
export const atmBr2684: TextTable<"atm/br2684", AtmBr2684[]> = table(
  { name: "atm/br2684", needs: "CONFIG_ATM_BR2684, module br2684", scope: "initial" },
  { parse: parseAtmBr2684 },
);

type Vcc = { -readonly [Key in keyof AtmBr2684Vcc]: AtmBr2684Vcc[Key] };

/**
 * Parses the text of `/proc/net/atm/br2684`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad line, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseAtmBr2684 } from "procnet/parse";
 * parseAtmBr2684(bytes).map((device) => device.name);
 * ```
 */
export function parseAtmBr2684(text: Uint8Array, options: ParseOptions = {}): AtmBr2684[] {
  const devices: AtmBr2684[] = [];
  let vccs: Vcc[] | undefined;
  let vcc: Vcc | undefined;
  eachLine(text, options, (line) => {
    if (startsWith(line, "filter=")) {
      if (vcc === undefined) throw new RowError(line.start, "filter", "a filter without a circuit above it");
      vcc.filter = line.word("filter").slice("filter=".length);
    } else if (startsWith(line, "vcc ")) {
      vcc = undefined;
      if (vccs === undefined) throw new RowError(line.start, "vcc", "a circuit without a device above it");
      vcc = vccLine(line);
      vccs.push(vcc);
    } else {
      vccs = undefined;
      vcc = undefined;
      const found: Vcc[] = [];
      devices.push({ ...deviceLine(line), vccs: found });
      vccs = found;
    }
  });
  return devices;
}

function deviceLine(line: Line): Omit<AtmBr2684, "vccs"> {
  if (line.word("dev") !== "dev") line.fail("dev", '"dev"');
  line.next("dev");
  if (line.bytes[line.tokenEnd - 1] !== 0x3a) line.fail("dev", "a name and a colon");
  const name = utf8(line.bytes, line.tokenStart, line.tokenEnd - 1);
  const [, num] = tokenParts(line, "num", "=,");
  const [, mac] = tokenParts(line, "mac", "=");
  const from = line.word("mac");
  if (!from.startsWith("(") || !from.endsWith(")")) line.fail("mac", "a word in parentheses");
  return {
    name,
    num: decimalPart(line, "num", num![0], num![1]),
    mac: utf8(line.bytes, mac![0], mac![1]),
    macFrom: from.slice(1, -1),
  };
}

function vccLine(line: Line): Vcc {
  line.next("vcc");
  const [itf, vpi, vci] = tokenParts(line, "vcc", "..:");
  const number = (span: [number, number]): number => decimalPart(line, "vcc", span[0], span[1]);
  const circuit = { itf: number(itf!), vpi: number(vpi!), vci: number(vci!) };
  const detail = restOfLine(line);
  if (detail === undefined) throw new RowError(line.end, "encaps", "the line ends before this column");
  return { ...circuit, detail };
}
