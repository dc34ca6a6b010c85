import type { Key } from "../terminal/keys.ts";
import type { TopState } from "./state.ts";

/** Keys that do something with the rows or columns that are shown. */
const WITH_ROWS: ReadonlySet<string> = new Set([
  ...["up", "down", "pageup", "pagedown", "home", "end"],
  ...["return", "k", "e", "s", "o", "r"],
]);

/** Whether a key is meant for rows: where those that were asked for are not there yet, it would hit others. */
export function waitsForRows({ mode }: TopState, { name }: Key): boolean {
  return mode.kind === "table" && WITH_ROWS.has(name);
}
