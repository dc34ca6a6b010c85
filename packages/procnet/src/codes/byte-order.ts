/** Order of the bytes in a word, named as `os.endianness()` names it. */
export type ByteOrder = "LE" | "BE";

/** The byte order of the machine this runs on. */
export const HOST_BYTE_ORDER: ByteOrder = /* @__PURE__ */ hostByteOrder();

function hostByteOrder(): ByteOrder {
  return new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? "LE" : "BE";
}

/** The four bytes of a word in reverse, as a signed number. */
export function swap32(word: number): number {
  return ((word & 0xff) << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24);
}
