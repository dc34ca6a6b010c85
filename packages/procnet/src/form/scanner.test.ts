import { expect, it } from "vitest";
import { Chunks } from "../bytes/chunks.ts";
import { FOLLOWED, LONGEST_LINE } from "../bytes/regions.ts";
import type { ProcfsIssue } from "../errors.ts";
import { LineScanner, scanChunks, scanText } from "./scanner.ts";

/* A text in memory is cut into regions in its own way; what is read in a file is the authority. */

interface Seen {
  readonly rows: readonly (readonly [line: number, length: number])[];
  readonly issues: readonly (readonly [code: string, line: number | undefined])[];
}

function reading(
  read: (scanner: LineScanner<readonly [number, number]>) => readonly (readonly [number, number])[],
): Seen {
  const issues: [string, number | undefined][] = [];
  const onIssue = ({ code, line }: ProcfsIssue): void => {
    issues.push([code, line]);
  };
  const scanner = new LineScanner(
    { headers: [], row: (line): readonly [number, number] => [line.number, line.end - line.start] },
    { onIssue },
  );
  return { rows: read(scanner), issues };
}

const inMemory = (text: Uint8Array): Seen => reading((scanner) => scanText(scanner, text));

function inFile(text: Uint8Array): Seen {
  let at = 0;
  const source = (buffer: Uint8Array, offset: number): number => {
    const piece = text.subarray(at, at + buffer.length - 1 - offset);
    buffer.set(piece, offset);
    at += piece.length;
    return piece.length;
  };
  return reading((scanner) => scanChunks(scanner, new Chunks(source, new Uint8Array(1 << 16))));
}

/** Lines of so many bytes each. */
function lines(lengths: readonly number[], isCut: boolean): Uint8Array {
  const text = new Uint8Array(lengths.reduce((sum, length) => sum + length + 1, 0)).fill(0x79);
  let end = 0;
  for (const length of lengths) {
    end += length + 1;
    text[end - 1] = 0x0a;
  }
  return isCut ? text.subarray(0, -1) : text;
}

it.each([-2, -1, 0, 1, 2])(
  "reads in memory what it reads in a file, with a line of the longest and %i bytes",
  (more) => {
    for (const isCut of [false, true]) {
      for (const lengths of [
        [LONGEST_LINE + more],
        [7, LONGEST_LINE + more],
        [LONGEST_LINE + more, 7],
        [7, LONGEST_LINE + more, 7, 7],
      ]) {
        const text = lines(lengths, isCut);
        const found = inMemory(text);
        expect(found).toEqual(inFile(text));
        expect(found.rows).toHaveLength(lengths.filter((length) => length <= LONGEST_LINE).length);
      }
    }
  },
);

it("loses no line where two regions meet", () => {
  for (const more of [-1, 0, 1]) {
    const lengths = [LONGEST_LINE / 2 - 1, LONGEST_LINE / 2 + more, 9, LONGEST_LINE - 11 + more, 0x20, LONGEST_LINE, 3];
    const { rows, issues } = inMemory(lines(lengths, false));
    expect(rows).toEqual(lengths.map((length, at) => [at + 1, length]));
    expect(issues).toEqual([]);
  }
});

it("hands on bytes that share no memory with pieces of a Buffer", () => {
  const text = Buffer.from("abc\n");
  const [row] = scanText(new LineScanner({ headers: [], row: ({ bytes }) => bytes.slice(0, 1) }, {}), text);
  text[0] = 0x7a;
  expect(row).toEqual(Uint8Array.of(0x61));
});

it("gives up a line that does not end within reach, and what follows it, as in a file", () => {
  const text = new Uint8Array(FOLLOWED + 3 * LONGEST_LINE);
  text.set([0x61, 0x0a]);
  text.set([0x0a, 0x62, 0x0a], text.length - 3);
  for (const found of [inMemory(text), inFile(text)]) {
    expect(found).toEqual({
      rows: [[1, 1]],
      issues: [["ERR_PARSE", 2]],
    });
  }
});
