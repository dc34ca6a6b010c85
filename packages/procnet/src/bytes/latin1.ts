/**
 * Writes the first `length` bytes, each taken as the character of its number (ISO 8859-1), as UTF-8 behind `offset`; gives how
 * many that makes.
 */
export function widen(bytes: Uint8Array, length: number, into: Uint8Array, offset: number): number {
  let at = offset;
  for (let from = 0; from < length; from++) {
    const byte = bytes[from]!;
    if (byte < 0x80) into[at++] = byte;
    else {
      into[at++] = 0xc0 | (byte >> 6);
      into[at++] = 0x80 | (byte & 0x3f);
    }
  }
  return at - offset;
}
