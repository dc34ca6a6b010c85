import type { Paint } from "../../output/style.ts";

/** How things stand out on this terminal. */
export interface Look {
  readonly paint: Paint;
  /** The selected row: in reverse where there are colours. A sign in front of it says the same. */
  readonly inverse: (text: string) => string;
  readonly isAscii: boolean;
}

export function lookOf(paint: Paint, isAscii: boolean): Look {
  const isPlain = paint("bold", "x") === "x";
  return { paint, inverse: (text) => (isPlain ? text : `\x1b[7m${text}\x1b[27m`), isAscii };
}

/** Whether the terminal can be sent other characters than those of ASCII, by its locale. */
export function isUtf8({ LC_ALL, LC_CTYPE, LANG }: Readonly<Record<string, string | undefined>>): boolean {
  return /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || "");
}
