import { foreign } from "../text/printf.ts";

/*
 * Names of interfaces are bytes, which need not be text. The library's parsers give text, in which two names can become
 * one; so tables with such names are read with one character for each byte, and turned back when a name is shown.
 */

/** The bytes of a name from such a table. */
export function nameBytes(name: string): Buffer {
  return Buffer.from(name, "latin1");
}

/** The name as text, in which bytes that are none are lost. */
export function nameText(name: string): string {
  return nameBytes(name).toString();
}

/** The name fit to be shown. */
export function shownName(name: string): string {
  const text = nameText(name);
  return foreign(text.includes("\ufffd") ? nameBytes(name) : text);
}
