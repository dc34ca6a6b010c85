import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { offsetsHere } from "./offsets.ts";

it("are read while the event loop goes on, and once", async (context) => {
  if (!existsSync("/sys/kernel/btf/vmlinux")) context.skip("this kernel does not describe its types");
  let turns = 0;
  const count = (): void => {
    turns++;
    turning = setImmediate(count);
  };
  let turning = setImmediate(count);
  const first = offsetsHere();
  const offsets = await first;
  clearImmediate(turning);
  // 5 MB take some ten milliseconds.
  expect(turns).toBeGreaterThan(3);
  expect(offsets.attachTo).toBeGreaterThan(0);
  expect(offsetsHere()).toBe(first);
});
