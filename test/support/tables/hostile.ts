import { latin1Bytes } from "../../../packages/procnet/src/bytes/strings.ts";

/*
 * Texts of a given size that an attacker would try: what makes a reader look at the same bytes again and again, or keep and
 * copy ever longer lists. Each is made of a good text of the file, so that it reaches behind the first check.
 */

/** A good text of a file. */
export interface Seed {
  readonly header: string;
  readonly rows: string;
}

/** A way to make a text of about so many bytes. */
export interface Shape {
  readonly name: string;
  readonly make: (size: number) => Uint8Array;
}

/** What a long line is filled with: words, keys, separators, numbers, and what escapes. */
const FILLS = [
  "1 ",
  "a ",
  "a=b ",
  "a: ",
  "1:",
  "00000000 ",
  "src=1 ",
  "1.",
  "1,",
  "1/",
  "[",
  "(",
  "-",
  "\\\\",
  "\\040",
  "#",
  "@",
];
const LONE = ["a", "9", "f", " ", "\t", "\0", "\r", ":", "=", "\u00e2", "0x"];
const LINES = ["", " ", "\t", "\0", "\r", "a", "a:", "a: 1", "a 1", "1 1", " 1", "\ta", "a=1", ":", "0::/a"];

/** Shapes for a file: those that found something once, or with `all` whatever comes to mind. */
export function shapesOf(seed: Seed, all = false): Shape[] {
  const lines = (seed.header + seed.rows).split("\n").slice(0, -1);
  const rows = seed.rows.split("\n").slice(0, -1);
  return [...oneLine(seed, rows, all ? 3 : 1), ...manyLines(seed, rows, lines, all ? 3 : 1), ...wideTables(seed, rows)];
}

function filled(unit: string, size: number): string {
  return unit.repeat(Math.max(1, Math.ceil(size / unit.length)));
}

/** Pieces with a number in each, so that no two are equal. */
function numbered(piece: (at: number) => string, size: number): string {
  const pieces: string[] = [];
  for (let length = 0, at = 0; length < size; at++) {
    const next = piece(at);
    pieces.push(next);
    length += next.length;
  }
  return pieces.join("");
}

function shape(name: string, make: (size: number) => string): Shape {
  return { name, make: (size) => latin1Bytes(make(size)) };
}

function distinct(texts: readonly string[], most: number): string[] {
  const all = [...new Set(texts)];
  const step = Math.ceil(all.length / most);
  return all.filter((_, at) => at % step === 0);
}

/** One long line: alone, behind the header, behind a good row. */
function oneLine({ header, rows: text }: Seed, rows: readonly string[], more: number): Shape[] {
  const shapes = [...LONE, ...FILLS].map((unit) =>
    shape(`one line of ${JSON.stringify(unit)}`, (size) => `${header}${filled(unit, size)}\n`),
  );
  for (const row of distinct(rows, more)) {
    const quoted = JSON.stringify(row.slice(0, 24));
    for (const unit of [...FILLS, "a", "9", " "]) {
      shapes.push(
        shape(`${quoted} ... and ${JSON.stringify(unit)}`, (size) => `${header}${row} ${filled(unit, size)}\n`),
      );
    }
    shapes.push(shape(`${quoted} as one line`, (size) => `${header}${filled(`${row} `, size)}\n`));
    const cut = row.slice(0, Math.floor(row.length / 2));
    for (const unit of ["1 ", "a", "9", ":"]) {
      shapes.push(
        shape(`half of ${quoted} and ${JSON.stringify(unit)}`, (size) => `${header}${cut}${filled(unit, size)}\n`),
      );
    }
  }
  for (const word of distinct((header + text).split(/[ \t\n]+/).filter(Boolean), 4 * more)) {
    shapes.push(shape(`one line of ${JSON.stringify(word)}`, (size) => `${header}${filled(`${word} `, size)}\n`));
  }
  return shapes;
}

