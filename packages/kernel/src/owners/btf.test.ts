import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, it } from "vitest";
import { btfOf, madeBtf } from "../../../../test/support/kernel/made-btf.ts";
import { kernelBytes } from "../netlink/bytes.ts";
import { BtfError } from "./btf.ts";

const VMLINUX = "/sys/kernel/btf/vmlinux";

it.each([true, false])("tells where a field lies, in either byte order: the low byte first %s", (littleEndian) => {
  const btf = btfOf(madeBtf(littleEndian), "outer", "bits", "walk", "a");
  expect(btf.offset("outer", "a")).toBe(0);
  expect(btf.offset("outer", "b")).toBe(8);
  expect(btf.offset("outer", "c")).toBe(12);
  expect(btf.id("func", "walk")).toBe(6);
  expect(() => btf.offset("bits", "a")).toThrow("a part of a byte");
  expect(() => btf.offset("outer", "missing")).toThrow("struct outer of this kernel has no missing");
  expect(() => btf.id("struct", "walk")).toThrow("no struct walk");
});

it("refuses what is none, whatever it is, with an error of its own", () => {
  const good = madeBtf();
  const asked = (bytes: Uint8Array): void => {
    try {
      const btf = btfOf(bytes, "outer", "walk");
      btf.offset("outer", "c");
      btf.id("func", "walk");
    } catch (error) {
      if (!(error instanceof BtfError)) throw error;
    }
  };
  expect(() => btfOf(new Uint8Array(4))).toThrow("shorter than its head");
  expect(() => btfOf(new Uint8Array(64))).toThrow("does not begin as one");
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

it("looks through each structure once, however often it stands in others", () => {
  const count = 24;
  const strings = Buffer.from("\0outer\0");
  // Each has the next one twice, without a name: 2^24 ways to the last.
  const types = Array.from({ length: count }, (_, at) => {
    const next = Math.min(at + 2, count);
    return [at === 0 ? 1 : 0, ((4 << 24) | 2) >>> 0, 8, 0, next, 0, 0, next, 0];
  }).flat();
  const bytes = new Uint8Array(24 + types.length * 4 + strings.length);
  new Uint16Array(bytes.buffer, 0, 1).set([0xeb9f]);
  const words = [24, 0, types.length * 4, types.length * 4, strings.length, ...types];
  const view = new DataView(bytes.buffer);
  for (const [at, word] of words.entries()) view.setUint32(4 + at * 4, word, bytes[0] === 0x9f);
  bytes.set(strings, 24 + types.length * 4);
  const btf = btfOf(bytes, "outer");
  let read = 0;
  const counted = new Proxy(view, {
    get:
      (target, name: "getUint32") =>
      (...args: [number, boolean]) => {
        read++;
        return target[name](...args);
      },
  });
  Object.assign(btf, { of: { ...kernelBytes(bytes, bytes[0] === 0x9f), view: counted } });
  expect(() => btf.offset("outer", "missing")).toThrow("has no missing");
  expect(read).toBeLessThan(count * 20);
});

it("says of this kernel what bpftool says", (context) => {
  if (!existsSync(VMLINUX)) context.skip("this kernel does not describe its types");
  const btf = btfOf(readFileSync(VMLINUX), "task_struct", "inode");
  expect(btf.offset("task_struct", "tgid")).toBeGreaterThan(0);
  const { status, stdout } = spawnSync("bpftool", ["btf", "dump", "file", VMLINUX], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status !== 0) context.skip("there is no bpftool");
  const lines = stdout.split("\n");
  const begin = lines.findIndex((line) => /STRUCT 'inode' size/.test(line));
  const member = lines.slice(begin).find((line) => line.includes("'i_ino'"));
  expect(member).toContain(`bits_offset=${btf.offset("inode", "i_ino") * 8}`);
});
