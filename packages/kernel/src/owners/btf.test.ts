import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, it } from "vitest";
import { Btf, BtfError } from "./btf.ts";

const VMLINUX = "/sys/kernel/btf/vmlinux";

/** A BTF of a few types, written by the page of the format: Documentation/bpf/btf.rst. */
function made(littleEndian: boolean): Uint8Array {
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

it.each([true, false])("tells where a field lies, in either byte order: the low byte first %s", (littleEndian) => {
  const btf = new Btf(made(littleEndian));
  expect(btf.offset("outer", "a")).toBe(0);
  expect(btf.offset("outer", "b")).toBe(8);
  expect(btf.offset("outer", "c")).toBe(12);
  expect(btf.id("func", "walk")).toBe(6);
  expect(() => btf.offset("bits", "a")).toThrow("a part of a byte");
  expect(() => btf.offset("outer", "missing")).toThrow("struct outer of this kernel has no missing");
  expect(() => btf.id("struct", "walk")).toThrow("no struct walk");
});

it("refuses what is none, whatever it is, with an error of its own", () => {
  const good = made(true);
  const asked = (bytes: Uint8Array): void => {
    try {
      const btf = new Btf(bytes);
      btf.offset("outer", "c");
      btf.id("func", "walk");
    } catch (error) {
      if (!(error instanceof BtfError)) throw error;
    }
  };
  expect(() => new Btf(new Uint8Array(4))).toThrow("shorter than its head");
  expect(() => new Btf(new Uint8Array(64))).toThrow("does not begin as one");
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), asked));
  const changes = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 4 });
  fc.assert(
    fc.property(changes, fc.nat(good.length), (all, length) => {
      const bytes = good.slice(0, length);
      for (const [at, value] of all) if (at < length) bytes[at] = value;
      asked(bytes);
    }),
    { numRuns: 2000 },
  );
});

it("says of this kernel what bpftool or pahole say, where there is one", (context) => {
  if (!existsSync(VMLINUX)) context.skip("this kernel does not describe its types");
  const btf = new Btf(readFileSync(VMLINUX));
  expect(btf.offset("task_struct", "tgid")).toBeGreaterThan(0);
  const { status, stdout } = spawnSync("bpftool", ["btf", "dump", "file", VMLINUX], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status !== 0) context.skip("no bpftool");
  const lines = stdout.split("\n");
  const begin = lines.findIndex((line) => /STRUCT 'inode' size/.test(line));
  const member = lines.slice(begin).find((line) => line.includes("'i_ino'"));
  expect(member).toContain(`bits_offset=${btf.offset("inode", "i_ino") * 8}`);
});
