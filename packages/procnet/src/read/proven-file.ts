import type { ProcContext } from "./context.ts";
import { wholeOf, withFile } from "./file.ts";
import { isLinuxFile } from "./linux-file.ts";

/** The whole of a file that Linux itself prints; `undefined` of any other. Throws `ProcfsError` where it cannot be read. */
export function readProven(path: string, context: ProcContext): Uint8Array | undefined {
  if (!context.own) return undefined;
  return withFile(path, { live: true }, (source, buffer, fd) =>
    isLinuxFile(fd, context) ? wholeOf(source, buffer, path) : undefined,
  );
}
