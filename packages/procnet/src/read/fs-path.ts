/** Half of a pair: no text that was decoded from UTF-8 has one alone. */
const LONE_SURROGATE = /\p{Surrogate}/u;
const ESCAPED = 0xdc00;

/*
 * Names of files need not be UTF-8, and a name has to be one string for each file. Bytes that are not UTF-8 stand in names
 * and paths as U+DC80 to U+DCFF, one for each byte, as in Python (PEP 383): well-formed names never have these.
 */

/** A path as node:fs takes it. */
export function fsPath(path: string): string | Buffer {
  return LONE_SURROGATE.test(path) ? Buffer.from(nameBytes(path)) : path;
}

/** The bytes of a name or path. */
export function nameBytes(name: string): Uint8Array {
  if (!LONE_SURROGATE.test(name)) return Buffer.from(name);
  const parts: Uint8Array[] = [];
  for (const character of name) {
    const code = character.codePointAt(0)!;
    const isByte = code >= ESCAPED + 0x80 && code <= ESCAPED + 0xff;
    parts.push(isByte ? Uint8Array.of(code - ESCAPED) : Buffer.from(character));
  }
  return Buffer.concat(parts);
}

/** The name of a file, from its bytes. */
export function nameOf(bytes: Uint8Array): string {
  let name = "";
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at);
    if (length === 0) name += String.fromCharCode(ESCAPED + bytes[at++]!);
    else name += Buffer.from(bytes.buffer, bytes.byteOffset + at, length).toString("utf8");
    at += length;
  }
  return name;
}

/** Bytes of the well-formed character that begins here (RFC 3629 section 4); 0 when none does. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at]!;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || at + length > bytes.length) return 0;
  for (let next = at + 1; next < at + length; next++) if (bytes[next]! >>> 6 !== 2) return 0;
  const second = bytes[at + 1]!;
  const isTooLong = (first === 0xe0 && second < 0xa0) || (first === 0xf0 && second < 0x90);
  const isOutside = (first === 0xed && second > 0x9f) || (first === 0xf4 && second > 0x8f);
  return isTooLong || isOutside ? 0 : length;
}
