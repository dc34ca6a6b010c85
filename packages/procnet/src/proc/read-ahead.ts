import { closeSync, openSync, read, readSync } from "node:fs";
import { type ByteSource, PAGE, SHORT } from "../text/chunks.ts";
import { type FailureContext, failure } from "./failure.ts";

/**
 * A file that is read on this thread, except where one call of the kernel's may take long: such a call can be made by
 * another thread, while this one does something else.
 *
 * Most calls take less than 0.1 ms. But before the kernel says that a table of TCP is over, or that one of IPv6 is empty, it
 * goes through all connections there are: 10 ms with 100,000 of them. It has done so when a call gives less than a page, and
 * may do it again in the next one.
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
    try {
      this.fd = openSync(path, "r");
    } catch (error) {
      throw failure(error, path, context);
    }
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
    if (error) throw failure(error, this.path, this.context);
    buffer.set(this.page.subarray(0, waiting), offset);
    return waiting;
  }

  private readNow(buffer: Uint8Array, offset: number): number {
    try {
      return readSync(this.fd, buffer, offset, buffer.length - 1 - offset, null);
    } catch (error) {
      throw failure(error, this.path, this.context);
    }
  }
}
