import { escapeText } from "../bytes/escape.ts";

const PRINTABLE = /^[\x20-\x7e]*$/;

/** What is not ASCII or not printable in JSON, with the character before it: a letter may have marks. A quote has none. */
const FOREIGN = /[\x20!\x23-\x5b\x5d-\x7e]?[^\x20-\x7e]+/g;

/** What `escapeText` writes for a character. */
const WRITTEN = /\\x([0-9a-f]{2})|\\u\{([0-9a-f]+)\}/g;

/**
 * JSON of any value, the same when parsed, and safe to print: what `escapeText` writes out is `\uNNNN` here. Bytes become
 * hexadecimal, maps become objects, sets lists, large whole numbers text. It is on one line.
 *
 * @example
 * ```ts
 * import { jsonText } from "procnet/view";
 * jsonText({ path: "evil\u001b[2J" }); // '{"path":"evil\\u001b[2J"}'
 * ```
 */
export function jsonText(value: unknown): string {
  // A function to ask about each value takes more than half of the time, and few rows have one that needs it.
  const text = (isPlain(value) ? JSON.stringify(value) : JSON.stringify(value, plain)) ?? "null";
  if (PRINTABLE.test(text)) return text;
  return text.replace(FOREIGN, (characters) =>
    escapeText(characters).replace(WRITTEN, (_, byte: string | undefined, point: string) =>
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
  if (value instanceof Uint8Array) return hexText(value);
  if (value instanceof Map) return Object.fromEntries(value);
  if (value instanceof Set) return [...value];
  return typeof value === "bigint" ? value.toString() : value;
}

function hexText(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
