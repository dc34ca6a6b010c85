import { closeSync, openSync, readSync } from "node:fs";

/*
 * How the tables are read: opened, read to the end and closed, a bounded piece at a time. The library's own readers bring
 * all parsers with them, which takes longer to load than `netstat -tln` may take; the parsers used here are the library's.
 */

/** The kernel gives no more than about this much of a table in one read. */
const PAGE = 4096;

/** As much of a table as is held at a time. */
const PIECE = 1 << 18;

/** Why a file is not there, when that is no failure: the kernel has no such protocol, or does not let it be read. */
const ABSENT: ReadonlySet<unknown> = new Set(["ENOENT", "EACCES", "EINVAL"]);

/** Where the files of the network are, without a slash behind. */
export function netDirectory(root: string | undefined): string {
  // The `net` of another procfs leads back to the reader; its process 1 does not.
  return root === undefined ? ["", "proc", "net"].join("/") : `${root}/1/net`;
}

/** A descriptor of the file; `undefined` when it is not there. */
function open(path: string): number | undefined {
  try {
    return openSync(path, "r");
  } catch (error) {
    if (ABSENT.has((error as NodeJS.ErrnoException).code)) return undefined;
    throw error;
  }
}

/** The whole file; `undefined` when it is not there. */
export function readFile(path: string): Uint8Array | undefined {
  const fd = open(path);
  if (fd === undefined) return undefined;
  try {
    let bytes = Buffer.allocUnsafe(4 * PAGE);
    let filled = 0;
    for (;;) {
      if (bytes.length - filled < PAGE) bytes = Buffer.concat([bytes, Buffer.allocUnsafe(bytes.length)]);
      const read = readSync(fd, bytes, filled, bytes.length - filled, null);
      if (read === 0) return bytes.subarray(0, filled);
      filled += read;
    }
  } finally {
    closeSync(fd);
  }
}

/**
 * A table piece by piece, each cut at the end of a line and with the table's heading in front, so that each can be parsed
 * alone; `undefined` when the file is not there. A piece is good until the next one is asked for.
 */
export function readPieces(path: string): Generator<Uint8Array, void, undefined> | undefined {
  const fd = open(path);
  return fd === undefined ? undefined : pieces(fd);
}

function* pieces(fd: number): Generator<Uint8Array, void, undefined> {
  try {
    const buffer = Buffer.allocUnsafe(PIECE);
    let heading = 0;
    let filled = 0;
    for (;;) {
      const read = readSync(fd, buffer, filled, buffer.length - filled, null);
      if (heading === 0) heading = buffer.subarray(0, filled + read).indexOf("\n") + 1;
      filled += read;
      if (read === 0) break;
      if (buffer.length - filled > 2 * PAGE) continue;
      const end = buffer.subarray(0, filled).lastIndexOf("\n") + 1;
      yield buffer.subarray(0, end);
      buffer.copyWithin(heading, end, filled);
      filled = heading + filled - end;
    }
    if (filled > heading) yield buffer.subarray(0, filled);
  } finally {
    closeSync(fd);
  }
}
