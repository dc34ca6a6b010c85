import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { ByteSource } from "../bytes/chunks.ts";
import { MACHINE_ROOT } from "./context.ts";
import { eachFromFile, readAll, readLink, readLinkBytes, readRecord, withFile } from "./file.ts";

const directory = mkdtempSync(join(tmpdir(), "procnet-read-"));
afterAll(() => rmSync(directory, { recursive: true }));

const large: string = join(directory, "large");
const content: Uint8Array = Uint8Array.from({ length: 300_001 }, (_, index) => index % 251);
writeFileSync(large, content);

const ownFds = join(MACHINE_ROOT, "self", "fd");
const openFds = (): number => readdirSync(ownFds).length;

/** Pieces of a file, each with the place it was read to. */
function* pieces(source: ByteSource, buffer: Uint8Array): Generator<Uint8Array> {
  for (let got = source(buffer, 0); got > 0; got = source(buffer, 0)) yield buffer.slice(0, got);
}

describe("readAll", () => {
  it("reads past the size of its buffer", () => {
    expect(Buffer.compare(readAll(large), content)).toBe(0);
  });

  it("gives bytes of its own, which later readings leave alone", () => {
    const small = join(directory, "small");
    writeFileSync(small, "first");
    const first = readAll(small);
    writeFileSync(small, "other");
    expect(Buffer.from(readAll(small)).toString()).toBe("other");
    expect(Buffer.from(first).toString()).toBe("first");
  });

  it("reads procfs, whose files have no size", () => {
    expect(readAll(join(MACHINE_ROOT, "self", "stat")).length).toBeGreaterThan(50);
    expect(readAll(join(MACHINE_ROOT, "cpuinfo")).at(-1)).toBe(0x0a);
  });

  it("refuses what is longer than the limit", () => {
    expect(() => readAll(large, {}, content.length - 1)).toThrow(
      expect.objectContaining({ code: "EFBIG", path: large }),
    );
    expect(readAll(large, {}, content.length).length).toBe(content.length);
  });

  it("types what the system answers", () => {
    expect(() => readAll(join(directory, "none"), { hint: "needs x" })).toThrow(
      expect.objectContaining({ name: "ProcfsError", code: "ENOENT", message: expect.stringMatching(/; needs x$/) }),
    );
    expect(() => readAll(directory)).toThrow(expect.objectContaining({ name: "ProcfsError", code: "EISDIR" }));
  });
});

describe("readRecord", () => {
  it("gives all of a file, also where that is more than one call gives", () => {
    for (const length of [0, 1, 65_534, 65_535, 65_536, 70_000]) {
      const path = join(directory, `record${length}`);
      writeFileSync(path, content.subarray(0, length));
      expect(Buffer.compare(readRecord(path, {}), content.subarray(0, length))).toBe(0);
    }
  });
});

describe("withFile", () => {
  it("gives a nested reading another buffer", () => {
    withFile(large, {}, (source, outer) => {
      const got = source(outer, 0);
      withFile(large, {}, (inner, buffer) => {
        expect(buffer).not.toBe(outer);
        inner(buffer, 7);
      });
      expect(Buffer.compare(outer.subarray(0, got), content.subarray(0, got))).toBe(0);
    });
  });

  it("leaves the last byte of the buffer free", () => {
    withFile(large, {}, (source, buffer) => {
      expect(source(buffer, 0)).toBe(buffer.length - 1);
      expect(source(buffer, buffer.length - 3)).toBe(2);
    });
  });

  it("uses a buffer again", () => {
    const first = withFile(large, {}, (_, buffer) => buffer);
    expect(withFile(large, {}, (_, buffer) => buffer)).toBe(first);
  });

  it("passes on what the reader throws, and closes the file", () => {
    const before = openFds();
    const mistake = new TypeError("mine");
    for (let round = 0; round < 20; round++) {
      expect(() =>
        withFile(large, {}, () => {
          throw mistake;
        }),
      ).toThrow(mistake);
    }
    expect(openFds()).toBe(before);
  });
});

describe("eachFromFile", () => {
  it("gives all rows, and other readings in between do not disturb it", () => {
    const parts: Uint8Array[] = [];
    for (const part of eachFromFile(large, {}, pieces)) {
      parts.push(part);
      readAll(large);
    }
    expect(parts.length).toBeGreaterThan(3);
    expect(Buffer.compare(Buffer.concat(parts), content)).toBe(0);
  });

  it("opens the file with the first row", () => {
    const before = openFds();
    const rows = eachFromFile(large, {}, pieces);
    const missing = eachFromFile(join(directory, "none"), {}, pieces);
    expect(openFds()).toBe(before);
    rows.next();
    expect(openFds()).toBe(before + 1);
    rows.return();
    expect(openFds()).toBe(before);
    expect(() => missing.next()).toThrow(expect.objectContaining({ code: "ENOENT" }));
  });

  it("closes the file at the end, when left early, and at an error", () => {
    const before = openFds();
    for (let round = 0; round < 1000; round++) {
      for (const _ of eachFromFile(large, {}, pieces)) if (round % 2 === 0) break;
      const rows = eachFromFile(large, {}, pieces);
      rows.next();
      expect(() => rows.throw(new Error("mine"))).toThrow("mine");
    }
    expect(openFds()).toBe(before);
  });
});

describe("readLink", () => {
  it("keeps every byte", () => {
    const link = join(directory, "link");
    symlinkSync(Buffer.from("/a\xff\xc3\xa9", "latin1"), link);
    expect(readLink(link)).toBe("/a\xff\xc3\xa9");
    expect(readLinkBytes(link)).toStrictEqual(Uint8Array.of(0x2f, 0x61, 0xff, 0xc3, 0xa9));
  });

  it("types what the system answers", () => {
    expect(() => readLink(large)).toThrow(expect.objectContaining({ name: "ProcfsError", code: "EINVAL" }));
    expect(() => readLinkBytes(join(directory, "none"))).toThrow(expect.objectContaining({ code: "ENOENT" }));
  });
});
