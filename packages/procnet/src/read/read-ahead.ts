import { closeSync, read, readSync } from "node:fs";
import { type ByteSource, type Chunks, PAGE, SHORT } from "../bytes/chunks.ts";
import { type FailureContext, refusal } from "./failure.ts";
import { giveBuffer, takeBuffer } from "./file.ts";
import { closedWhenForgotten, type Held, isClosed } from "./forgotten.ts";
import { openFile } from "./open-file.ts";

/**
 * A file that is read on this thread, except where one call of the kernel's may take long: such a call can be made by
 * another thread, while this one does something else.
 *
 * Most calls take less than 0.1 ms. But before the kernel says that a table of TCP is over, or that one of IPv6 is empty, it
 * goes through all connections there are: 10 ms with 100,000 of them. It has done so when a call gives less than a page, and
 * does it again in the next one, where there is one.
 */
export class ReadAhead {
  readonly fd: number;
  private readonly path: string;
  private readonly context: FailureContext;
  private readonly page = new Uint8Array(PAGE);
  /** Bytes in `page` that nobody has taken; -1 when nothing was read ahead. */
  private waiting = -1;
  private error: unknown;
  private pending: Promise<void> | undefined;
  private mayTakeLong = true;

  constructor(path: string, context: FailureContext) {
    this.path = path;
    this.context = context;
    this.fd = openFile(path, context);
  }

  /** What to wait for before {@link ReadAhead.source} is called; `undefined` when it is called at once. */
  ahead(): Promise<void> | undefined {
    if (!this.mayTakeLong || this.waiting >= 0) return undefined;
    this.pending ??= new Promise((resolve) => {
      read(this.fd, this.page, 0, PAGE, null, (error, length) => {
        this.error = error;
        this.waiting = length ?? 0;
        this.pending = undefined;
        resolve();
      });
    });
    return this.pending;
  }

  readonly source: ByteSource = (buffer, offset) => {
    const got = this.waiting >= 0 ? this.take(buffer, offset) : this.readNow(buffer, offset);
    this.mayTakeLong = got < SHORT;
    return got;
  };

  /** Closes the file, once nobody reads it any more: its number may then be another file's. */
  close(): void {
    if (this.pending === undefined) closeSync(this.fd);
    else this.pending.then(() => closeSync(this.fd));
  }

  private take(buffer: Uint8Array, offset: number): number {
    const { waiting, error } = this;
    this.waiting = -1;
    if (error) throw refusal(error, this.path, this.context);
    buffer.set(this.page.subarray(0, waiting), offset);
    return waiting;
  }

  private readNow(buffer: Uint8Array, offset: number): number {
    try {
      return readSync(this.fd, buffer, offset, buffer.length - 1 - offset, null);
    } catch (error) {
      throw refusal(error, this.path, this.context);
    }
  }
}

/**
 * Files of which the first call is made while others are read. What cannot be opened is not told of here: whoever reads it opens it
 * again, and says why.
 */
export class BegunFiles implements Held {
  private readonly files = new Map<string, ReadAhead>();

  begin(path: string, context: FailureContext): void {
    try {
      const file = new ReadAhead(path, context);
      this.files.set(path, file);
      void file.ahead();
    } catch {
      // see above
    }
  }

  /** A file that was begun, which the caller closes. */
  take(path: string): ReadAhead | undefined {
    const file = this.files.get(path);
    this.files.delete(path);
    return file;
  }

  /** Closes those that nobody has taken. */
  close(): void {
    for (const file of this.files.values()) file.close();
    this.files.clear();
  }
}

/** How an open file is cut into regions. */
type ChunksOf = (fd: number, source: ByteSource, buffer: Uint8Array) => Chunks;

/**
 * What `regionsOf` makes of a file, one after the other. With `ahead` there are promises between them, to wait for before
 * the next one is asked for; a file that was begun is gone on with.
 */
export function eachRegionFromFile<Region>(
  path: string,
  context: FailureContext,
  ahead: boolean | BegunFiles,
  chunksOf: ChunksOf,
  regionsOf: (chunks: Chunks) => Iterator<Region, void>,
): Generator<Region | Promise<void>, void, undefined> {
  const held = new HeldReadAhead();
  return closedWhenForgotten(held, regionsFrom(held, path, context, ahead, chunksOf, regionsOf));
}

function* regionsFrom<Region>(
  held: HeldReadAhead,
  path: string,
  context: FailureContext,
  ahead: boolean | BegunFiles,
  chunksOf: ChunksOf,
  regionsOf: (chunks: Chunks) => Iterator<Region, void>,
): Generator<Region | Promise<void>, void, undefined> {
  const file = (typeof ahead === "boolean" ? undefined : ahead.take(path)) ?? new ReadAhead(path, context);
  held.file = file;
  const buffer = takeBuffer();
  try {
    const chunks = chunksOf(file.fd, file.source, buffer);
    const regions = regionsOf(chunks);
    for (;;) {
      const wait = ahead !== false && !chunks.isOver ? file.ahead() : undefined;
      if (wait !== undefined) yield wait;
      const { done, value } = regions.next();
      if (done) return;
      yield value as Region;
    }
  } finally {
    giveBuffer(buffer);
    isClosed(held);
    held.close();
  }
}

class HeldReadAhead implements Held {
  file: ReadAhead | undefined;

  close(): void {
    this.file?.close();
    this.file = undefined;
  }
}
