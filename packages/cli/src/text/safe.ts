import { escapeText } from "procnet";
import type { Cell } from "procnet/view";

/*
 * The one place where text that others chose (program names, paths, interfaces, control groups) becomes fit to be shown.
 * Tables, CSV and JSON all pass through here, so no command escapes anything by itself.
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

const PRINTABLE = /^[\x20-\x7e]*$/;

/** What is not ASCII or not printable in JSON, with the character before it: a letter may have marks. A quote has none. */
const FOREIGN = /[\x20!\x23-\x5b\x5d-\x7e]?[^\x20-\x7e]+/g;

/** What `escapeText` writes for a character. */
const WRITTEN = /\\x([0-9a-f]{2})|\\u\{([0-9a-f]+)\}/g;

/**
 * JSON of any value, the same when parsed, and safe to print: what text would show escaped is `\uNNNN` here. Bytes become
 * hexadecimal, maps become objects.
 */
export function jsonText(value: unknown): string {
  // A function to ask about each value takes more than half of the time, and few rows have one that needs it.
  const text = (isPlain(value) ? JSON.stringify(value) : JSON.stringify(value, plain)) ?? "null";
  if (PRINTABLE.test(text)) return text;
  return text.replace(FOREIGN, (characters) =>
    safe(characters).replace(WRITTEN, (_, byte: string | undefined, point: string) =>
      unitsOf(Number.parseInt(byte ?? point, 16)),
    ),
  );
}

function unitsOf(codePoint: number): string {
  let units = "";
  for (const unit of String.fromCodePoint(codePoint).split("")) {
    units += `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  }
  return units;
}

/** Whether JSON has a form for all that is in a value. */
function isPlain(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return typeof value !== "bigint";
  if (Array.isArray(value)) return value.every(isPlain);
  if (value instanceof Uint8Array || value instanceof Map || value instanceof Set) return false;
  for (const key in value) if (!isPlain(value[key as keyof typeof value])) return false;
  return true;
}

function plain(_key: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("hex");
  if (value instanceof Map) return Object.fromEntries(value);
  if (value instanceof Set) return [...value];
  return typeof value === "bigint" ? value.toString() : value;
}
