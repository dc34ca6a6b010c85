import { bytesOf, linesOf } from "./bytes.ts";
import { leastTime } from "./clock.ts";
import type { Target } from "./targets.ts";
import type { Finding } from "./try.ts";

const SMALL = 1 << 12;
const TIMES = 8;
/** Work that grows as the square takes 64 times as long for 8 times the text; linear work less than this, collections and all. */
const TOO_MUCH = 40;
/** How often it has to take too long before that is believed. */
const PROOFS = 3;
/** Below this the clock says little, microseconds. */
const SHORT = 1000;

/** How long a parser takes for eight times as much of a shape. */
export interface Growth {
  readonly target: string;
  readonly shape: string;
  readonly ratio: number;
  readonly microseconds: number;
}

/** The shape that grows worst for a parser, and a finding when it is not linear. */
export function slowestGrowth(target: Target, seed: string): { worst: Growth; finding: Finding | undefined } {
  let worst: Growth = { target: target.name, shape: "none", ratio: 0, microseconds: 0 };
  for (const [shape, make] of shapesOf(seed)) {
    const [small, large] = [bytesOf(make(SMALL)), bytesOf(make(SMALL * TIMES))];
    let growth = measured(target, shape, small, large, 1);
    for (let proof = 0; proof < PROOFS && growth.ratio > TOO_MUCH / 2; proof++) {
      growth = measured(target, shape, small, large, 4);
    }
    if (growth.ratio > worst.ratio) worst = growth;
    if (growth.ratio <= TOO_MUCH) continue;
    const problem = `${TIMES} times the text took ${growth.ratio.toFixed(0)} times as long: "${shape}"`;
    return { worst, finding: { target: target.name, check: "linear time", problem, text: large, seed: 0 } };
  }
  return { worst, finding: undefined };
}

/** Issues are dropped: an array of 30,000 of them costs more than the parser. */
const DROPPED = { onIssue: () => {} };

function parse(target: Target, text: Uint8Array): void {
  try {
    target.parse(text, DROPPED);
  } catch {
    // What is thrown is looked at elsewhere.
  }
}

function measured(target: Target, shape: string, small: Uint8Array, large: Uint8Array, rounds: number): Growth {
  const long = leastTime(() => parse(target, large), rounds);
  // What takes no time for the large text grows in no way that matters.
  if (long < SHORT * TIMES) return { target: target.name, shape, ratio: 0, microseconds: long };
  const short = Math.max(
    SHORT / 2,
    leastTime(() => parse(target, small), rounds + 1),
  );
  return { target: target.name, shape, ratio: long / short, microseconds: long };
}

type Shape = readonly [name: string, make: (size: number) => string];

/** In UTF-8: a joiner, a mark, a letter and a joiner, half a flag, half a family, a tag, a letter with a sign that kills vowels. */
const UNICODE: readonly string[] = [
  "\u200d",
  "\u0301",
  "\u0628\u200d",
  "\u{1f1e6}",
  "\u{1f469}\u200d",
  "\u{e0061}",
  "\u0915\u094d\u200c",
].map((text) => Buffer.from(text, "utf8").toString("latin1"));

/** Texts of any size that a search, a list or a sum in the wrong place makes slow. */
function shapesOf(seed: string): Shape[] {
  const lines = linesOf(seed);
  const head = `${lines.slice(0, 2).join("\n")}\n`;
  const row = lines.at(-1) ?? "";
  const fill = (piece: string, size: number): string => piece.repeat(Math.ceil(size / Math.max(1, piece.length)));
  const plain: Shape[] = [
    "x",
    " ",
    "\t",
    "\n",
    "\0",
    "9",
    ":",
    "=",
    "/",
    "(",
    "a=1 ",
    "1 ",
    "\r\n",
    "\xff",
    ...UNICODE,
  ].map((piece) => [`${JSON.stringify(piece)} again and again`, (size) => fill(piece, size)]);
  const behind: Shape[] = ["1 ", "a=1 ", "x", "9", ":", ",1", "/", " ", "(", "\0"].map((piece) => [
    `${JSON.stringify(piece)} again and again behind a good row`,
    (size) => `${seed.slice(0, SMALL / 4)}${row}${fill(piece, size)}\n`,
  ]);
  const tokens = row.split(/[ \t]+/).length;
  const within: Shape[] = Array.from({ length: Math.min(tokens, 6) }, (_, at) => {
    const parts = row.split(/([ \t]+)/);
    const place = 2 * Math.floor((at * tokens) / Math.min(tokens, 6));
    const put = (size: number): string =>
      parts.map((part, index) => (index === place ? fill(part || "x", size) : part)).join("");
    return [`column ${at * 2 + 1} as long as the text`, (size) => `${head}${put(size)}\n`];
  });
  return [
    ...plain,
    ...behind,
    ...within,
    ["the whole text again and again", (size) => fill(seed, size)],
    ["the first two lines again and again", (size) => fill(head, size)],
    ["the last row again and again", (size) => head + fill(`${row}\n`, size)],
    ["half a row again and again", (size) => head + fill(`${row.slice(0, row.length >> 1)}\n`, size)],
    ["lines of one letter", (size) => head + fill("x\n", size)],
    ["a good text, then lines of one letter", (size) => seed + fill("y\n", size)],
  ];
}
