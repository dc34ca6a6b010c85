import { net } from "procnet";
import type { Memory, MemoryForm } from "./memory-forms.ts";

/** Runs a form; calls `middle` once, where most is held: after half of `rows`, or with the result in hand. */
type Run = (middle: () => void, rows: number) => number;

const runs: Record<MemoryForm, Run> = {
  "net.tcp()": (middle) => {
    const rows = net.tcp();
    middle();
    return rows.length;
  },
  "net.each(), all rows": (middle, rows) => walk(net.each("tcp"), rows >> 1, middle),
  "net.each(), listeners": (middle, rows) => walk(net.each("tcp", { where: { state: "LISTEN" } }), rows >> 1, middle),
  "net.count()": (middle) => {
    const states = net.count("tcp");
    middle();
    return Array.from(states.values()).reduce((sum, count) => sum + count, 0);
  },
};

function walk(table: Iterable<unknown>, at: number, middle: () => void): number {
  let rows = 0;
  for (const _row of table) if (++rows === at) middle();
  return rows;
}

function measure(run: Run): Memory {
  const collect = globalThis.gc;
  if (collect === undefined) throw new Error("run with --expose-gc");
  const rows = run(() => {}, 0);
  run(() => {}, rows);
  collect();
  const before = used();
  run(() => {}, rows);
  const allocated = used() - before;
  collect();
  const empty = used();
  let held = 0;
  run(() => {
    collect();
    held = used() - empty;
  }, rows);
  return { rows, allocated, held };
}

function used(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

console.log(JSON.stringify(measure(runs[process.argv[2] as MemoryForm])));
