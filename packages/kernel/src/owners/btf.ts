import { type KernelBytes, kernelBytes } from "../netlink/bytes.ts";

/*
 * BTF, the kernel's own description of its types (Documentation/bpf/btf.rst): where a field lies differs between kernels and builds, and
 * this says where it lies in the one that runs. Only what is asked for is read: of 5 MB a few structures.
 */

/** Kinds of types, include/uapi/linux/btf.h. */
const STRUCT = 4;
const UNION = 5;
const FUNC = 12;

/** Bytes behind the head of a type: so many, and so many for each member. */
const FIXED: ReadonlyMap<number, number> = new Map([
  [1, 4], // INT
  [3, 12], // ARRAY
  [14, 4], // VAR
  [17, 4], // DECL_TAG
]);
const EACH: ReadonlyMap<number, number> = new Map([
  [STRUCT, 12],
  [UNION, 12],
  [6, 8], // ENUM
  [13, 8], // FUNC_PROTO
  [15, 12], // DATASEC
  [19, 12], // ENUM64
]);
const LAST_KIND = 19;

const MAGIC = 0xeb9f;
const HEAD = 24;
/** Structures without a name that one may have within it, at most: the largest of a kernel have some tens. */
const MOST_WITHIN = 1000;

/** What of a BTF is wrong, or missing. */
export class BtfError extends Error {
  override readonly name = "BtfError";
}

/** Types of a kernel. */
export class Btf {
  private readonly of: KernelBytes;
  private readonly strings: { readonly from: number; readonly to: number };
  /** Where each type lies, by its number. */
  private readonly places: Int32Array;

  /** @throws BtfError for bytes that are none */
  constructor(bytes: Uint8Array) {
    if (bytes.length < HEAD) throw new BtfError("BTF: shorter than its head");
    const isLittle = bytes[0] === (MAGIC & 0xff) && bytes[1] === MAGIC >> 8;
    this.of = kernelBytes(bytes, isLittle);
    if (this.u16(0) !== MAGIC) throw new BtfError("BTF: it does not begin as one");
    const head = this.u32(4);
    const [types, typesLength, strings, stringsLength] = [this.u32(8), this.u32(12), this.u32(16), this.u32(20)];
    if (head < HEAD || head + Math.max(types + typesLength, strings + stringsLength) > bytes.length)
      throw new BtfError("BTF: its parts do not lie within it");
    this.strings = { from: head + strings, to: head + strings + stringsLength };
    this.places = this.placesOf(head + types, head + types + typesLength);
  }

  /** Number of a structure or a function by its name. @throws BtfError where there is none */
  id(kind: "struct" | "func", name: string): number {
    const wanted = kind === "struct" ? STRUCT : FUNC;
    const text = this.stringAt(name);
    if (text !== undefined) {
      for (let id = 1; id < this.places.length; id++) {
        const at = this.places[id]!;
        if (this.u32(at) === text && this.kindAt(at) === wanted) return id;
      }
    }
    throw new BtfError(`BTF: this kernel has no ${kind} ${name}`);
  }

  /** Where a field of a structure begins, in bytes, also one of a structure without a name within it. @throws BtfError */
  offset(struct: string, field: string): number {
    const bits = this.bitsOf(this.id("struct", struct), field, new Set());
    if (bits === undefined) throw new BtfError(`BTF: struct ${struct} of this kernel has no ${field}`);
    if (bits % 8 !== 0) throw new BtfError(`BTF: ${field} of struct ${struct} is a part of a byte`);
    return bits / 8;
  }

  /** A structure that was looked through without success is not looked through again, wherever else it stands. */
  private bitsOf(id: number, field: string, seen: Set<number>): number | undefined {
    const at = this.places[id];
    if (at === undefined || seen.has(id) || seen.size > MOST_WITHIN) return undefined;
    seen.add(id);
    const kind = this.kindAt(at);
    if (kind !== STRUCT && kind !== UNION) return undefined;
    const info = this.u32(at + 4);
    // With its flag, the upper eight bits are the width of a bit field.
    const mask = info >>> 31 === 1 ? 0xffffff : 0xffffffff;
    for (let member = at + 12, end = member + 12 * (info & 0xffff); member < end; member += 12) {
      const [name, type, place] = [this.u32(member), this.u32(member + 4), (this.u32(member + 8) & mask) >>> 0];
      if (name !== 0) {
        if (this.isNamed(name, field)) return place;
        continue;
      }
      const within = this.bitsOf(type, field, seen);
      if (within !== undefined) return place + within;
    }
    return undefined;
  }

  private placesOf(from: number, to: number): Int32Array {
    const places: number[] = [0];
    let at = from;
    while (at + 12 <= to) {
      const kind = this.kindAt(at);
      // Behind a kind that is not known nothing can be told.
      if (kind === 0 || kind > LAST_KIND) throw new BtfError(`BTF: type ${places.length} is of kind ${kind}`);
      places.push(at);
      at += 12 + (FIXED.get(kind) ?? 0) + (EACH.get(kind) ?? 0) * (this.u32(at + 4) & 0xffff);
    }
    if (at !== to) throw new BtfError("BTF: its types end within one");
    return Int32Array.from(places);
  }

  private kindAt(at: number): number {
    return (this.u32(at + 4) >>> 24) & 0x1f;
  }

  /** Where a text lies among the strings; each is there once, or is the end of another. */
  private stringAt(name: string): number | undefined {
    const { bytes } = this.of;
    const { from, to } = this.strings;
    const wanted = Uint8Array.from(`\0${name}\0`, (letter) => letter.charCodeAt(0));
    const found = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).indexOf(wanted);
    return found < 0 ? undefined : found + 1;
  }

  private isNamed(at: number, name: string): boolean {
    const { bytes } = this.of;
    const from = this.strings.from + at;
    if (from + name.length >= this.strings.to) return false;
    for (let index = 0; index < name.length; index++) if (bytes[from + index] !== name.charCodeAt(index)) return false;
    return bytes[from + name.length] === 0;
  }

  private u16(at: number): number {
    return this.of.view.getUint16(at, this.of.littleEndian);
  }

  private u32(at: number): number {
    if (at + 4 > this.of.bytes.length) throw new BtfError("BTF: it ends within a type");
    return this.of.view.getUint32(at, this.of.littleEndian);
  }
}
