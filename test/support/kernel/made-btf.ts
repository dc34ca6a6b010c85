import { Btf } from "../../../packages/kernel/src/owners/btf.ts";

/** A BTF in which these names are looked for, read at once. */
export function btfOf(bytes: Uint8Array, ...names: readonly string[]): Btf {
  const work = Btf.read(bytes, names);
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** A BTF of a few types, by the page of the format: Documentation/bpf/btf.rst. */
export function madeBtf(littleEndian = true): Uint8Array {
  const strings = Buffer.from("\0outer\0a\0b\0c\0bits\0walk\0");
  const at = (name: string): number => strings.indexOf(`\0${name}\0`) + 1;
  const kind = (number: number, members = 0, flag = 0): number => ((flag << 31) | (number << 24) | members) >>> 0;
  const types = [
    ...[0, kind(1), 4, 32], // 1: int
    ...[0, kind(5, 2), 8, at("b"), 1, 0, at("c"), 1, 32], // 2: union { int b; ... c at 32 }
    ...[at("outer"), kind(4, 2), 16, at("a"), 1, 0, 0, 2, 64], // 3: struct outer { int a; union at 64 }
    ...[at("bits"), kind(4, 1, 1), 4, at("a"), 1, (3 << 24) | 5], // 4: struct bits { int a : 3 at 5 }
    ...[0, kind(13, 0), 1], // 5: int (void)
    ...[at("walk"), kind(12), 5], // 6: func walk
  ];
  const bytes = new Uint8Array(24 + types.length * 4 + strings.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xeb9f, littleEndian);
  bytes[2] = 1;
  const head = [24, 0, types.length * 4, types.length * 4, strings.length];
  for (const [index, value] of head.entries()) view.setUint32(4 + index * 4, value, littleEndian);
  for (const [index, value] of types.entries()) view.setUint32(24 + index * 4, value, littleEndian);
  bytes.set(strings, 24 + types.length * 4);
  return bytes;
}
