import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { noDoor } from "../support/kernel/netlink-in.ts";
import { Namespace } from "../support/namespace.ts";
import { missingTools, ROOT, skipIf } from "../support/tools.ts";

/* What a program holds is the same after many looks as after one: descriptors, threads, programs in the kernel. */

const ROUNDS = 40;

/** Looks in every way, each to its end and given up; prints what the process holds. */
const PROGRAM = `
import { execFileSync } from "node:child_process";
import { readdirSync, readlinkSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { createKernelSource, traffic } from "@procnet/kernel";
import { sockets } from "procnet";

const descriptors = () => readdirSync("/proc/self/fd").map((fd) => { try { return readlinkSync("/proc/self/fd/" + fd).replace(/[0-9]+/g, "N"); } catch { return "gone"; } }).sort();
const threads = () => readdirSync("/proc/self/task").length;
const programs = () => JSON.parse(execFileSync("bpftool", ["--json", "prog", "show"])).filter(({ pids }) => pids?.some(({ pid }) => pid === process.pid)).length;

let namespaces = 0;
async function looks() {
  const source = createKernelSource();
  await sockets({ source });
  namespaces = (await sockets({ source, namespaces: "all" })).namespaces.length;
  const controller = new AbortController();
  const given = sockets({ source, namespaces: "all", signal: controller.signal }).catch(() => {});
  await sleep(1);
  controller.abort();
  await given;
  source.close();
  for await (const _ of traffic({ every: 1 })) break;
  for await (const _ of traffic({ every: 1, namespaces: "all" })) break;
}
for (let round = 0; round < 3; round++) await looks();
// Threads of the pool come with use, and stay.
await sleep(200);
const before = { descriptors: descriptors(), threads: threads() };
for (let round = 0; round < ${ROUNDS}; round++) await looks();
await sleep(200);
console.log(JSON.stringify({ before, after: { descriptors: descriptors(), threads: threads() }, programs: programs(), namespaces }));
process.exit(); // at once: nothing else may keep it, which the next test looks at
`;

it(`${ROUNDS} looks leave nothing open, and nothing in the kernel`, (context) => {
  skipIf(context, noDoor() ?? missingTools("bpftool"));
  const namespace = new Namespace();
  try {
    namespace.spawn("sleep", ["1000"]);
    const args = ["--input-type=module", "--eval", PROGRAM];
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" });
    expect(stderr).toBe("");
    const { before, after, programs, namespaces } = JSON.parse(stdout);
    expect(namespaces).toBeGreaterThan(1);
    expect(after).toEqual(before);
    expect(programs).toBe(0);
  } finally {
    namespace.remove();
  }
});

it("a program that has looked ends by itself, also where it did not close the source", (context) => {
  skipIf(context, noDoor());
  const code = `
    import { createKernelSource, traffic } from "@procnet/kernel";
    import { sockets } from "procnet";
    await sockets({ source: createKernelSource(), namespaces: "all" });
    for await (const _ of traffic({ every: 1 })) break;
    console.log("over");
  `;
  const args = ["--input-type=module", "--eval", code];
  const { stdout, status } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8", timeout: 60_000 });
  expect({ stdout, status }).toEqual({ stdout: "over\n", status: 0 });
});