function manyLines(
  { header, rows: text }: Seed,
  rows: readonly string[],
  lines: readonly string[],
  more: number,
): Shape[] {
  const shapes = LINES.map((line) =>
    shape(`lines of ${JSON.stringify(line)}`, (size) => header + filled(`${line}\n`, size)),
  );
  shapes.push(shape("the text again and again", (size) => filled(header + text, size)));
  shapes.push(shape("the rows again and again", (size) => header + filled(text, size)));
  shapes.push(shape("no newline at the end", (size) => header + filled(text, size).slice(0, -1)));
  for (const line of distinct(lines, 2 * more)) {
    shapes.push(shape(`lines of ${JSON.stringify(line.slice(0, 24))}`, (size) => header + filled(`${line}\n`, size)));
    shapes.push(
      shape(
        `numbered lines of ${JSON.stringify(line.slice(0, 24))}`,
        (size) => header + numbered((at) => `${line.replace(/[a-z]+/i, `$&${at}`)}\n`, size),
      ),
    );
  }
  for (const [at, line] of lines.entries()) {
    if (at % Math.ceil(lines.length / (2 * more)) !== 0) continue;
    const next = lines[at + 1] ?? "";
    shapes.push(
      shape(`lines ${at + 1} and ${at + 2} again and again`, (size) => header + filled(`${line}\n${next}\n`, size)),
    );
  }
  for (const row of distinct(rows, more)) {
    shapes.push(
      shape(
        `${JSON.stringify(row.slice(0, 24))} and lines of "x"`,
        (size) => `${header}${row}\n${filled("x\n", size)}`,
      ),
    );
  }
  shapes.push(shape("numbered keys", (size) => header + numbered((at) => `k${at}: ${at}\n`, size)));
  shapes.push(shape("numbered words", (size) => header + numbered((at) => `k${at} ${at}\n`, size)));
  shapes.push(shape("numbered pairs", (size) => header + numbered((at) => `K${at}: a\nK${at}: 1\n`, size)));
  return shapes;
}

/** A header of many names, and rows as wide. */
function wideTables({ header, rows: text }: Seed, rows: readonly string[]): Shape[] {
  const first = header.split("\n")[0] ?? "";
  const row = rows[0] ?? "";
  const others = header.slice(first.length + 1);
  const wide = (half: number, names: string, values: string): string =>
    `${first} ${names.slice(0, half)}\n${others}${row} ${values.slice(0, half)}\n`;
  return [
    shape("a header of many names", (size) => `${first} ${numbered((at) => `n${at} `, size)}\n${others}${text}`),
    shape("a header of many names, rows as wide", (size) =>
      wide(
        size / 2,
        numbered((at) => `n${at} `, size),
        filled("1 ", size),
      ),
    ),
    shape("a header of many names, many rows", (size) => {
      const names = numbered((at) => `n${at} `, Math.sqrt(size));
      return `${first} ${names}\n${others}${filled(`${row} ${filled("1 ", names.length)}\n`, size)}`;
    }),
    shape(
      "pairs of many names",
      (size) => `Tcp: ${numbered((at) => `n${at} `, size / 2)}\nTcp: ${filled("1 ", size / 3)}\n`,
    ),
    shape("names in blanks", (size) => `${first}${filled(" ", size)}x\n${others}${text}`),
  ];
}

/** What a parser does with a text; whatever it throws is its answer. */
export type Run = (text: Uint8Array) => void;

/** How the time grows with the text: about 1 for what is linear, 2 for what is quadratic. The shortest of the runs counts. */
export function growth(run: Run, { make }: Shape, small: number, large: number, runs: number): Growth {
  const less = make(small);
  const more = make(large);
  const shortest = (text: Uint8Array): number => {
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < runs; round++) best = Math.min(best, took(run, text));
    return best;
  };
  const milliseconds = shortest(more);
  return { exponent: Math.log(milliseconds / shortest(less)) / Math.log(more.length / less.length), milliseconds };
}

/** Whether a small text already takes long, and far longer than a tiny one: then {@link growth} looks closer. */
export function isSuspect(run: Run, shape: Shape): boolean {
  if (took(run, shape.make(SMALL)) < NOTHING) return false;
  const { exponent, milliseconds } = growth(run, shape, SMALL >> 3, SMALL, 1);
  return milliseconds >= NOTHING && exponent > 1.3;
}

const SMALL = 1 << 14;
/** Milliseconds that say nothing of growth. */
const NOTHING = 1.5;

/** How time grows. */
export interface Growth {
  readonly exponent: number;
  /** Of the larger text. */
  readonly milliseconds: number;
}

/** Milliseconds of the processor in one run: what others do on the machine does not count. */
function took(run: Run, text: Uint8Array): number {
  const start = process.cpuUsage();
  run(text);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
