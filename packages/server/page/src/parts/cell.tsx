import type { JSX } from "preact";
import { type Column, escapeText, type Style } from "procnet/view";

const decoder = new TextDecoder();

/** What stands in a cell; everything in it was perhaps chosen by somebody, so what hides is made visible. */
export function cellText<Row>({ value }: Column<Row>, row: Row): string {
  const cell = value(row);
  if (cell === undefined) return "";
  if (typeof cell === "string") return escapeText(cell);
  if (cell instanceof Uint8Array) return escapeText(decoder.decode(cell));
  return typeof cell === "boolean" ? (cell ? "yes" : "no") : String(cell);
}

/** What of terminals' colours is what on the page. */
const STYLES: Readonly<Record<Style, string>> = {
  bold: "is-bold",
  dim: "is-dim",
  red: "is-crit",
  yellow: "is-warn",
  green: "is-ok",
  cyan: "is-established",
  magenta: "is-syn",
};

/** The class of a state, by its word. */
export function stateClass(state: string): string {
  if (state === "LISTEN") return "is-listen";
  if (state === "ESTABLISHED" || state === "CONNECTED") return "is-established";
  if (state === "CLOSE_WAIT") return "is-close-wait";
  if (state === "TIME_WAIT" || state === "UNCONN") return "is-time-wait";
  if (state.startsWith("SYN_") || state === "NEW_SYN_RECV") return "is-syn";
  return "is-closing";
}

/** Columns that look as their text says. */
const LOOKS: ReadonlyMap<string, (text: string) => string> = new Map([
  ["state", stateClass],
  ["change", () => "is-mark"],
]);

/** A cell; of a text with an end that must be read, such as a port, only what is before that end gives way. */
export function Cell<Row>({ column, row }: { readonly column: Column<Row>; readonly row: Row }): JSX.Element {
  const text = cellText(column, row);
  const style = column.style?.(row);
  const look = LOOKS.get(column.key)?.(text) ?? (style === undefined ? "" : STYLES[style]);
  const side = column.align === "right" ? "right" : "";
  const end = column.keep?.exec(text)?.[0] ?? "";
  const start = text.slice(0, text.length - end.length);
  return (
    <td class={`${side} ${look}`.trim()} title={text.length > 24 ? text : undefined}>
      {end === "" || start === "" ? (
        text
      ) : (
        <span class="cut" style={{ "--kept": `${end.length}ch` }}>
          <span>{start}</span>
          <span>{end}</span>
        </span>
      )}
    </td>
  );
}
