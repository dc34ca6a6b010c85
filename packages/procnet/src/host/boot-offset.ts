import { utf8 } from "../bytes/strings.ts";
import { readAll } from "../read/file.ts";

/** Of the reader, whatever procfs is looked at. */
const PROC = "/proc";

let known: bigint | undefined;

/**
 * By how many nanoseconds the time at which a process began is another one in procfs than in the first time namespace: procfs tells it by
 * the reader's (time_namespaces(7)). It cannot change in a running process.
 */
export function bootOffset(): bigint {
  known ??= readOffset();
  return known;
}

function readOffset(): bigint {
  try {
    if (!isByReader(textOf("sys/kernel/osrelease"))) return 0n;
    const text = textOf("self/timens_offsets");
    const [, seconds, nanoseconds] = /^boottime\s+(-?\d+)\s+(\d+)$/m.exec(text) ?? [];
    return BigInt(seconds ?? 0) * 1_000_000_000n + BigInt(nanoseconds ?? 0);
  } catch {
    return 0n; // a kernel without time namespaces: before Linux 5.6, or without CONFIG_TIME_NS
  }
}

/** Whether such a kernel tells `starttime` by the time namespace of the reader: those from 5.6 to 5.10 know of them and do not (do_task_stat). */
export function isByReader(release: string): boolean {
  const [major = 0, minor = 0] = release.split(/[.-]/).map(Number);
  return major > 5 || (major === 5 && minor >= 11);
}

function textOf(name: string): string {
  const bytes = readAll(`${PROC}/${name}`);
  return utf8(bytes, 0, bytes.length);
}
