import { utf8 } from "../bytes/strings.ts";
import { readAll } from "../read/file.ts";

/** Of the reader, whatever procfs is looked at. */
const PROC = "/proc";

let known: bigint | undefined;

/**
 * By how many nanoseconds time since boot is another one in the reader's time namespace than in the first (time_namespaces(7)): procfs tells
 * when a process began by the reader's. It cannot change in a running process.
 */
export function bootOffset(): bigint {
  known ??= readOffset();
  return known;
}

function readOffset(): bigint {
  try {
    const bytes = readAll(`${PROC}/self/timens_offsets`);
    const text = utf8(bytes, 0, bytes.length);
    const [, seconds, nanoseconds] = /^boottime\s+(-?\d+)\s+(\d+)$/m.exec(text) ?? [];
    return BigInt(seconds ?? 0) * 1_000_000_000n + BigInt(nanoseconds ?? 0);
  } catch {
    return 0n; // a kernel without time namespaces: before Linux 5.6, or without CONFIG_TIME_NS
  }
}
