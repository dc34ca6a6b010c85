/** What a text is compared with. */
export interface Pattern {
  /** Whether a whole text is like the pattern. */
  readonly test: (text: string) => boolean;
}

/**
 * A whole text in which `*` stands for anything and `?` for one character. No regular expression: one with many `.*` may
 * take for ever on a name that somebody else chose.
 *
 * @example
 * ```ts
 * import { globOf } from "procnet/query";
 * globOf("ng*").test("nginx"); // true
 * ```
 */
export function globOf(glob: string): Pattern {
  const wanted = [...glob];
  return { test: (text) => isLike([...text], wanted) };
}

/** Like {@link globOf}, whatever the case of letters: as ss compares paths. */
export function foldedGlobOf(glob: string): Pattern {
  const { test } = globOf(glob.toLowerCase());
  return { test: (text) => test(text.toLowerCase()) };
}

/** Only the last `*` is ever tried again, so that the work is bounded by the product of both lengths. */
function isLike(text: readonly string[], glob: readonly string[]): boolean {
  let at = 0;
  let next = 0;
  let star = -1; // the last `*`, and where what it stands for ends
  let end = 0;
  while (at < text.length) {
    if (glob[next] === "*") {
      star = next++;
      end = at;
    } else if (next < glob.length && (glob[next] === "?" || glob[next] === text[at])) {
      next++;
      at++;
    } else if (star >= 0) {
      next = star + 1;
      at = ++end;
    } else return false;
  }
  while (glob[next] === "*") next++;
  return next === glob.length;
}

/** A part of a text, whatever the case of its letters. */
export function substringOf(part: string): Pattern {
  return new RegExp([...part].map(literal).join(""), "siu");
}

function literal(character: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character;
}
