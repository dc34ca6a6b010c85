import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { activityMark } from "./activity.ts";

it("says nothing where switches are not counted, as in gVisor: such a mark would never change", () => {
  const directory = mkdtempSync(join(tmpdir(), "procnet-activity-"));
  try {
    mkdirSync(join(directory, "task/7"), { recursive: true });
    const write = (text: string): void => writeFileSync(join(directory, "task/7/status"), text);
    write("Name:\tserver\nState:\tS (sleeping)\nTgid:\t7\nThreads:\t1\n");
    expect(activityMark(directory)).toBeUndefined();
    write("Name:\tserver\nState:\tS (sleeping)\nvoluntary_ctxt_switches:\t5\nnonvoluntary_ctxt_switches:\t0\n");
    expect(activityMark(directory)).toBeDefined();
  } finally {
    rmSync(directory, { recursive: true });
  }
});
