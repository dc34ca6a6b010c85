import { LITTLE_ENDIAN } from "../netlink/bytes.ts";

/** Registers: 0 takes results, 1 to 5 are arguments, 6 to 9 stay, 10 is the end of the stack. */
export type Register = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;

/** Bytes that are read or written at once. */
export type Width = 1 | 2 | 4 | 8;

const WIDTHS: Readonly<Record<Width, number>> = { 4: 0x00, 2: 0x08, 1: 0x10, 8: 0x18 };

/** Instructions of BPF (Documentation/bpf/standardization/instruction-set.rst), as few as are needed. */
export class Assembler {
  private readonly code: Uint8Array[] = [];
  /** Instructions that jump to the end. */
  private readonly leaving: number[] = [];
  private readonly littleEndian: boolean;

  constructor(littleEndian: boolean = LITTLE_ENDIAN) {
    this.littleEndian = littleEndian;
  }

  /** `to = *(from + offset)` */
  load(width: Width, to: Register, from: Register, offset: number): this {
    return this.add(0x61 | WIDTHS[width], to, from, offset, 0);
  }

  /** `*(to + offset) = from` */
  store(width: Width, to: Register, offset: number, from: Register): this {
    return this.add(0x63 | WIDTHS[width], to, from, offset, 0);
  }

  /** `to = from` */
  move(to: Register, from: Register): this {
    return this.add(0xbf, to, from, 0, 0);
  }

  /** `to = value` */
  set(to: Register, value: number): this {
    return this.add(0xb7, to, 0, 0, value);
  }

  /** `to += value` */
  addTo(to: Register, value: number): this {
    return this.add(0x07, to, 0, 0, value);
  }

  /** `to &= value` */
  and(to: Register, value: number): this {
    return this.add(0x57, to, 0, 0, value);
  }

  /** Passes over the next instructions, so many, if two registers are the same. */
  skipIfSame(one: Register, other: Register, count: number): this {
    return this.add(0x1d, one, other, count, 0);
  }

  /** To the end if two registers are the same. */
  leaveIfSame(one: Register, other: Register): this {
    this.leaving.push(this.code.length);
    return this.add(0x1d, one, other, 0, 0);
  }

  /** To the end if `register == value`. */
  leaveIfEqual(register: Register, value: number): this {
    this.leaving.push(this.code.length);
    return this.add(0x15, register, 0, 0, value);
  }

  /** To the end if `register != value`. */
  leaveUnlessEqual(register: Register, value: number): this {
    this.leaving.push(this.code.length);
    return this.add(0x55, register, 0, 0, value);
  }

  /** A function of the kernel, by its number in include/uapi/linux/bpf.h. */
  call(helper: number): this {
    return this.add(0x85, 0, 0, 0, helper);
  }

  /** All of it, with the end to which jumps lead: `return 0`. */
  program(): Uint8Array {
    const end = this.code.length;
    this.set(0, 0).add(0x95, 0, 0, 0, 0);
    for (const at of this.leaving) viewOf(this.code[at]!).setInt16(2, end - at - 1, this.littleEndian);
    const bytes = new Uint8Array(this.code.length * 8);
    for (const [at, one] of this.code.entries()) bytes.set(one, at * 8);
    return bytes;
  }

  private add(code: number, to: Register, from: Register, offset: number, value: number): this {
    const bytes = new Uint8Array(8);
    bytes[0] = code;
    // Two fields of four bits, which lie as the bits of a processor do.
    bytes[1] = this.littleEndian ? (from << 4) | to : (to << 4) | from;
    viewOf(bytes).setInt16(2, offset, this.littleEndian);
    viewOf(bytes).setInt32(4, value, this.littleEndian);
    this.code.push(bytes);
    return this;
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
