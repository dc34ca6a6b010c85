import { expect, it } from "vitest";
import { Assembler } from "./assembler.ts";

const hex = (bytes: Uint8Array): string[] => Buffer.from(bytes).toString("hex").match(/.{16}/g)!;

// By instruction-set.rst of the kernel's documentation, and as `llvm-mc -triple bpf` writes them.
it("writes instructions as the processor of the kernel takes them", () => {
  const program = new Assembler(true)
    .move(6, 1)
    .load(8, 7, 6, 24)
    .leaveIfEqual(7, 0)
    .store(4, 10, -48, 7)
    .call(127)
    .skipIfSame(8, 9, 1)
    .leaveIfSame(2, 3);
  expect(hex(program.program())).toEqual([
    "bf16000000000000", // r6 = r1
    "7967180000000000", // r7 = *(u64 *)(r6 + 24)
    "1507040000000000", // if r7 == 0 goto +4
    "637ad0ff00000000", // *(u32 *)(r10 - 48) = r7
    "850000007f000000", // call 127
    "1d98010000000000", // if r8 == r9 goto +1
    "1d32000000000000", // if r2 == r3 goto +0
    "b700000000000000", // r0 = 0
    "9500000000000000", // exit
  ]);
});

it("writes them for processors that have the high byte first", () => {
  const program = new Assembler(false).move(6, 1).load(2, 3, 2, 258).and(3, 0xf000).leaveUnlessEqual(3, 0xc000);
  expect(hex(program.program())).toEqual([
    "bf61000000000000",
    "6932010200000000",
    "573000000000f000",
    "553000000000c000",
    "b700000000000000",
    "9500000000000000",
  ]);
});
