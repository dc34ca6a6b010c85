import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { noDoor } from "../support/kernel/netlink-in.ts";
import { Namespace } from "../support/namespace.ts";
import { scaled } from "../support/time.ts";
import { missingTools, ROOT, skipIf } from "../support/tools.ts";

/* What a program holds is the same after many looks as after one: descriptors, threads, programs in the kernel. */

const ROUNDS = 15;

/** Looks in every way, each to its end and given up; prints what the process holds. */
const PROGRAM = `
import { execFileSync } from "node:child_process";
import { readdirSync, readlinkSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { createKernelSource, traffic } from "@procnet/kernel";
import { sockets } from "procnet";

const descriptors = () => readdirSync("/proc/self/fd").map((fd) => { try { return readlinkSync("/proc/self/fd/" + fd).replace(/[0-9]+/g, "N"); } catch { return "gone"; } }).sort();
const held = () => [...descriptors(), ...readdirSync("/proc/self/task").map(() => "thread")];
const moreThan = (before, after) => {
  const rest = [...before];
  return after.filter((one) => { const at = rest.indexOf(one); if (at >= 0) rest.splice(at, 1); return at < 0; });
};
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
await sleep(500);
const before = held();
for (let round = 0; round < ${ROUNDS}; round++) await looks();
// What was given up goes a little later.
let left = [];
for (let times = 0; times < 200 && (times === 0 || left.length > 0); times++) {
  await sleep(100);
  left = moreThan(before, held());
}
console.log(JSON.stringify({ left, programs: programs(), namespaces }));
process.exit(); // at once: nothing else may keep it, which the next test looks at
`;

it(`${ROUNDS} looks leave nothing open, and nothing in the kernel`, { timeout: scaled(300_000) }, (context) => {
  skipIf(context, noDoor() ?? missingTools("bpftool"));
  const namespace = new Namespace();
  try {
    namespace.spawn("sleep", ["1000"]);
    const args = ["--input-type=module", "--eval", PROGRAM];
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" });
    expect(stderr).toBe("");
    const { left, programs, namespaces } = JSON.parse(stdout);
    expect(namespaces).toBeGreaterThan(1);
    expect(left).toEqual([]);
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
