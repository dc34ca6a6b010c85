import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { baseProcFs } from "../../host/procfs.ts";
import { runSync } from "../drive.ts";
import { searchAll } from "./all.ts";
import { UNLIMITED } from "./budget.ts";
import { Holders } from "./holders.ts";

/* Who has not run since the last look is not read again: what of a process says so, and what does not. */

const TAIL = "19 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 17 0 0 0 0 0 0 0 0 0 0 0 0 0 0";
let root = "";
let holders: Holders;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "procnet-marks-"));
  holders = new Holders(baseProcFs({ root }));
});
afterEach(() => rmSync(root, { recursive: true }));

interface State {
  readonly state?: string;
  readonly threads?: number;
  readonly schedstat?: string;
  /** Context switches of the second thread. */
  readonly switches?: number;
  readonly start?: number;
  readonly inode: number;
}

/** A process in the tree, with one socket. */
function put({ state = "S", threads = 1, schedstat = "10 0 1\n", switches = 1, start = 50, inode }: State): void {
  const own = join(root, "100");
  rmSync(join(own, "fd"), { recursive: true, force: true });
  mkdirSync(join(own, "fd"), { recursive: true });
  symlinkSync(`socket:[${inode}]`, join(own, "fd", "3"));
  writeFileSync(
    join(own, "stat"),
    `100 (server) ${state} 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 ${threads} 0 ${start} 1 ${TAIL}\n`,
  );
  writeFileSync(join(own, "schedstat"), schedstat);
  for (let at = 0; at < threads; at++) {
    const thread = join(own, "task", `${100 + at}`);
    mkdirSync(thread, { recursive: true });
    const count = at === 0 ? 1 : switches;
    const text = `Name:\tserver\nState:\tS (sleeping)\nvoluntary_ctxt_switches:\t${count}\nnonvoluntary_ctxt_switches:\t0\n`;
    writeFileSync(join(thread, "status"), text);
    if (at === 0) writeFileSync(join(own, "status"), text);
  }
}

/** The inode that the process is known to hold, of these two. */
function look(): number[] {
  runSync(searchAll(holders, UNLIMITED, undefined));
  return [7, 8].filter((inode) => holders.owners(inode) !== undefined);
}

describe("a process that seems to have done nothing", () => {
  it("is not read again when it sleeps and its mark is the same", () => {
    put({ inode: 7 });
    expect([look(), look()]).toEqual([[7], [7]]);
    put({ inode: 8 }); // no process can do this: it shows that nothing was read
    expect(look()).toEqual([7]);
  });

  it.each([
    ["it runs", { state: "R" }, { state: "R" }],
    ["it was put on a processor", {}, { schedstat: "10 0 2\n" }],
    [
      "the scheduler keeps no account, and it has switched",
      { schedstat: "0 0 0\n", threads: 2 },
      { schedstat: "0 0 0\n", threads: 2, switches: 2 },
    ],
    ["another of its threads has run", { threads: 2 }, { threads: 2, switches: 2 }],
    ["it is another process under the same number", {}, { start: 51 }],
  ])("is read again when %s", (_, before, after) => {
    put({ ...before, inode: 7 });
    expect([look(), look()]).toEqual([[7], [7]]);
    put({ ...after, inode: 8 });
    expect(look()).toEqual([8]);
  });
});
