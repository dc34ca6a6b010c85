import { closeSync, openSync, readSync } from "node:fs";

const buffer = Buffer.allocUnsafeSlow(64 * 1024);

/** The floor's loop in Node: reads a file to its end into one buffer. `each` must not keep what it is given. */
export function readThrough(path: string, each?: (bytes: Uint8Array) => void): void {
  const fd = openSync(path, "r");
  try {
    for (;;) {
      const got = readSync(fd, buffer, 0, buffer.length, null);
      if (got === 0) return;
      each?.(buffer.subarray(0, got));
    }
  } finally {
    closeSync(fd);
  }
}
