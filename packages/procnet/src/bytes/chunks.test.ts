import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes } from "../../../../test/support/tables/broken.ts";
import { type ByteSource, Chunks, SHORT } from "./chunks.ts";
import { LONGEST_LINE } from "./regions.ts";
import { latin1 } from "./strings.ts";

/** A source that hands out at most so many bytes a call, leaves the last byte free as all do, and counts the calls. */
function pieces(text: string, sizes: readonly number[]): { source: ByteSource; calls: () => number } {
  const all = bytes(text);
  let at = 0;
  let call = 0;
  const source: ByteSource = (buffer, offset) => {
    const room = buffer.length - 1 - offset;
    const piece = all.subarray(at, at + Math.min(room, sizes[call % sizes.length] ?? room));
    call++;
    buffer.set(piece, offset);
    at += piece.length;
    return piece.length;
  };
  return { source, calls: () => call };
}

/** A source that hands out text already in memory, as much as there is room for. */
function memorySource(text: Uint8Array): ByteSource {
  let at = 0;
  return (buffer, offset) => {
    const piece = text.subarray(at, at + buffer.length - 1 - offset);
    buffer.set(piece, offset);
    at += piece.length;
    return piece.length;
  };
}

/** The regions of a text, each of which must be whole lines. */
function regions(chunks: Chunks): string[] {
  const found: string[] = [];
  while (chunks.next()) found.push(latin1(chunks.bytes, chunks.start, chunks.end));
  return found;
}

const texts = fc.array(fc.stringMatching(/^[a-z ]{0,40}$/)).map((lines) => lines.map((line) => `${line}\n`).join(""));

it("gives every line once, in order and whole, however the text arrives", () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 70 }), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(texts, sizes, fc.integer({ min: 2, max: 100 }), fc.boolean(), (text, steps, room, cut) => {
      const whole = cut ? `${text}tail` : text;
      const chunks = new Chunks(pieces(whole, steps).source, new Uint8Array(room));
      const found = regions(chunks);
      for (const region of found) expect(region.endsWith("\n")).toBe(true);
      expect(found.join("")).toBe(cut ? `${whole}\n` : whole);
      expect(chunks.cut).toBe(cut);
      expect(chunks.next()).toBe(false);
    }),
    { numRuns: 300 },
  );
});

it("gives nothing for an empty text", () => {
  const chunks = new Chunks(() => 0, new Uint8Array(16));
  expect([chunks.next(), chunks.cut, chunks.end]).toEqual([false, false, 0]);
});

it("gives the first page before it asks for more, then ever larger regions", () => {
  const page = `${"x".repeat(99)}\n`.repeat(40);
  const { source, calls } = pieces(page.repeat(64), [page.length]);
  const chunks = new Chunks(source, new Uint8Array(1 << 17));
  const asked: number[] = [];
  const sizes: number[] = [];
  while (chunks.next()) {
    asked.push(calls());
    sizes.push(chunks.end / page.length);
  }
  expect(asked[0]).toBe(1);
  expect(sizes.slice(0, 5)).toEqual([1, 2, 4, 8, 16]);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(64);
});

it("grows for a line longer than its buffer", () => {
  const long = `${"y".repeat(5000)}\nz\n`;
  expect(regions(new Chunks(memorySource(bytes(long)), new Uint8Array(64))).join("")).toBe(long);
});

/** Each region, or the beginning of the line that was left out in its place. */
function parts(chunks: Chunks): string[] {
  const found: string[] = [];
  while (chunks.next()) {
    const { tooLong, bytes: all, start, end } = chunks;
    found.push(tooLong === undefined ? latin1(all, start, end) : `${latin1(tooLong, 0, 3)}...`);
  }
  return found;
}

it("leaves a line out that is too long to be one, and goes on behind it", () => {
  for (const length of [LONGEST_LINE + 1, LONGEST_LINE * 2, LONGEST_LINE * 3, LONGEST_LINE * 5 + 7]) {
    for (const room of [64, 1 << 16, LONGEST_LINE]) {
      const text = bytes(`a\n${"y".repeat(length)}\nb\n`);
      const chunks = new Chunks(memorySource(text), new Uint8Array(room));
      expect(parts(chunks).join("|")).toBe("a\n|yyy...|b\n");
      expect([chunks.endless, chunks.cut]).toEqual([false, false]);
    }
  }
  expect(parts(new Chunks(memorySource(bytes("y".repeat(LONGEST_LINE * 3))), new Uint8Array(64)))).toEqual(["yyy..."]);
});

