import { fstatSync, writeSync } from "node:fs";

/**
 * So many bytes are written at once: a pipe holds them, so that no reader is waited for. Most answers are no longer, and Node takes 2 to
 * 5 ms to make a stream.
 */
const AT_ONCE = 16 * 1024;

type Failed = (error: NodeJS.ErrnoException) => void;

/** Where text goes: standard output or standard error. */
export class Outlet {
  private readonly fd: 1 | 2;
  private readonly failed: Failed;
  private left: number;
  private made: NodeJS.WriteStream | undefined;

  /** `failed` is told of what cannot be written: at once, or later. */
  constructor(fd: 1 | 2, failed: Failed) {
    this.fd = fd;
    this.failed = failed;
    this.left = isDevice(fd) ? 0 : AT_ONCE;
  }

  /** The terminal, if it is one. */
  get terminal(): NodeJS.WriteStream | undefined {
    return isDevice(this.fd) && this.stream.isTTY ? this.stream : undefined;
  }

  write(text: string): void {
    if (this.made !== undefined || this.left === 0) {
      this.stream.write(text);
      return;
    }
    const bytes = Buffer.from(text);
    const rest = bytes.length > this.left ? bytes : this.atOnce(bytes);
    if (rest.length > 0) this.stream.write(rest);
  }

  /** Whether all that was written is where it goes. */
  get isDone(): boolean {
    return this.made === undefined;
  }

  /** Until more is taken, nothing more will be, or nobody waits for it any longer. */
  async drained(signal: AbortSignal | undefined): Promise<void> {
    if (this.made?.writableNeedDrain) await taken(this.made, signal);
  }

  /** Writes what is taken now; gives what is not. */
  private atOnce(bytes: Uint8Array): Uint8Array {
    this.left -= bytes.length;
    let rest = bytes;
    try {
      while (rest.length > 0) rest = rest.subarray(writeSync(this.fd, rest));
    } catch (thrown) {
      const error = thrown as NodeJS.ErrnoException;
      // Another program has the same pipe, and has said that nobody shall wait for it: the stream does so without holding us.
      if (error.code === "EAGAIN") return rest;
      this.failed(error);
      return NOTHING;
    }
    return rest;
  }

  private get stream(): NodeJS.WriteStream {
    if (this.made === undefined) {
      this.made = this.fd === 1 ? process.stdout : process.stderr;
      this.made.on("error", this.failed);
    }
    return this.made;
  }
}

const NOTHING = new Uint8Array();

/** Whether it is a terminal, or another device. */
function isDevice(fd: number): boolean {
  try {
    return fstatSync(fd).isCharacterDevice();
  } catch {
    return true; // let Node say what it is
  }
}

/** Until a stream takes more, will take no more, or nobody waits for it any longer. */
function taken(stream: NodeJS.WriteStream, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const events = ["drain", "close", "error"] as const;
    const done = (): void => {
      for (const event of events) stream.removeListener(event, done);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    for (const event of events) stream.once(event, done);
    signal?.addEventListener("abort", done);
  });
}
