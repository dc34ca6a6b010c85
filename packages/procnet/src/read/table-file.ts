import { type ByteSource, Chunks } from "../bytes/chunks.ts";
import { widen } from "../bytes/latin1.ts";
import { ProcfsError } from "../errors.ts";
import { countChunks } from "../form/forms.ts";
import type { ParseOptions } from "../form/options.ts";
import { eachRegion, eachRow, type Reading, type Scanner, scanChunks } from "../form/scanner.ts";
import { type CountableTable, isRowTable, type RowTable, type Table, type TextTable } from "../form/table.ts";
import type { FailureContext } from "./failure.ts";
import { eachFromFile, readAll, withFile } from "./file.ts";
import { isLinuxFile } from "./linux-file.ts";
import { checkName } from "./net-files.ts";
import type { Place } from "./place.ts";
import { isLive } from "./procfs-type.ts";
import { type BegunFiles, eachRegionFromFile } from "./read-ahead.ts";

/** A file to be read: where it is, and how. */
export interface TableFile {
  readonly place: Place;
  readonly name: string;
  readonly options: ParseOptions;
  /** UTF-8 where it is absent. */
  readonly encoding?: "utf8" | "latin1";
}

export function readTable(table: RowTable | TextTable, file: TableFile): unknown {
  const { path, failure, options, reading } = opened(table, file);
  if (!isRowTable(table)) return table.parse(asCharacters(readAll(path, failure), file), options);
  const rows = withFile(path, failure, (source, buffer, fd) => {
    const ask = reading(() => fd);
    const chunks = new Chunks(decoded(source, file), buffer, endsShort(table, ask, file));
    return scanChunks(table.scanner(options, ask), chunks);
  });
  table.check?.(rows, options);
  return rows;
}

export function eachOf<Row>(table: RowTable<string, Row, unknown>, file: TableFile): Generator<Row, void, undefined> {
  const { path, failure, options, reading } = opened(table, file);
  let open: number | undefined;
  const ask = reading(() => open);
  const scanner = table.scanner(options, ask);
  return eachFromFile(path, failure, (source, buffer, fd) => {
    open = fd;
    return eachRow(scanner, new Chunks(decoded(source, file), buffer, endsShort(table, ask, file)));
  });
}

export function countOf(table: CountableTable, file: TableFile): Map<string, number> {
  const { path, failure, options, reading } = opened(table, file);
  return withFile(path, failure, (source, buffer, fd) => {
    const ask = reading(() => fd);
    return countChunks(table.counter(options, ask), new Chunks(source, buffer, endsShort(table, ask, file)));
  });
}

/**
 * Rows region by region, in an array that is used again: a fifth of the time of one by one. With `ahead` there are promises
 * between them, to wait for before the next region is asked for. `begin` makes the scanner, where it is not the table's own.
 */
export function regionsOf<Row>(
  table: RowTable,
  file: TableFile,
  ahead: boolean | BegunFiles,
  begin: (options: ParseOptions, reading: Reading) => Scanner<Row>,
): Generator<Row[] | Promise<void>, void, undefined> {
  const { path, failure, options, reading } = opened(table, file);
  let open: number | undefined;
  const ask = reading(() => open);
  const scanner = begin(options, ask);
  const begun = (fd: number, source: ByteSource, buffer: Uint8Array): Chunks => {
    open = fd;
    return new Chunks(source, buffer, endsShort(table, ask, file));
  };
  return eachRegionFromFile(path, failure, ahead, begun, (chunks) => eachRegion(scanner, chunks));
}

/** Makes the first call for the file of a table, which {@link regionsOf} goes on with. */
export function beginTable(table: RowTable, file: TableFile, files: BegunFiles): void {
  const { path, failure } = opened(table, file);
  files.begin(path, failure);
}

/** Where a short call of the kernel's can be the end: see {@link Chunks}. In another encoding calls are of other lengths. */
function endsShort({ isEndDear }: RowTable, { isFromLinux }: Reading, { encoding }: TableFile): Reading["isFromLinux"] {
  return isEndDear && encoding !== "latin1" ? isFromLinux : undefined;
}

/** Whether a file is one that Linux itself prints, see {@link isLinuxFile}. */
export function isLinuxTable(table: Table, file: TableFile): boolean {
  const { path, failure } = opened(table, file);
  return withFile(path, failure, (_source, _buffer, fd) => isLinuxFile(fd, file.place.context));
}

export function bytesOf(table: Table, file: TableFile): Uint8Array {
  const { path, failure } = opened(table, file);
  return readAll(path, failure);
}

interface Opened {
  readonly path: string;
  readonly failure: FailureContext;
  readonly options: ParseOptions;
  /** What a reading may ask, given what tells the open file. */
  readonly reading: (fd: () => number | undefined) => Reading;
}

function opened(table: Table, { place, name, options }: TableFile): Opened {
  checkName(name);
  const { context } = place;
  const right = table.readers === "root" ? "root of the network namespace" : "a procfs that lets you in";
  const path = `${place.directory}/${name}`;
  return {
    path,
    failure: { hint: `${holderOf(table)} with ${table.needs}`, right, ...failureAt(place) },
    options: { path, byteOrder: context.byteOrder, ...options },
    reading: (fd) => ({
      isFromLinux: () => {
        const open = fd();
        return open !== undefined && isLinuxFile(open, context);
      },
    }),
  };
}

/** Who has the file of a table: some stand in one namespace only, whatever the kernel was built with. */
function holderOf({ scope }: Table): string {
  return scope === "initial" ? "the machine's first network namespace alone has it," : "the kernel has it";
}

/** Room for what is read at a time where bytes become characters; each may take two. */
const ROOM = 8192;

/** The source in the encoding that was asked for: parsers read UTF-8. */
function decoded(source: ByteSource, { encoding }: TableFile): ByteSource {
  if (encoding !== "latin1") return source;
  const bytes = new Uint8Array(ROOM + 1);
  const wide = new Uint8Array(2 * ROOM);
  let from = 0;
  let to = 0;
  return (buffer, offset) => {
    if (from === to) {
      from = 0;
      to = widen(bytes, source(bytes, 0), wide, 0);
    }
    const part = wide.subarray(from, Math.min(to, from + buffer.length - 1 - offset));
    buffer.set(part, offset);
    from += part.length;
    return part.length;
  };
}

function asCharacters(text: Uint8Array, { encoding }: TableFile): Uint8Array {
  if (encoding !== "latin1") return text;
  const wide = new Uint8Array(2 * text.length);
  return wide.subarray(0, widen(text, text.length, wide, 0));
}

/** What is known of a failure at a place: files of a process vanish with it. */
export function failureAt({ context, processDirectory, missing }: Place): FailureContext {
  if (missing !== undefined) throw new ProcfsError(missing); // with the stack of who asks
  return { live: isLive(context), ...(processDirectory !== undefined && { processDirectory }) };
}
