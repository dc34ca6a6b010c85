import { rowWindow } from "procnet/view";
import { cut, pad } from "../../text/width.ts";
import type { Mode } from "../state/state.ts";
import type { Listing } from "../table/listing.ts";
import type { Size } from "../terminal/painter.ts";
import type { Look } from "./paint.ts";

/** The columns of a view, of which one is chosen to sort by, or which ones are shown; those with room are `drawn`. */
export function pickerLines(
  { kind, at }: Extract<Mode, { readonly at: number }>,
  { columns: all, shown, order }: Listing,
  { columns, rows }: Size,
  { look: { paint, inverse }, drawn }: { readonly look: Look; readonly drawn: ReadonlySet<string> },
): string[] {
  const entries = all.map(({ key, title }) => {
    if (kind === "columns") {
      const isShown = shown.includes(key);
      return `[${isShown ? "x" : " "}] ${title}${isShown && !drawn.has(key) ? "  (no room, or nothing in it)" : ""}`;
    }
    const sign = order?.key !== key ? "   " : order.isDescending ? "(↓)" : "(↑)";
    return `${sign} ${title}`;
  });
  if (kind === "sort") entries.unshift(`${order === undefined ? "(=)" : "   "} in the usual order`);
  const window = rowWindow({ total: entries.length, room: rows - 1, first: 0, selected: at });
  const title = kind === "sort" ? "Sort by" : "Columns";
  const lines = entries.slice(window.first, window.first + window.count).map((entry, place) => {
    const isSelected = window.first + place === at;
    const text = cut(`${isSelected ? "▸" : " "} ${entry}`, columns);
    return isSelected ? inverse(pad(text, columns, "left")) : text;
  });
  return [paint("bold", title), ...lines];
}
