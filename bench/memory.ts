import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { MEMORY_FORMS, type Memory, type MemoryForm } from "./memory-forms.ts";

/** So large that nothing is collected while a form runs: the growth of the heap is all that it allocated. */
const YOUNG_MB = 512;

/** Heap that one run of a form takes, each form in a fresh process. */
export async function measureMemory(): Promise<ReadonlyMap<MemoryForm, Memory>> {
  const flags = ["--expose-gc", `--min-semi-space-size=${YOUNG_MB}`, `--max-semi-space-size=${YOUNG_MB}`];
  const program = new URL("./memory-child.js", import.meta.url).pathname;
  const found = new Map<MemoryForm, Memory>();
  for (const form of MEMORY_FORMS) {
    const { stdout } = await promisify(execFile)(process.execPath, [...flags, program, form]);
    found.set(form, JSON.parse(stdout));
  }
  return found;
}
