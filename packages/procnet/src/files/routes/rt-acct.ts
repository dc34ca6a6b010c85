import { HOST_BYTE_ORDER } from "../../codes/byte-order.ts";
import { checkText } from "../../form/check-text.ts";
import { Issues, RowError } from "../../form/issues.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type TextTable, table } from "../../form/table.ts";

/*
 * /proc/net/rt_acct: rt_acct_proc_show (net/ipv4/route.c). Not text: 256 records, one for each route class (realm), of four
 * 32-bit words in the byte order of the machine.
 */

/** What went through one route class, in numbers of 32 bits that wrap around. Sums of the whole machine. */
export interface RtAcct {
  /** Number of the class (realm), 0 to 255. */
  readonly classId: number;
  /** Bytes to destinations of the class. */
  readonly outputBytes: number;
  /** Packets to destinations of the class. */
  readonly outputPackets: number;
  /** Bytes from sources of the class. */
  readonly inputBytes: number;
  /** Packets from sources of the class. */
  readonly inputPackets: number;
}

/** Route classes by number, those without traffic included. */
export type RtAcctClasses = Map<number, RtAcct>;

const CLASSES = 256;
const RECORD = 16;

/**
 * `/proc/net/rt_acct`: route classes by number, those without traffic included.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { rtAcct } from "procnet/tables";
 * read(rtAcct).get(10)?.outputBytes;
 * ```
 */
export const rtAcct: TextTable<"rt_acct", RtAcctClasses> = table(
  { name: "rt_acct", needs: "CONFIG_IP_ROUTE_CLASSID", scope: "machine" },
  { parse },
);

/**
 * Parses the bytes of `/proc/net/rt_acct`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` when they are not 4096; with `onIssue` the whole records among them are given
 * @example
 * ```ts
 * import { parseRtAcct } from "procnet/parse";
 * parseRtAcct(bytes).get(10)?.outputBytes;
 * ```
 */
export function parseRtAcct(bytes: Uint8Array, options: ParseOptions = {}): RtAcctClasses {
  return parse(bytes, options);
}

function parse(bytes: Uint8Array, options: ParseOptions): RtAcctClasses {
  checkText(bytes);
  if (bytes.length > 0 && bytes.length !== CLASSES * RECORD) {
    const place = { bytes, start: 0, end: bytes.length, number: 1 };
    const expected = `expected ${CLASSES * RECORD} bytes, not ${bytes.length}`;
    new Issues(options).row(place, new RowError(bytes.length, "length", expected));
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const littleEndian = (options.byteOrder ?? HOST_BYTE_ORDER) === "LE";
  const classes: RtAcctClasses = new Map();
  for (let classId = 0; classId < CLASSES && (classId + 1) * RECORD <= bytes.length; classId++) {
    const word = (index: number) => view.getUint32(classId * RECORD + index * 4, littleEndian);
    classes.set(classId, {
      classId,
      outputBytes: word(0),
      outputPackets: word(1),
      inputBytes: word(2),
      inputPackets: word(3),
    });
  }
  return classes;
}
