import { closeSync, openSync, readSync } from "node:fs";

/*
 * The files of the C library that give names to numbers: one entry a line, in words, `#` before what is remarked.
 */

/** As much of such a file as is looked at. Lists that block hosts have some hundred thousand lines. */
const LIMIT = 1 << 24;

/** The beginning of a file, as text; empty when it cannot be read. */
export function databaseText(path: string, limit: number = LIMIT): string {
  try {
    const fd = openSync(path, "r");
    try {
      const parts: Buffer[] = [];
      for (let total = 0; total < limit; ) {
        const part = Buffer.allocUnsafe(1 << 16);
        const read = readSync(fd, part, 0, part.length, null);
        if (read === 0) break;
        parts.push(part.subarray(0, read));
        total += read;
      }
      return Buffer.concat(parts).toString();
    } finally {
      closeSync(fd);
    }
  } catch {
    return ""; // names are a convenience
  }
}

/** The lines of a text that have at least two words, as words. */
export function* databaseRows(text: string): Generator<string[]> {
  for (let start = 0; start < text.length; ) {
    let end = text.indexOf("\n", start);
    if (end === -1) end = text.length;
    const line = text.slice(start, end);
    start = end + 1;
    const remark = line.indexOf("#");
    const words = (remark === -1 ? line : line.slice(0, remark)).split(/[ \t\r\v\f]+/).filter((word) => word !== "");
    if (words.length > 1) yield words;
  }
}

/** An entry of /etc/services: `http 80/tcp www`. */
export interface Service {
  readonly name: string;
  readonly port: number;
  /** `undefined` when the line does not say. */
  readonly protocol: string | undefined;
  readonly aliases: readonly string[];
}

export function* services(text: string): Generator<Service> {
  for (const [name, number, ...aliases] of databaseRows(text)) {
    const [, port, protocol] = /^([0-9]{1,5})(?:\/(.*))?$/.exec(number!) ?? [];
    if (port !== undefined) yield { name: name!, port: Number(port), protocol, aliases };
  }
}
