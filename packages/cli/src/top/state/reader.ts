import type { Key } from "../terminal/keys.ts";
import { placeAfter } from "./move.ts";
import type { Mode, TopState } from "./state.ts";

const LEAVING: ReadonlySet<string> = new Set(["escape", "return", "q", "?", "h", "backspace"]);

/** A key while a text is read. */
export function pressInText(
  state: TopState,
  { name }: Key,
  mode: Extract<Mode, { readonly kind: "text" }>,
  { textLines, height }: { readonly textLines: number; readonly height: number },
): TopState {
  if (LEAVING.has(name)) return { ...state, mode: { kind: "table" } };
  const page = name === " " ? "pagedown" : name;
  const to = name === "end" ? textLines : placeAfter(page, mode.first, textLines, Math.max(1, height - 1));
  if (to === undefined) return state;
  const last = Math.max(0, textLines - height);
  return { ...state, mode: { ...mode, first: Math.max(0, Math.min(last, to)) } };
}
