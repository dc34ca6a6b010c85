import { escapeText } from "procnet";

/*
 * The one place where text that others chose (program names, paths, interfaces, control groups) becomes fit to be shown.
 * Tables, CSV and JSON all pass through here, so no command escapes anything by itself.
 */

/** A cell of a table before it is shown. Bytes are text that need not be UTF-8. */
export type Cell = string | number | bigint | boolean | Uint8Array | undefined;

const PLAIN = /^[\x20-\x5b\x5d-\x7e]*$/;

/** Foreign text made visible: what could steer a terminal or hide becomes `\xNN` or `\u{NNNN}`, a backslash `\\`. */
export function safe(cell: Cell): string {
  if (cell === undefined) return "";
  if (typeof cell === "object") return safeBytes(cell);
  const text = String(cell);
  return PLAIN.test(text) ? text : escapeText(text);
}

/** Like {@link safe} for messages, in which backslashes are already meant: they stay single. */
export function visible(text: string): string {
  return PLAIN.test(text) ? text : escapeText(text).replaceAll("\\\\", "\\");
}

/** Bytes that are no UTF-8 become `\xNN`, one by one; the rest is text. */
function safeBytes(bytes: Uint8Array): string {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let text = "";
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes[at]!);
    try {
      text += safe(decoder.decode(bytes.subarray(at, at + length)));
      at += length;
    } catch {
      text += `\\x${bytes[at]!.toString(16).padStart(2, "0")}`;
      at++;
    }
  }
  return text;
}

/** How many bytes a character has that begins with this one. */
function sequenceLength(first: number): number {
  if (first < 0xc0) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}

/** Characters that JSON lets through as they are and a terminal does not show: JSON can write them as `\uNNNN`. */
const HIDDEN =
  /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]/g;

/** JSON of any value, the same when parsed, and safe to print. Bytes become hexadecimal, maps become objects. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, plain) ?? "null";
  return text.replace(HIDDEN, (characters) => {
    let escaped = "";
    for (let at = 0; at < characters.length; at++) {
      escaped += `\\u${characters.charCodeAt(at).toString(16).padStart(4, "0")}`;
    }
    return escaped;
  });
}

function plain(_key: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("hex");
  if (value instanceof Map) return Object.fromEntries(value);
  if (value instanceof Set) return [...value];
  return typeof value === "bigint" ? value.toString() : value;
}
