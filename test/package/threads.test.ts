import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { BUNDLERS, node } from "../release/consumers.mjs";
import { SimulatedProc } from "../support/sockets/simulated-proc.ts";
import { scaled } from "../support/time.ts";
import { ROOT } from "../support/tools.ts";

/*
 * With as many descriptors as here the library starts a thread, whose program lies beside its own file. A bundler makes one file of
 * all and leaves that program behind: the answer is the same. Works on what `npm run build` made.
 */
const folder = mkdtempSync(join(tmpdir(), "procnet-threads-"));
mkdirSync(join(folder, "node_modules"));
symlinkSync(join(ROOT, "packages", "procnet"), join(folder, "node_modules", "procnet"));
const proc = new SimulatedProc();
afterAll(() => {
  proc.remove();
  rmSync(folder, { recursive: true });
});

const EACH = 7001;
const PROCESSES = [101, 102, 103, 104, 105, 106];
for (const pid of PROCESSES) {
  const fds = Object.fromEntries(Array.from({ length: EACH }, (_, fd) => [fd, pid * 10_000 + fd]));
  proc.process(pid, { fds });
}
const HELD = PROCESSES.flatMap((pid) => [0, 1, EACH - 1].map((fd) => ({ pid, inode: pid * 10_000 + fd, fds: [fd] })));
const row = (inode: number, at: number): string =>
  `   ${at}: 0100007F:${(4096 + at).toString(16)} 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 ${inode} 1 0000000000000000 100 0 0 10 0\n`;
proc.tcp(HELD.map(({ inode }, at) => row(inode, at)));

/** Prints what was found, and what became of the threads: started, heard of, and failed. */
const PROGRAM = `
import { ProcFs, sockets } from "procnet";
const threads = [0, 0, 0];
const builtin = process.getBuiltinModule.bind(process);
process.getBuiltinModule = (name) => {
  const found = builtin(name);
  if (name !== "node:worker_threads") return found;
  class Worker extends found.Worker {
    constructor(...given) {
      super(...given);
      threads[0]++;
      this.once("message", () => threads[1]++);
      this.once("exit", (code) => (threads[2] += code));
    }
  }
  return { ...found, Worker };
};
const { sockets: all } = await sockets({ protocol: "tcp", procfs: new ProcFs({ root: ${JSON.stringify(proc.root)} }) });
const held = all.map(({ inode, owners }) => owners.map(({ pid, fds }) => ({ pid, inode, fds })));
console.log(JSON.stringify({ held: held.flat(), threads }));
`;
writeFileSync(join(folder, "program.mjs"), PROGRAM);

interface Answer {
  readonly held: unknown;
  readonly threads: readonly [started: number, answered: number, failed: number];
}
const run = (program: string): Answer => JSON.parse(node(folder, program));

it("the library as it is installed finds the program of its threads", () => {
  const { held, threads } = run("program.mjs");
  expect(held).toEqual(HELD);
  expect(threads).toEqual([threads[0], threads[0], 0]);
  expect(threads[0]).toBeGreaterThan(0);
});

it("and so does a program that is given as text", () => {
  const { held, threads } = JSON.parse(node(folder, "--input-type=module", "--eval", PROGRAM)) as Answer;
  expect(held).toEqual(HELD);
  expect(threads).toEqual([threads[0], threads[0], 0]);
  expect(threads[0]).toBeGreaterThan(0);
});

it.each(["esbuild", "vite", "rollup"] as const)(
  "the file that %s makes finds none, and the same",
  async (name) => {
    const { held, threads } = run(await BUNDLERS[name](folder));
    expect(held).toEqual(HELD);
    expect(threads).toEqual([1, 0, 1]);
  },
  scaled(60_000),
);

it(
  "the file that webpack makes, which knows where the library lay, finds the same",
  async () => {
    expect(run(await BUNDLERS.webpack(folder)).held).toEqual(HELD);
  },
  scaled(60_000),
);
