import { resolve } from "node:path";
import { NEWLINE } from "../bytes/ascii.ts";
import { Chunks } from "../bytes/chunks.ts";
import { latin1, latin1Bytes } from "../bytes/strings.ts";
import { ProcfsError } from "../errors.ts";
import { tcp, tcp6 } from "../files/sockets/inet/tcp.ts";
import { scanRegion } from "../form/scanner.ts";
import { MACHINE, MACHINE_ROOT } from "../read/context.ts";
import { eachFromFile, readAll, withFile } from "../read/file.ts";
import { isLinuxFile } from "../read/linux-file.ts";
import { placeOf } from "../read/place.ts";

/*
 * Files as text, for who brings parsers of his own choice: `Net` knows all tables, and loading them takes longer than
 * `netstat -tln` may take. Opened, read and closed as everywhere in this library.
 */

/** How {@link textPieces} cuts a file. */
export interface PiecesOptions {
  /** How the heading begins, blanks aside; absent for a file that has none. */
  readonly heading?: string;
  /** Set where only listeners of this table of this machine are wanted: the file is read as far as they may stand. */
  readonly listenersOf?: "tcp" | "tcp6";
  /** Told of each line that is left out because it is too long to be one. */
  readonly onLongLine?: () => void;
}

/**
 * The directory of the network files of a procfs that is not the machine's own, or of a captured tree: where `new ProcFs()`
 * reads them.
 *
 * @throws `ProcfsError` with code `ERR_NO_NET` when there are none
 * For the command `procnet`: it may change with any release.
 */
export function networkDirectory(root: string): string {
  const path = resolve(root);
  const { directory, missing } = placeOf({ ...MACHINE, root: path, own: path === MACHINE_ROOT });
  if (missing !== undefined) throw missing;
  return directory;
}

/**
 * The whole text of a file.
 *
 * For the command `procnet`: it may change with any release.
 */
export function wholeText(path: string): Uint8Array {
  return readAll(path);
}

/**
 * The beginning of a file, as much of it as one call of the system gives.
 *
 * For the command `procnet`: it may change with any release.
 */
export function beginningOfText(path: string): Uint8Array {
  return withFile(path, {}, (source, buffer) => buffer.slice(0, source(buffer, 0)));
}

/**
 * A table in pieces of whole lines, each with the heading in front, so that each can be parsed alone. However long a line is
 * that is none of a table, the rows behind it come too. A piece is good until the next one is asked for.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` for a line without an end
 * For the command `procnet`: it may change with any release.
 */
export function textPieces(path: string, options: PiecesOptions = {}): Generator<Uint8Array, void, undefined> {
  return eachFromFile(path, {}, (source, buffer, fd) => {
    const { listenersOf } = options;
    const more = listenersOf === undefined ? () => true : listenersMayFollow(listenersOf, fd);
    return pieces(path, new Chunks(source, buffer), options, more);
  });
}

function* pieces(
  path: string,
  chunks: Chunks,
  { heading, onLongLine }: PiecesOptions,
  more: (chunks: Chunks) => boolean,
): Generator<Uint8Array, void, undefined> {
  let head: Uint8Array | undefined;
  while (chunks.next()) {
    const { bytes, start, end, cut } = chunks;
    if (chunks.endless) throw withoutEnd(path);
    if (chunks.tooLong !== undefined) onLongLine?.();
    else {
      // What the text lacks is not added: who parses it has to know.
      const region = bytes.subarray(start, cut ? end - 1 : end);
      yield head === undefined || head.length === 0 ? region : joined(head, region);
      head ??= heading === undefined ? new Uint8Array(0) : headOf(region, heading);
    }
    if (!more(chunks)) return;
  }
}

function withoutEnd(path: string): ProcfsError {
  const message = `${path}: a line has no end: neither it nor what may follow is read`;
  return new ProcfsError({ code: "ERR_PARSE", message, path });
}

/** The first line when it is the heading; else what stands for it, as a row would be there again with each piece. */
function headOf(region: Uint8Array, heading: string): Uint8Array {
  const end = region.indexOf(NEWLINE) + 1;
  const isHeading = latin1(region, 0, Math.min(end, 64)).replace(/^ +/, "").startsWith(heading);
  return isHeading ? region.slice(0, end) : latin1Bytes(`${heading}\n`);
}

function joined(head: Uint8Array, region: Uint8Array): Uint8Array {
  const piece = new Uint8Array(head.length + region.length);
  piece.set(head);
  piece.set(region, head.length);
  return piece;
}

/** Whether listeners may stand behind a region: the reader of the table knows. */
function listenersMayFollow(table: "tcp" | "tcp6", fd: number): (chunks: Chunks) => boolean {
  const scanner = (table === "tcp" ? tcp : tcp6).scanner(
    {
      where: { state: "LISTEN", localPort: [] }, // of no port: what is found is not wanted here
      onIssue: () => {},
    },
    { isFromLinux: () => isLinuxFile(fd, MACHINE) },
  );
  return (chunks) => scanRegion(scanner, chunks, []);
}
