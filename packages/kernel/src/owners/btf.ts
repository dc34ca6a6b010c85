import { type KernelBytes, kernelBytes } from "../netlink/bytes.ts";

/*
 * BTF, the kernel's own description of its types (Documentation/bpf/btf.rst): where a field lies differs between kernels and builds, and
 * this says where it lies in the one that runs. Of its 5 MB a few structures are asked for.
 */

/** Kinds of types, include/uapi/linux/btf.h. */
const STRUCT = 4;
const UNION = 5;
const FUNC = 12;

/** Bytes behind the head of a type by its kind: so many, and so many for each member. */
const LAST_KIND = 19;
const FIXED = new Uint8Array(LAST_KIND + 1);
for (const [kind, bytes] of [
  [1, 4], // INT
  [3, 12], // ARRAY
  [14, 4], // VAR
  [17, 4], // DECL_TAG
] as const)
  FIXED[kind] = bytes;
const EACH = new Uint8Array(LAST_KIND + 1);
for (const [kind, bytes] of [
  [STRUCT, 12],
  [UNION, 12],
  [6, 8], // ENUM
  [13, 8], // FUNC_PROTO
  [15, 12], // DATASEC
  [19, 12], // ENUM64
] as const)
  EACH[kind] = bytes;

const MAGIC = 0xeb9f;
const HEAD = 24;
/** Bytes of the head of a type. */
const TYPE = 12;
/** Structures without a name that one may have within it, at most: the largest of a kernel have some tens. */
const MOST_WITHIN = 1000;

/** What of a BTF is wrong, or missing. */
export class BtfError extends Error {
  override readonly name = "BtfError";
}

/** Strings and types that are gone through between two pauses: less than a millisecond. */
const STEP = 0x40000;

/** Types of a kernel, of which some are asked for by their names. */
export class Btf {
  private readonly of: KernelBytes;
  private readonly strings: { readonly from: number; readonly to: number };
  private readonly types: { readonly from: number; readonly to: number };
  /** Where each type lies, by its number. */
  private readonly places: Int32Array;
  private count = 1;
  /** Numbers of the structures and functions that were asked for, by their names. */
  private readonly ids: Readonly<Record<"struct" | "func", Map<string, number>>> = {
    struct: new Map(),
    func: new Map(),
  };

  private constructor(bytes: Uint8Array) {
    if (bytes.length < HEAD) throw new BtfError("BTF: shorter than its head");
    const isLittle = bytes[0] === (MAGIC & 0xff) && bytes[1] === MAGIC >> 8;
    this.of = kernelBytes(bytes, isLittle);
    if (this.u16(0) !== MAGIC) throw new BtfError("BTF: it does not begin as one");
    const head = this.u32(4);
    const [types, typesLength, strings, stringsLength] = [this.u32(8), this.u32(12), this.u32(16), this.u32(20)];
    if (head < HEAD || head + Math.max(types + typesLength, strings + stringsLength) > bytes.length)
      throw new BtfError("BTF: its parts do not lie within it");
    this.strings = { from: head + strings, to: head + strings + stringsLength };
    this.types = { from: head + types, to: head + types + typesLength };
    this.places = new Int32Array(1 + Math.floor(typesLength / TYPE));
  }

  /** Goes through it once, for all names that will be asked for. @throws BtfError for bytes that are none */
  static *read(bytes: Uint8Array, names: readonly string[]): Generator<undefined, Btf, undefined> {
    const btf = new Btf(bytes);
    const places = yield* btf.placesOfNames(names);
    yield* btf.placesOfTypes(places);
    return btf;
  }

  /** Number of a structure or a function by its name. @throws BtfError where there is none */
  id(kind: "struct" | "func", name: string): number {
    const id = this.ids[kind].get(name);
    if (id === undefined) throw new BtfError(`BTF: this kernel has no ${kind} ${name}`);
    return id;
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
    const at = id < this.count ? this.places[id] : undefined;
    if (at === undefined || seen.has(id) || seen.size > MOST_WITHIN) return undefined;
    seen.add(id);
    const kind = this.kindAt(at);
    if (kind !== STRUCT && kind !== UNION) return undefined;
    const info = this.u32(at + 4);
    // With its flag, the upper eight bits are the width of a bit field.
    const mask = info >>> 31 === 1 ? 0xffffff : 0xffffffff;
    for (let member = at + TYPE, end = member + 12 * (info & 0xffff); member < end; member += 12) {
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

  /** Names by where they lie among the strings, where each is once. */
  private *placesOfNames(names: readonly string[]): Generator<undefined, Map<number, string>, undefined> {
    const { bytes } = this.of;
    const { from, to } = this.strings;
    const isFirst = new Uint8Array(256);
    for (const name of names) isFirst[name.charCodeAt(0)] = 1;
    const places = new Map<number, string>();
    for (let at = from; at + 1 < to; at++) {
      if ((at - from) % STEP === 0) yield;
      if (bytes[at] !== 0 || isFirst[bytes[at + 1]!] === 0) continue;
      const place = at + 1 - from;
      for (const name of names) if (this.isNamed(place, name)) places.set(place, name);
    }
    return places;
  }

  /** Where each type lies, and the numbers of those with these names. */
  private *placesOfTypes(names: ReadonlyMap<number, string>): Generator<undefined, void, undefined> {
    const { from, to } = this.types;
    let at = from;
    let pause = from + STEP;
    while (at + TYPE <= to) {
      if (at > pause) {
        yield;
        pause = at + STEP;
      }
      const kind = this.kindAt(at);
      // Behind a kind that is not known nothing can be told.
      if (kind === 0 || kind > LAST_KIND) throw new BtfError(`BTF: type ${this.count} is of kind ${kind}`);
      if (kind === STRUCT || kind === FUNC) this.take(kind === STRUCT ? "struct" : "func", names.get(this.u32(at)));
      this.places[this.count++] = at;
      at += TYPE + FIXED[kind]! + EACH[kind]! * (this.u32(at + 4) & 0xffff);
    }
    if (at !== to) throw new BtfError("BTF: its types end within one");
  }

  /** The type that comes next: of several with one name the first. */
  private take(kind: "struct" | "func", name: string | undefined): void {
    if (name !== undefined && !this.ids[kind].has(name)) this.ids[kind].set(name, this.count);
  }

  private kindAt(at: number): number {
    return (this.u32(at + 4) >>> 24) & 0x1f;
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
