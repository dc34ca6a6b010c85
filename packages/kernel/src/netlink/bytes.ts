/** Bytes of the kernel, which writes numbers in the order of its processor. */
export interface KernelBytes {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly littleEndian: boolean;
}

/** Whether this machine writes the low byte first. */
export const LITTLE_ENDIAN: boolean = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Bytes as they are read; those of another machine with its order. */
export function kernelBytes(bytes: Uint8Array, littleEndian: boolean = LITTLE_ENDIAN): KernelBytes {
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), littleEndian };
}

/** A number of 64 bits; above 2^53 it is rounded. */
export function u64({ view, littleEndian }: KernelBytes, at: number): number {
  const low = view.getUint32(littleEndian ? at : at + 4, littleEndian);
  const high = view.getUint32(littleEndian ? at + 4 : at, littleEndian);
  // What comes out of a multiplication is kept in a box of its own, whatever its size: most numbers are small.
  return high === 0 ? low : high * 4294967296 + low;
}

/** A text that ends with a NUL or with its place. */
export function text({ bytes }: KernelBytes, from: number, to: number): string {
  let end = from;
  while (end < to && bytes[end] !== 0) end++;
  return DECODER.decode(bytes.subarray(from, end));
}

const DECODER = new TextDecoder();

/** A hardware address: lower-case hexadecimal with colons; `undefined` for none. */
export function hardwareAddress(of: KernelBytes, from: number, to: number): string | undefined {
  return hex(of, from, to).match(/../g)?.join(":");
}

/** Bytes as hexadecimal digits. */
export function hex({ bytes }: KernelBytes, from: number, to: number): string {
  let digits = "";
  for (let at = from; at < to; at++) digits += bytes[at]!.toString(16).padStart(2, "0");
  return digits;
}
