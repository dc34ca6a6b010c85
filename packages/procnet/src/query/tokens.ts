import { FilterError } from "./filter-error.ts";

/** A piece of a filter, and where it begins. */
export interface Token {
  readonly kind: "word" | "operator" | "(" | ")" | "end";
  readonly text: string;
  readonly at: number;
}

/** Longer ones first. */
const OPERATORS = ["==", "!=", "<=", ">=", "&&", "||", "=", "<", ">", "~", "!", "&", "|"] as const;
const SPACE = /[ \t\n]/;
/** What ends a word that is not quoted. */
const ENDS = /[ \t\n()=<>!~&|"']/;

/** Cuts a filter into words, operators and parentheses. A word in quotes may hold anything. */
export function tokens(text: string): Token[] {
  const found: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const character = text[at]!;
    if (SPACE.test(character)) at++;
    else if (character === "(" || character === ")") found.push({ kind: character, text: character, at: at++ });
    else if (character === '"' || character === "'") {
      const end = text.indexOf(character, at + 1);
      if (end < 0) throw new FilterError(text, at, "this quote is not closed");
      found.push({ kind: "word", text: text.slice(at + 1, end), at });
      at = end + 1;
    } else {
      const operator = OPERATORS.find((candidate) => text.startsWith(candidate, at));
      const word = operator ?? wordAt(text, at);
      found.push({ kind: operator === undefined ? "word" : "operator", text: word, at });
      at += word.length;
    }
  }
  found.push({ kind: "end", text: "", at: text.length });
  return found;
}

function wordAt(text: string, at: number): string {
  let end = at;
  while (end < text.length && !ENDS.test(text[end]!)) end++;
  return text.slice(at, end);
}
