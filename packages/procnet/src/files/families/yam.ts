import { eachLine } from "../../form/forms.ts";
import { RowError } from "../../form/issues.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { startsWith } from "../../form/scanner.ts";
import { type TextTable, table } from "../../form/table.ts";

/*
 * /proc/net/yam, Linux before 7.1: yam_seq_show (drivers/net/hamradio/yam.c). In the initial namespace only. A block for
 * each port, and a blank line behind it:
 *
 *   Device yam0
 *     Up       1
 *     Speed    9600
 *     IoBase   0x3f8
 */

/** A port of the YAM radio modem. */
export interface YamPort {
  /** Interface. */
  readonly device: string;
  /** `Up`, `Speed`, `IoBase`, `BaudRate`, `IRQ`, `TxFrames`, `RxFrames`, ... by the kernel's names. */
  readonly values: ReadonlyMap<string, number>;
}

/** Ports in `/proc/net/yam`. */
export type YamPorts = YamPort[];

/**
 * Ports in `/proc/net/yam`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { yam } from "procnet/tables";
 * read(yam)[0]?.values.get("TxFrames");
 * ```
 */
export const yam: TextTable<"yam", YamPorts> = table(
  { name: "yam", needs: "CONFIG_YAM, module yam", until: "7.1", scope: "initial" },
  { parse: parseYam },
);

/**
 * Parses the text of `/proc/net/yam`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad line, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseYam } from "procnet/parse";
 * parseYam(bytes)[0]?.values.get("TxFrames");
 * ```
 */
export function parseYam(text: Uint8Array, options: ParseOptions = {}): YamPorts {
  const ports: { device: string; values: Map<string, number> }[] = [];
  eachLine(
    text,
    options,
    (line) => {
      if (startsWith(line, "Device ")) {
        line.next("Device");
        ports.push({ device: line.word("Device"), values: new Map() });
        return;
      }
      const port = ports.at(-1);
      if (port === undefined) throw new RowError(line.start, "Device", 'expected a line that begins with "Device"');
      const name = line.word("name");
      port.values.set(name, numeral(line, name));
    },
    { blanks: "usual" },
  );
  return ports;
}

function numeral(line: Line, name: string): number {
  line.more();
  return line.bytes[line.at + 1] === 0x78 ? line.hex(name) : line.decimal(name);
}