it("reads the longest line, with its newline and without", () => {
  const longest = "y".repeat(LONGEST_LINE);
  for (const room of [64, 1 << 16, LONGEST_LINE]) {
    expect(parts(new Chunks(memorySource(bytes(`a\n${longest}\nb\n`)), new Uint8Array(room))).join("")).toBe(
      `a\n${longest}\nb\n`,
    );
    expect(parts(new Chunks(memorySource(bytes(longest)), new Uint8Array(room)))).toEqual([`${longest}\n`]);
    expect(parts(new Chunks(memorySource(bytes(`${longest}y`)), new Uint8Array(room)))).toEqual(["yyy..."]);
  }
});

it("gives up a line without an end, and what may follow it", () => {
  const endless: ByteSource = (buffer, offset) => buffer.fill(0x61, offset, -1).length - 1 - offset;
  const chunks = new Chunks(endless, new Uint8Array(LONGEST_LINE));
  expect(parts(chunks)).toEqual(["aaa..."]);
  expect(chunks.endless).toBe(true);
});

it("hands out text in memory", () => {
  fc.assert(
    fc.property(texts, fc.integer({ min: 2, max: 50 }), (text, room) => {
      expect(regions(new Chunks(memorySource(bytes(text)), new Uint8Array(room))).join("")).toBe(text);
    }),
    { numRuns: 100 },
  );
});

/** As the kernel prints rows of 150 bytes by seq_read: as many whole ones a call as fit a page and were asked for. */
function printed(rows: number): { source: ByteSource; calls: () => number; text: string } {
  const text = Array.from({ length: rows }, (_, row) => `${`${row}: `.padEnd(149, "x")}\n`).join("");
  const all = bytes(text);
  let at = 0;
  let calls = 0;
  const source: ByteSource = (buffer, offset) => {
    calls++;
    const room = Math.min(4096, buffer.length - 1 - offset);
    const piece = all.subarray(at, at + (room < 4096 ? room : Math.floor(room / 150) * 150));
    buffer.set(piece, offset);
    at += piece.length;
    return piece.length;
  };
  return { source, calls: () => calls, text };
}

it("takes a short call for the end where that is one, and asks no more", () => {
  for (let rows = 0; rows < 90; rows++) {
    for (const room of [1000, 5000, 1 << 16]) {
      const { source, text, calls } = printed(rows);
      const chunks = new Chunks(source, new Uint8Array(room), () => true);
      expect(regions(chunks).join("")).toBe(text);
      expect(chunks.isOver).toBe(true);
      // Of the pages, and one more where the last one was full, or nearly so.
      const left = (rows % 27) * 150;
      const most = Math.floor(rows / 27) + (left > 0 && left < 4096 - 512 ? 1 : 2);
      if (room === 1 << 16) expect(calls()).toBe(rows === 0 ? 1 : Math.max(1, most - (left === 0 ? 1 : 0)));
    }
  }
});

it("takes a call for short that gives less than a page without the longest record, and no other", () => {
  for (const [first, isEnd] of [
    [SHORT - 1, true],
    [SHORT, false],
  ] as const) {
    const { source } = pieces(`${"x".repeat(first - 1)}\nrest\n`, [first]);
    const found = regions(new Chunks(source, new Uint8Array(1 << 16), () => true));
    expect(found.join("").endsWith("rest\n")).toBe(!isEnd);
  }
});

it("asks once whether a short call is the end, and believes a no", () => {
  let asked = 0;
  const { source } = pieces("a\nb\nc\n", [2]);
  const chunks = new Chunks(source, new Uint8Array(1 << 16), () => {
    asked++;
    return false;
  });
  expect(regions(chunks).join("")).toBe("a\nb\nc\n");
  expect(asked).toBe(1);
});
