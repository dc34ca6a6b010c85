import { closeSync, readlinkSync, readSync } from "node:fs";
import type { ByteSource } from "../bytes/chunks.ts";
import { escapeHidden } from "../bytes/escape-hidden.ts";
import { latin1Bytes } from "../bytes/strings.ts";
import { ProcfsError } from "../errors.ts";
import { type FailureContext, refusal } from "./failure.ts";
import { closedWhenForgotten, isClosed } from "./forgotten.ts";
import { fsPath } from "./fs-path.ts";
import { openFile } from "./open-file.ts";

/*
 * withFile(path, context, (source, buffer) => result): result
 * eachFromFile(path, context, (source, buffer) => iterable of rows): generator of rows
 * readAll(path, context?, limit?): Uint8Array
 * readLink(path, context): string, one character for each byte
 * readLinkBytes(path, context): Uint8Array
 *
 * All throw ProcfsError for what the system answers, see failure.ts.
 */

/** Buffers between two readings. More than one is in use when a lazy reading is suspended while another one runs. */
const pool: Uint8Array[] = [];
const BUFFER_SIZE = 1 << 16;
const POOLED = 4;

/** The longest file that {@link readAll} takes, unless the caller names another limit. */
const LARGEST_FILE: number = 1 << 26;

/**
 * Reads files: gets a source of their bytes, a buffer to use, which is reused afterwards: nothing may keep it, and the
 * descriptor, for those who ask what kind of file it is.
 */
export type FileReader<Result> = (source: ByteSource, buffer: Uint8Array, fd: number) => Result;

/** Opens a file, hands it to `read`, and closes it whatever happens. */
export function withFile<Result>(path: string, context: FailureContext, read: FileReader<Result>): Result {
  const fd = openFile(path, context);
  const buffer = takeBuffer();
  try {
    return read(fileSource(fd, path, context), buffer, fd);
  } finally {
    release(fd, buffer);
  }
}

/**
 * Like {@link withFile} for rows that are taken one by one. The file is opened with the first row that is asked for, and
 * closed at the end, at an error, when the loop around it is left early, and at the latest when nobody holds the rows any more.
 */
export function eachFromFile<Row>(
  path: string,
  context: FailureContext,
  read: FileReader<Iterable<Row>>,
): Generator<Row, void, undefined> {
  const file = new HeldFile();
  return closedWhenForgotten(file, rowsFrom(file, path, context, read));
}

function* rowsFrom<Row>(
  file: HeldFile,
  path: string,
  context: FailureContext,
  read: FileReader<Iterable<Row>>,
): Generator<Row, void, undefined> {
  file.fd = openFile(path, context);
  const { buffer } = file;
  try {
    yield* read(fileSource(file.fd, path, context), buffer, file.fd);
  } finally {
    isClosed(file);
    file.close();
  }
}

class HeldFile {
  fd: number | undefined;
  private taken: Uint8Array | undefined;

  get buffer(): Uint8Array {
    this.taken ??= takeBuffer();
    return this.taken;
  }

  close(): void {
    const { fd } = this;
    if (fd === undefined) return; // not one row was asked for
    this.fd = undefined;
    release(fd, this.buffer);
  }
}

/**
 * The whole of a small file.
 *
 * @throws `ProcfsError` with code `EFBIG` when it is longer than `limit` bytes
 */
export function readAll(path: string, context: FailureContext = {}, limit: number = LARGEST_FILE): Uint8Array {
  return withFile(path, context, (source, buffer) => wholeOf(source, buffer, path, limit));
}

/** The same of a file that is open. */
export function wholeOf(
  source: ByteSource,
  buffer: Uint8Array,
  path: string,
  limit: number = LARGEST_FILE,
): Uint8Array {
  let bytes = buffer;
  let filled = 0;
  for (;;) {
    const got = source(bytes, filled);
    if (got === 0) return bytes.slice(0, filled);
    filled += got;
    if (filled > limit) throw tooLarge(path, limit);
    if (filled === bytes.length - 1) bytes = doubled(bytes);
  }
}

/**
 * The whole of a file that the kernel prints as one record (`single_open`, fs/seq_file.c): one call gives it, and none is made to
 * hear that it was all.
 */
export function readRecord(path: string, context: FailureContext): Uint8Array {
  const record = withFile(path, context, (source, buffer) => {
    const got = source(buffer, 0);
    return got < buffer.length - 1 ? buffer.slice(0, got) : undefined;
  });
  return record ?? readAll(path, context);
}

/** The text of a link, one character for each byte. */
export function readLink(path: string, context: FailureContext = {}): string {
  try {
    return readlinkSync(fsPath(path), "latin1");
  } catch (error) {
    throw refusal(error, path, context);
  }
}

/** The text of a link as bytes. */
export function readLinkBytes(path: string, context: FailureContext = {}): Uint8Array {
  return latin1Bytes(readLink(path, context));
}

/** One byte of the buffer stays free: {@link ByteSource}s leave room for a newline that a cut text lacks. */
function fileSource(fd: number, path: string, context: FailureContext): ByteSource {
  return (buffer, offset) => {
    try {
      return readSync(fd, buffer, offset, buffer.length - 1 - offset, null);
    } catch (error) {
      throw refusal(error, path, context);
    }
  };
}

/** A buffer of the usual size, to be given back. */
export function takeBuffer(): Uint8Array {
  return pool.pop() ?? new Uint8Array(BUFFER_SIZE);
}

export function giveBuffer(buffer: Uint8Array): void {
  if (pool.length < POOLED) pool.push(buffer);
}

function release(fd: number, buffer: Uint8Array): void {
  giveBuffer(buffer);
  closeSync(fd);
}

function doubled(bytes: Uint8Array): Uint8Array {
  const larger = new Uint8Array(bytes.length * 2);
  larger.set(bytes);
  return larger;
}

function tooLarge(path: string, limit: number): ProcfsError {
  const message = `cannot read ${escapeHidden(path)}: it is longer than ${limit} bytes`;
  return new ProcfsError({ code: "EFBIG", message, path });
}
