import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { activityMark, schedulerMark } from "./activity.ts";

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

describe("a mark", () => {
  let directory = "";
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "procnet-activity-"));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const thread = (id: number | undefined, state: string, switches: number): void => {
    const own = id === undefined ? directory : join(directory, "task", `${id}`);
    mkdirSync(own, { recursive: true });
    writeFileSync(
      join(own, "status"),
      `Name:\tserver\nState:\t${state} (x)\nvoluntary_ctxt_switches:\t${switches}\nnonvoluntary_ctxt_switches:\t0\n`,
    );
  };

  it("of the scheduler is none where it keeps no account, as what it says then never changes", () => {
    const write = (text: string): void => writeFileSync(join(directory, "schedstat"), text);
    expect(schedulerMark(directory, true)).toBeUndefined();
    write("0 0 0\n");
    expect(schedulerMark(directory, true)).toBeUndefined();
    write("10 0 0\n");
    const first = schedulerMark(directory, true);
    write("10 0 1\n");
    expect([first, schedulerMark(directory, true)]).toEqual(["10 0 0\n", "10 0 1\n"]);
  });

  it("of the only thread is in the file of its process", () => {
    thread(undefined, "S", 4);
    const first = activityMark(directory, 1);
    thread(undefined, "S", 5);
    expect(activityMark(directory, 1)).not.toBe(first);
    expect(first).toBeDefined();
  });

  it("is that of all threads, and none while one of them runs", () => {
    thread(7, "S", 1);
    thread(8, "D", 1);
    const first = activityMark(directory, 2);
    thread(8, "D", 2);
    const second = activityMark(directory, 2);
    expect(first).toBeDefined();
    expect(second).toBeDefined();
    expect(second).not.toBe(first);
    thread(8, "R", 2);
    expect(activityMark(directory, 2)).toBeUndefined();
  });

  it("is none where there are very many threads", () => {
    for (let id = 1; id <= 3; id++) thread(id, "S", 1);
    expect(activityMark(directory, 64)).toBeDefined();
    expect(activityMark(directory, 65)).toBeUndefined();
  });
});
