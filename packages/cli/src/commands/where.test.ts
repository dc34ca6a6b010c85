import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { baseProcFs } from "procnet";
import { expect, it } from "vitest";
import { makeTree } from "../../../../test/support/command/tree.ts";
import { hasEnded } from "./where.ts";

it("a process that is ending has no namespace any more, before it is a zombie too", () => {
  const tree = makeTree({}, [{ pid: 7, comm: "a) Z 1 (" }]);
  const file = join(tree.root, "7/stat");
  const text = readFileSync(file, "latin1");
  // Fields 3 and 9 of proc(5): the state, and flags, of which 0x4 is PF_EXITING of include/linux/sched.h.
  const asks = (state: string, flags: number): boolean => {
    writeFileSync(file, text.replace(/\) S 1 0 0 0 0 0/, `) ${state} 1 0 0 0 0 ${flags}`));
    return hasEnded(7, baseProcFs({ root: tree.root }));
  };
  expect(asks("S", 0x400040)).toBe(false);
  expect(asks("R", 0x400044)).toBe(true);
  expect(asks("Z", 0x40004c)).toBe(true);
  tree.remove();
  expect(asks).toThrow("ENOENT");
  expect(hasEnded(7, baseProcFs({ root: tree.root }))).toBe(true);
});
