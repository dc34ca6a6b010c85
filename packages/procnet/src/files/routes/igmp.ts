import { COLON, SPACE, TAB } from "../../bytes/ascii.ts";
import { decimalSpan } from "../../bytes/decimal.ts";
import { hexCounterSpan } from "../../bytes/hex.ts";
import { utf8 } from "../../bytes/strings.ts";
import { HOST_BYTE_ORDER } from "../../codes/byte-order.ts";
import { parseRows } from "../../form/forms.ts";
import { RowError } from "../../form/issues.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { LineScanner } from "../../form/scanner.ts";
import { type RowTable, table } from "../../form/table.ts";
import { inetAddress4 } from "../sockets/inet/inet-row.ts";

/*
 * /proc/net/igmp: igmp_mc_seq_show (net/ipv4/igmp.c). A line for each device, then one for each of its groups, behind tabs:
 *
 *   Idx	Device    : Count Querier	Group    Users Timer	Reporter
 *   3	e0        :     3      V3
 *   				010101E8     1 0:00000000		0
 *   				030201EF     2 0:00000000		0
 */

/** A multicast group that a device is a member of: a line of `/proc/net/igmp`, with the columns of its device. */
export interface Igmp {
  /** Index of the interface; the kernel's `Idx`. */
  readonly ifIndex: number;
  /** Name of the interface. */
  readonly device: string;
  /** Groups of the device. */
  readonly count: number;
  /** Version of IGMP that the network speaks: `V1`, `V2`, `V3`, or `NONE` when multicast is off. */
  readonly querier: string;
  /** Dotted address of the group. */
  readonly group: string;
  /** Sockets and others that joined it. */
  readonly users: number;
  /** Whether a report is due. */
  readonly timerRunning: boolean;
  /** Time until then, clock ticks (USER_HZ, 1/100 s). */
  readonly timer: number;
  /** Whether this machine was the last to report the group: 1, else 0. */
  readonly reporter: number;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** Rows of `/proc/net/igmp`, by device. */
export type IgmpRows = Igmp[];

/**
 * Multicast groups of IPv4: rows of `/proc/net/igmp`, by device.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { igmp } from "procnet/tables";
 * read(igmp).filter((row) => row.device === "eth0").map((row) => row.group); // ["224.0.0.1"]
 * ```
 */
export const igmp: RowTable<"igmp", Igmp> = table(
  { name: "igmp", needs: "CONFIG_IP_MULTICAST" },
  { scanner: (options) => new IgmpScanner(options) },
);

/**
 * Parses the text of `/proc/net/igmp`. The kernel prints a device in front of its first group only: when that one goes
 * away between two reads of a long text, the others seem to belong to the device before.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad line, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseIgmp } from "procnet/parse";
 * parseIgmp(bytes).filter((row) => row.device === "eth0").map((row) => row.group); // ["224.0.0.1"]
 * ```
 */
export function parseIgmp(text: Uint8Array, options: ParseOptions = {}): IgmpRows {
  return parseRows(igmp, text, options);
}

type Device = Pick<Igmp, "ifIndex" | "device" | "count" | "querier">;

class IgmpScanner extends LineScanner<Igmp> {
  private device: Device | undefined;

  constructor(options: ParseOptions) {
    super({ headers: ["Idx\tDevice"], tabs: true, row: (line) => this.row(line, options) }, options);
  }

  private row(line: Line, options: ParseOptions): Igmp | undefined {
    if (line.bytes[line.start] !== TAB && line.bytes[line.start] !== SPACE) {
      this.device = undefined;
      this.device = deviceLine(line);
      return undefined;
    }
    if (this.device === undefined) {
      throw new RowError(line.start, "Device", "no device that could be read is before this group");
    }
    return { ...this.device, ...groupLine(line, options) };
  }
}

/** Bytes that the name is padded to; a longer one has the colon right behind it. */
const NAME_WIDTH = 10;

function deviceLine(line: Line): Device {
  const ifIndex = line.decimal("Idx");
  line.next("Device");
  let end = line.tokenEnd;
  if (end - line.tokenStart > NAME_WIDTH) end--;
  else if (line.at < line.end && line.more()) line.at++;
  if (line.bytes[line.at - 1] !== COLON) line.fail("Device", "a name and a colon");
  const device = utf8(line.bytes, line.tokenStart, end);
  const count = line.decimal("Count");
  const querier = line.word("Querier");
  if (line.more()) throw new RowError(line.at, "Querier", "expected no further column");
  return { ifIndex, device, count, querier };
}

function groupLine(line: Line, options: ParseOptions): Omit<Igmp, keyof Device> {
  const group = inetAddress4(line.hex32("Group"), options.byteOrder ?? HOST_BYTE_ORDER);
  const users = line.decimal("Users");
  line.next("Timer");
  const colon = line.tokenStart + line.bytes.subarray(line.tokenStart, line.tokenEnd).indexOf(COLON);
  const running = decimalSpan(line.bytes, line.tokenStart, colon);
  const timer = hexCounterSpan(line.bytes, colon + 1, line.tokenEnd);
  if (!(running >= 0) || timer < 0) line.fail("Timer", "a number, a colon and a hexadecimal number");
  return { group, users, timerRunning: running !== 0, timer, reporter: line.decimal("Reporter"), ...line.extra() };
}
