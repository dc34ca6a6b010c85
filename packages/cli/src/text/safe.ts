import { escapeText } from "procnet";
import type { Cell } from "procnet/view";

/*
 * The one place where text that others chose (program names, paths, interfaces, control groups) becomes fit to be shown.
 * Tables and CSV pass through here, and JSON through `jsonText` of the library, so no command escapes anything by itself.
 */

export type { Cell } from "procnet/view";

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

/** Bytes that are no UTF-8 become `\xNN`, one by one; what is between them is text, and is looked at as a whole. */
function safeBytes(bytes: Uint8Array): string {
  let shown = "";
  for (let at = 0; at < bytes.length; ) {
    const end = textEnd(bytes, at);
    shown += safe(UTF8.decode(bytes.subarray(at, end)));
    if (end < bytes.length) shown += `\\x${bytes[end]!.toString(16).padStart(2, "0")}`;
    at = end + 1;
  }
  return shown;
}

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Where the text that begins here ends: at the first byte that belongs to no character. */
function textEnd(bytes: Uint8Array, start: number): number {
  let at = start;
  while (at < bytes.length) {
    const end = at + sequenceLength(bytes[at]!);
    if (end > at + 1 && !isCharacter(bytes.subarray(at, end))) return at;
    if (end === at + 1 && bytes[at]! > 0x7f) return at;
    at = end;
  }
  return at;
}

function isCharacter(bytes: Uint8Array): boolean {
  try {
    UTF8.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** How many bytes a character has that begins with this one. */
function sequenceLength(first: number): number {
  if (first < 0xc0) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}
