import { readFileSync } from "node:fs";
import { foreign } from "../text/printf.ts";

/** The kernel's name of it, up to a parenthesis, behind which ss does not look. */
export function nameOf(directory: string): string | undefined {
  try {
    const bytes = readFileSync(`${directory}/comm`);
    const end = bytes[bytes.length - 1] === 0x0a ? bytes.length - 1 : bytes.length;
    const close = bytes.indexOf(0x29);
    const name = bytes.subarray(0, close === -1 ? end : Math.min(close, end));
    const text = name.toString();
    return foreign(text.includes("\ufffd") ? name : text);
  } catch {
    return undefined;
  }
}
