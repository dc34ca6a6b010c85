import { COLON } from "../../bytes/ascii.ts";
import { utf8 } from "../../bytes/strings.ts";
import { lineForm, parseRows } from "../../form/forms.ts";
import { RowError } from "../../form/issues.ts";
import type { Line } from "../../form/line.ts";
import { counterOf } from "../../form/line-counters.ts";
import type { Counter, CounterOf, ExactOptions, ParseOptions } from "../../form/options.ts";
import { counterTable, type RowTable } from "../../form/table.ts";

/*
 * /proc/net/dev: dev_seq_printf_stats (net/core/net-procfs.c).
 *
 *   Inter-|   Receive                                                |  Transmit
 *    face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
 *     eth0: 841342901   19403    0    0    0     0          0         0   793235   10866    0    0    0     0       0          0
 *
 * Kernels before 2.6.35 leave no blank behind the colon, and could have a colon in the name: the name ends at the last one.
 * The header is known by its place, since an interface can be called "face" or "Inter-|".
 */

/** Counters of an interface since it was made: a row of `/proc/net/dev`. Some drivers reset them when it goes down. */
export interface DeviceStatus<Value extends Counter = number> {
  /** Name of the interface. */
  readonly name: string;
  /** Bytes received. */
  readonly recvBytes: Value;
  /** Packets received. */
  readonly recvPackets: Value;
  /** Receive errors of all kinds. */
  readonly recvErrs: Value;
  /** Packets dropped on receipt: `rx_dropped` plus `rx_missed_errors`. */
  readonly recvDrop: Value;
  /** Receive FIFO overruns. */
  readonly recvFifo: Value;
  /** Length, overrun, checksum and frame alignment errors. */
  readonly recvFrame: Value;
  /** Compressed packets received. */
  readonly recvCompressed: Value;
  /** Multicast packets received. */
  readonly recvMulticast: Value;
  /** Bytes sent. */
  readonly sentBytes: Value;
  /** Packets sent. */
  readonly sentPackets: Value;
  /** Transmit errors of all kinds. */
  readonly sentErrs: Value;
  /** Packets dropped before sending. */
  readonly sentDrop: Value;
  /** Transmit FIFO errors. */
  readonly sentFifo: Value;
  /** Collisions. */
  readonly sentColls: Value;
  /** Carrier, aborted, window and heartbeat errors. */
  readonly sentCarrier: Value;
  /** Compressed packets sent. */
  readonly sentCompressed: Value;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** Interfaces by name, in the file's order. */
export type InterfaceDeviceStatus<Value extends Counter = number> = Map<string, DeviceStatus<Value>>;

/**
 * Counters of an interface since it was made: a row of `/proc/net/dev`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { dev } from "procnet/tables";
 * read(dev, { bigint: true }).find(({ name }) => name === "eth0")?.recvBytes; // 841342901n
 * ```
 */
export const dev: RowTable<"dev", DeviceStatus, DeviceStatus<bigint>> = counterTable(
  { name: "dev", needs: "CONFIG_NET" },
  lineForm(["Inter-|", "face |"], devRow),
);

/**
 * Parses the text of `/proc/net/dev`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseDev } from "procnet/parse";
 * parseDev(bytes, { bigint: true }).get("eth0")?.recvBytes; // 841342901n
 * ```
 */
export function parseDev<Exact extends boolean = false>(
  text: Uint8Array,
  options?: ExactOptions<Exact>,
): InterfaceDeviceStatus<CounterOf<Exact>>;
export function parseDev(text: Uint8Array, options: ParseOptions = {}): InterfaceDeviceStatus<Counter> {
  return byName(parseRows(dev, text, options));
}

/** The rows as a map. */
export function byName<Value extends Counter>(rows: readonly DeviceStatus<Value>[]): InterfaceDeviceStatus<Value> {
  return new Map(rows.map((row) => [row.name, row]));
}

function devRow(line: Line, options: ParseOptions): DeviceStatus<Counter> {
  const bigint = options.bigint === true;
  return {
    name: interfaceName(line),
    recvBytes: counterOf(line, "bytes", bigint),
    recvPackets: counterOf(line, "packets", bigint),
    recvErrs: counterOf(line, "errs", bigint),
    recvDrop: counterOf(line, "drop", bigint),
    recvFifo: counterOf(line, "fifo", bigint),
    recvFrame: counterOf(line, "frame", bigint),
    recvCompressed: counterOf(line, "compressed", bigint),
    recvMulticast: counterOf(line, "multicast", bigint),
    sentBytes: counterOf(line, "bytes", bigint),
    sentPackets: counterOf(line, "packets", bigint),
    sentErrs: counterOf(line, "errs", bigint),
    sentDrop: counterOf(line, "drop", bigint),
    sentFifo: counterOf(line, "fifo", bigint),
    sentColls: counterOf(line, "colls", bigint),
    sentCarrier: counterOf(line, "carrier", bigint),
    sentCompressed: counterOf(line, "compressed", bigint),
    ...line.extra(),
  };
}

/** The name in front of the last colon; leaves the line behind the colon. */
export function interfaceName(line: Line): string {
  line.more();
  const colon = line.bytes.subarray(line.at, line.end).lastIndexOf(COLON);
  if (colon <= 0) throw new RowError(line.at, "interface", "expected a name and a colon");
  const name = utf8(line.bytes, line.at, line.at + colon);
  line.at += colon + 1;
  return name;
}
