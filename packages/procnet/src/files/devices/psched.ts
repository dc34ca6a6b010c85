import { readSingle } from "../../form/block.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type TextTable, table } from "../../form/table.ts";

/*
 * /proc/net/psched: psched_show (net/sched/sch_api.c). One line of four hexadecimal numbers:
 *
 *   000003e8 00000040 000f4240 3b9aca00
 */

/** Units of time of the packet scheduler: `/proc/net/psched`. What `tc` computes with; the same in every namespace. */
export interface Psched {
  /** Nanoseconds in a microsecond: 1000. */
  readonly nsecPerUsec: number;
  /** Nanoseconds in a tick of the scheduler: 64 since Linux 2.6.31. */
  readonly nsecPerTick: number;
  /** Steps in a second of the clock that `tc` assumes: 1,000,000. */
  readonly clockResolution: number;
  /** Steps in a second of the kernel's timers: 1,000,000,000 with high-resolution timers, else HZ. */
  readonly timerResolution: number;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/**
 * Units of time of the packet scheduler: `/proc/net/psched`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { psched } from "procnet/tables";
 * read(psched)?.nsecPerTick; // 64
 * ```
 */
export const psched: TextTable<"psched", Psched | undefined> = table(
  { name: "psched", needs: "CONFIG_NET_SCHED", scope: "machine" },
  {
    parse: (text, options) => readSingle(text, options, pschedLine),
  },
);

/**
 * Parses the text of `/proc/net/psched`; an empty text is `undefined`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` when the line is no such line, unless `onIssue` is given
 * @example
 * ```ts
 * import { parsePsched } from "procnet/parse";
 * parsePsched(bytes)?.nsecPerTick; // 64
 * ```
 */
export function parsePsched(text: Uint8Array, options: ParseOptions = {}): Psched | undefined {
  return psched.parse(text, options);
}

function pschedLine(line: Line): Psched {
  return {
    nsecPerUsec: line.hex("nsec per usec"),
    nsecPerTick: line.hex("nsec per tick"),
    clockResolution: line.hex("clock resolution"),
    timerResolution: line.hex("timer resolution"),
    ...line.extra(),
  };
}
