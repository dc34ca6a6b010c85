import { readdirSync, readFileSync } from "node:fs";

/*
 * Paths, names and texts are one character for each byte: names of devices need not be UTF-8.
 */

/** A file of sysfs without blanks around; `undefined` where it is not there, or has no value now, as the speed of a device that is down. */
export function sysfsText(path: string): string | undefined {
  try {
    return readFileSync(Buffer.from(path, "latin1"), "latin1").replace(/^[ \t\n]+|[ \t\n]+$/g, "");
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}

/** A number of a file of sysfs, decimal or behind `0x`. */
export function sysfsNumber(path: string): number | undefined {
  const text = sysfsText(path);
  return text !== undefined && /^(-?\d{1,20}|0x[\da-f]{1,16})$/i.test(text) ? Number(text) : undefined;
}

/** Names in a directory of sysfs, in order; `undefined` where it is not there. */
export function sysfsNames(path: string): string[] | undefined {
  try {
    return readdirSync(Buffer.from(path, "latin1"), "latin1").sort();
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && "code" in error;
}
