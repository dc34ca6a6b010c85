import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { scaled } from "../../../../test/support/time.ts";
import { isProcfsError } from "../errors.ts";
import { BegunFiles, eachRegionFromFile, ReadAhead } from "./read-ahead.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "procnet-ahead-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** All of a file, waiting wherever it may be waited. */
async function readWhole(path: string): Promise<{ text: string; waits: number }> {
  const file = new ReadAhead(path, {});
  const buffer = new Uint8Array(1 << 16);
  let text = "";
  let waits = 0;
  try {
    for (;;) {
      const wait = file.ahead();
      if (wait !== undefined) {
        waits++;
        await wait;
        expect(file.ahead()).toBeUndefined();
      }
      const got = file.source(buffer, 0);
      if (got === 0) return { text, waits };
      text += Buffer.from(buffer.subarray(0, got)).toString();
    }
  } finally {
    file.close();
  }
}

describe("a file", () => {
  it.each([
    ["empty", 0, 1],
    ["of less than a page", 100, 2],
    // The first call, and the one behind the last piece: those in between are made at once.
    ["of many pages", 4096 + 65_535 + 100, 2],
  ])("%s is read whole", async (_what, length, waits) => {
    const path = join(folder, "file");
    const text = Array.from({ length }, (_, at) => String.fromCharCode(97 + (at % 26))).join("");
    writeFileSync(path, text);
    const read = await readWhole(path);
    expect(read.text === text).toBe(true);
    expect(read.waits).toBe(waits);
  });

  it("that cannot be read says so where it would without waiting", async () => {
    const file = new ReadAhead(folder, {});
    await file.ahead();
    expect(() => file.source(new Uint8Array(10), 0)).toThrow(/EISDIR/);
    file.close();
    expect(() => new ReadAhead(join(folder, "none"), {})).toThrow(expect.toSatisfy(isProcfsError));
  });

  it("is closed only when nobody reads it any more", async () => {
    const before = readdirSync("/proc/self/fd").length;
    const path = join(folder, "file");
    const file = new ReadAhead(path, {});
    const wait = file.ahead();
    file.close();
    expect(readdirSync("/proc/self/fd").length).toBe(before + 1);
    await wait;
    await vi.waitFor(() => expect(readdirSync("/proc/self/fd").length).toBe(before), { timeout: scaled(60_000) });
  });
});

describe("files that are begun before they are read", () => {
  const open = (): number => readdirSync("/proc/self/fd").length;

  it("are closed when nobody reads them, whether their first call has ended or not", async () => {
    const path = join(folder, "begun");
    writeFileSync(path, "a\nb\n");
    const before = open();
    const files = new BegunFiles();
    files.begin(path, {});
    files.begin(join(folder, "none"), {});
    expect(open()).toBe(before + 1);
    files.close();
    for (const end = performance.now() + scaled(10_000); open() !== before && performance.now() < end; ) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(open()).toBe(before);
    expect(files.take(path)).toBeUndefined();
  });

  it("are gone on with, once", async () => {
    const path = join(folder, "begun");
    writeFileSync(path, "first\n");
    const files = new BegunFiles();
    files.begin(path, {});
    await files.take(path)?.ahead();
    files.begin(path, {});
    rmSync(path); // what was begun needs no path any more
    const texts: string[] = [];
    const regions = eachRegionFromFile(
      path,
      {},
      files,
      (_fd, source, buffer) => ({ isOver: false, read: () => source(buffer, 0), buffer }) as never,
      (chunks) => oneRegion(chunks as unknown as { read: () => number; buffer: Uint8Array }),
    );
    for (const region of regions) {
      if (region instanceof Promise) await region;
      else texts.push(region);
    }
    expect(texts).toEqual(["first\n"]);
    expect(() => [
      ...eachRegionFromFile(
        path,
        {},
        files,
        () => ({}) as never,
        () => [][Symbol.iterator](),
      ),
    ]).toThrow(/ENOENT/);
  });

  function* oneRegion({ read, buffer }: { read: () => number; buffer: Uint8Array }): Generator<string, void> {
    const got = read();
    yield Buffer.from(buffer.subarray(0, got)).toString();
  }
});
