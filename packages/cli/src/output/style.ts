import { styleText } from "node:util";
import type { Style } from "procnet/view";
import type { Io } from "../io.ts";

/** Puts a style on a text, or leaves it as it is where no colour is wanted. */
export type Paint = (style: Style, text: string) => string;

export type ColorChoice = "auto" | "always" | "never";

/**
 * Whether to colour: `--color` decides, then FORCE_COLOR (as in Node, before NO_COLOR), then NO_COLOR (https://no-color.org),
 * then whether the output is a terminal that is not dumb.
 */
export function wantsColor(choice: ColorChoice, io: Pick<Io, "env" | "columns">): boolean {
  if (choice !== "auto") return choice === "always";
  const { FORCE_COLOR, NO_COLOR, TERM } = io.env;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  if (NO_COLOR !== undefined && NO_COLOR !== "") return false;
  return io.columns !== undefined && TERM !== "dumb";
}

/** The decision was made above, so Node is told not to make its own by looking at its stdout. */
export function painter(color: boolean): Paint {
  return color ? (style, text) => styleText(style, text, { validateStream: false }) : (_style, text) => text;
}
