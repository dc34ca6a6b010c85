import { EventEmitter } from "node:events";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { LinkReaders } from "./pool.ts";

const threads: Thread[] = [];
const ONE = { directories: ["/proc/1"], live: true };

class Thread extends EventEmitter {
  constructor() {
    super();
    threads.push(this);
  }

  ref(): void {}
  unref(): void {}
  postMessage(): void {}
  async terminate(): Promise<void> {}

  /** As a thread ends that fails. */
  fail(): void {
    this.emit("error", new Error("Cannot find module"));
    this.emit("exit", 1);
  }
}

beforeEach(() => {
  threads.length = 0;
  vi.spyOn(process, "getBuiltinModule").mockReturnValue({ Worker: Thread });
});
afterEach(() => {
  vi.restoreAllMocks();
});

it("starts no other thread in place of one that has failed, as where a bundler left its program behind", async () => {
  const readers = new LinkReaders(2);
  const first = readers.read(ONE);
  threads[0]!.fail();
  expect(await first).toBeUndefined();
  expect(readers.idle).toBe(1);
  const second = readers.read(ONE);
  threads[1]!.fail();
  expect(await second).toBeUndefined();
  expect(readers.idle).toBe(0);
  expect(await readers.read(ONE)).toBeUndefined();
  expect(threads).toHaveLength(2);
});

it("asks no thread that has ended while it had nothing to do", async () => {
  const readers = new LinkReaders(1);
  const pairs = Float64Array.of(3, 11);
  const first = readers.read(ONE);
  threads[0]!.emit("message", { pairs: [pairs] });
  expect(await first).toEqual([pairs]);
  expect(readers.idle).toBe(1);
  threads[0]!.fail();
  expect(readers.idle).toBe(0);
  expect(await readers.read(ONE)).toBeUndefined();
});

it("asks no thread that answers when all have been told to end", async () => {
  const readers = new LinkReaders(1);
  const first = readers.read(ONE);
  readers.close();
  threads[0]!.emit("message", { pairs: [undefined] });
  expect(await first).toEqual([undefined]);
  expect(readers.idle).toBe(0);
  expect(await readers.read(ONE)).toBeUndefined();
});
