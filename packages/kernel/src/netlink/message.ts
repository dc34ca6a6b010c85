import type { KernelBytes } from "./bytes.ts";
import { LITTLE_ENDIAN } from "./bytes.ts";
import { HEADER } from "./constants.ts";

/** A message as it lies in what came: its numbers, and where what it says begins and ends. */
export type TakeMessage = (type: number, flags: number, sequence: number, from: number, to: number) => void;

/** What is asked. */
export interface Request {
  readonly type: number;
  readonly flags: number;
  readonly sequence: number;
  readonly payload: Uint8Array;
}

/** A request as the kernel takes it. */
export function requestBytes(
  { type, flags, sequence, payload }: Request,
  littleEndian: boolean = LITTLE_ENDIAN,
): Uint8Array {
  const bytes = new Uint8Array(HEADER + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, bytes.length, littleEndian);
  view.setUint16(4, type, littleEndian);
  view.setUint16(6, flags, littleEndian);
  view.setUint32(8, sequence, littleEndian);
  bytes.set(payload, HEADER);
  return bytes;
}

/** What came is no message: shorter than its head, or than it says to be. */
export class BrokenMessage extends Error {
  override readonly name = "BrokenMessage";
}

/**
 * Hands on each message of what one recv(2) gave.
 *
 * @throws BrokenMessage for one that does not fit into it
 */
export function eachMessage({ view, littleEndian }: KernelBytes, end: number, take: TakeMessage): void {
  let at = 0;
  while (at + HEADER <= end) {
    const length = view.getUint32(at, littleEndian);
    if (length < HEADER || at + length > end)
      throw new BrokenMessage(`netlink: a message of ${length} bytes at byte ${at} of ${end}`);
    take(
      view.getUint16(at + 4, littleEndian),
      view.getUint16(at + 6, littleEndian),
      view.getUint32(at + 8, littleEndian),
      at + HEADER,
      at + length,
    );
    at += (length + 3) & ~3;
  }
  if (at < end) throw new BrokenMessage(`netlink: ${end - at} bytes behind the last message`);
}

/** Builds what requests say: numbers in the order of a machine, attributes. */
export class Writer {
  private readonly parts: Uint8Array[] = [];
  private readonly littleEndian: boolean;

  constructor(littleEndian: boolean = LITTLE_ENDIAN) {
    this.littleEndian = littleEndian;
  }

  /** Bytes as they are. */
  raw(bytes: Uint8Array): this {
    this.parts.push(bytes);
    return this;
  }

  u8(...values: readonly number[]): this {
    return this.raw(Uint8Array.from(values));
  }

  u16(value: number): this {
    const view = new DataView(new ArrayBuffer(2));
    view.setUint16(0, value, this.littleEndian);
    return this.raw(new Uint8Array(view.buffer));
  }

  u32(value: number): this {
    const view = new DataView(new ArrayBuffer(4));
    view.setUint32(0, value, this.littleEndian);
    return this.raw(new Uint8Array(view.buffer));
  }

  u64(value: bigint): this {
    const view = new DataView(new ArrayBuffer(8));
    view.setBigUint64(0, value, this.littleEndian);
    return this.raw(new Uint8Array(view.buffer));
  }

  /** An attribute, filled up to a multiple of four bytes. */
  attribute(type: number, value: Uint8Array): this {
    this.u16(value.length + 4)
      .u16(type)
      .raw(value);
    return this.raw(new Uint8Array((4 - (value.length & 3)) & 3));
  }

  bytes(): Uint8Array {
    const all = new Uint8Array(this.parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of this.parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }
}
