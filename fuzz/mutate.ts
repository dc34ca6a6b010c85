import { linesOf } from "./bytes.ts";
import { type Choices, pick } from "./choices.ts";
import { LINE_ENDS, LINES, NUMBERS, SEPARATORS, WORDS } from "./hostile.ts";

/** The longest input: what takes long is looked for apart. */
const LONGEST = 4096;
/** Lines that a good text is cut to, most times: small inputs are fast, and small findings are clear. */
const FEW_LINES = 6;

/** Where a mutated text comes from. */
export interface Soil {
  /** Good texts of the parser. */
  readonly own: readonly string[];
  /** Texts of all files. */
  readonly all: readonly string[];
}

/** A good text, changed in a few places by its structure: tokens, numbers, columns, lines, headers. */
export function mutated(soil: Soil, choices: Choices): string {
  const own = soil.own.length > 0 && choices.below(16) > 0 ? soil.own : soil.all;
  let text = fewLines(pick(choices, own), choices);
  for (let changes = changeCount(choices); changes > 0; changes--) text = pick(choices, CHANGES)(text, choices, soil);
  return text.slice(0, LONGEST);
}

/** None in one of sixteen: good texts have properties too. */
function changeCount(choices: Choices): number {
  return choices.below(16) === 0 ? 0 : 1 + (choices.below(8) === 0 ? choices.below(8) : choices.below(3));
}

function fewLines(text: string, choices: Choices): string {
  const lines = linesOf(text);
  if (lines.length <= FEW_LINES || choices.below(8) === 0) return text;
  const header = 1 + choices.below(3);
  const from = choices.below(lines.length);
  const kept = [
    ...lines.slice(0, header),
    ...lines.slice(Math.max(header, from), Math.max(header, from) + FEW_LINES - 2),
  ];
  return `${kept.join("\n")}\n`;
}

type Change = (text: string, choices: Choices, soil: Soil) => string;

/** Changes a line, chosen so that the first ones, where headers are, come often. */
function inLine(change: (line: string, choices: Choices, soil: Soil) => string): Change {
  return (text, choices, soil) => {
    const lines = text.split("\n");
    const at = choices.below(4) === 0 ? choices.below(Math.min(3, lines.length)) : choices.below(lines.length);
    lines[at] = change(lines[at]!, choices, soil);
    return lines.join("\n");
  };
}

/** Changes a token: what lies between blanks, or between colons and the like. */
function inToken(change: (token: string, choices: Choices, soil: Soil) => string): Change {
  return inLine((line, choices, soil) => {
    const parts = choices.below(2) === 0 ? line.split(/([ \t]+)/) : line.split(/([ \t:=/,|[\]().]+)/);
    const at = 2 * choices.below((parts.length + 1) >> 1);
    parts[at] = change(parts[at]!, choices, soil);
    return parts.join("");
  });
}

const aNumber: Change = inToken((_token, choices) => pick(choices, NUMBERS));

/** A digit put in, taken out, or turned, so that widths change by little. */
const aDigit: Change = inToken((token, choices) => {
  const at = choices.below(token.length + 1);
  const digit = pick(choices, ["0", "1", "9", "f", "F", "-", "g"]);
  return token.slice(0, at) + (choices.below(3) === 0 ? "" : digit) + token.slice(at + choices.below(2));
});

const CHANGES: readonly Change[] = [
  aNumber,
  aNumber,
  aNumber,
  aDigit,
  aDigit,
  inToken((_token, choices) => pick(choices, WORDS)),
  inToken((token, choices) => token + pick(choices, WORDS)),
  inToken((token, choices) => pick(choices, WORDS) + token),
  inToken(() => ""),
  inToken((token) => `${token} ${token}`),
  // A token of another file.
  inToken((token, choices, soil) => pick(choices, pick(choices, soil.all).split(/[ \t\n]+/)) || token),
  // Columns swapped, doubled, dropped, cut off.
  inLine((line, choices) => {
    const parts = line.split(/([ \t]+)/);
    const [a, b] = [2 * choices.below((parts.length + 1) >> 1), 2 * choices.below((parts.length + 1) >> 1)];
    [parts[a], parts[b]] = [parts[b]!, parts[a]!];
    return parts.join("");
  }),
  inLine((line, choices) => line.slice(0, choices.below(line.length + 1))),
  inLine((line, choices) => line.slice(choices.below(line.length + 1))),
  inLine((line, choices) => `${line} ${pick(choices, NUMBERS)}`),
  inLine((line, choices) => `${line}${pick(choices, WORDS)}`),
  inLine((line, choices) => {
    const parts = line.split(/([ \t:=/,|]+)/);
    const at = 1 + 2 * choices.below(Math.max(1, parts.length >> 1));
    if (at < parts.length) parts[at] = pick(choices, SEPARATORS);
    return parts.join("");
  }),
  inLine((line, choices) => line.replaceAll(/[ \t]+/g, pick(choices, [" ", "\t", "  ", "\t\t"]))),
  inLine((line, choices) => line + pick(choices, LINE_ENDS)),
  (text, choices) => text.replaceAll("\n", pick(choices, LINE_ENDS)),
  (text, choices) => text.slice(0, choices.below(text.length + 1)),
  (text, choices) => {
    const at = choices.below(text.length + 1);
    return text.slice(0, at) + String.fromCharCode(choices.below(256)) + text.slice(at + choices.below(2));
  },
  lineChange((lines, at) => lines.splice(at, 0, lines[at]!)),
  lineChange((lines, at) => lines.splice(at, 1)),
  lineChange((lines, at, choices) => lines.splice(at, 2, lines.slice(at, at + 2).join(pick(choices, ["", " "])))),
  lineChange((lines, at) => lines.splice(at, 2, ...lines.slice(at, at + 2).reverse())),
  lineChange((lines, at, choices) => lines.splice(at, 0, pick(choices, LINES))),
  lineChange((lines, at, choices) => lines.splice(at, 0, ...Array<string>(1 + choices.below(30)).fill(lines[at]!))),
  lineChange((lines) => lines.splice(0, 1)),
  lineChange((lines, at, choices, soil) => lines.splice(at, 0, pick(choices, pick(choices, soil.all).split("\n")))),
  // Two files in one.
  (text, choices, soil) => text + pick(choices, soil.own.length > 0 ? soil.own : soil.all),
];

function lineChange(change: (lines: string[], at: number, choices: Choices, soil: Soil) => unknown): Change {
  return (text, choices, soil) => {
    const lines = linesOf(text);
    if (lines.length === 0) return text;
    change(lines, choices.below(lines.length), choices, soil);
    return `${lines.join("\n")}\n`;
  };
}
