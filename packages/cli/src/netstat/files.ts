import {
  beginningOfText,
  isProcfsError,
  networkDirectory,
  type PiecesOptions,
  textPieces,
  wholeText,
} from "../library-files.ts";

/*
 * How files are read: as the library does it, a bounded piece at a time, and never one that is no file. Its readers by name
 * bring all parsers with them, which takes longer to load than `netstat -tln` may take.
 */

/** Why a file is not there, when that is no failure: the kernel has no such protocol, or does not let it be read. */
const ABSENT: ReadonlySet<string> = new Set(["ENOENT", "EACCES", "EINVAL"]);

/** Where they are below each root that was asked for: looking for them takes some calls. */
const places = new Map<string, string>();

/** Where the files of the network are, without a slash behind; below a root where the library reads them. */
export function netDirectory(root: string | undefined): string {
  if (root === undefined) return ["", "proc", "net"].join("/");
  const known = places.get(root);
  if (known !== undefined) return known;
  const found = networkDirectory(root);
  places.set(root, found);
  return found;
}

/** The whole file; `undefined` when it is not there. */
export function readFile(path: string): Uint8Array | undefined {
  return unlessAbsent(() => wholeText(path));
}

/** The beginning of a file; `undefined` when it is not there. */
export function readBeginning(path: string): Uint8Array | undefined {
  return unlessAbsent(() => beginningOfText(path));
}

/**
 * A table piece by piece, each with the table's heading in front, so that each can be parsed alone; `undefined` when the file
 * is not there. A piece is good until the next one is asked for.
 */
export function readPieces(path: string, options?: PiecesOptions): Iterable<Uint8Array> | undefined {
  const pieces = textPieces(path, options);
  // The file is opened with the first piece.
  const first = unlessAbsent(() => pieces.next());
  return first === undefined ? undefined : begun(first, pieces);
}

function* begun(
  first: IteratorResult<Uint8Array, void>,
  pieces: Generator<Uint8Array, void, undefined>,
): Generator<Uint8Array, void, undefined> {
  try {
    if (first.done) return;
    yield first.value;
    yield* pieces;
  } finally {
    pieces.return();
  }
}

function unlessAbsent<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (isProcfsError(error) && ABSENT.has(error.code)) return undefined;
    throw error;
  }
}
