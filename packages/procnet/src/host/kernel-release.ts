import { latin1 } from "../bytes/strings.ts";
import type { ProcContext } from "../read/context.ts";
import { readAll } from "../read/file.ts";

/** The kernel's version: `6.1.0-18-amd64`. Throws `ProcfsError` where it cannot be read. */
export function kernelRelease({ root }: ProcContext): string {
  const bytes = readAll(`${root}/sys/kernel/osrelease`);
  return latin1(bytes, 0, bytes.length);
}
