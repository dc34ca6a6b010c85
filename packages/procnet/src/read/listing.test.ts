import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, expect, it } from "vitest";
import { missingTools, skipIf } from "../../../../test/support/tools.ts";
import { MACHINE_ROOT } from "./context.ts";
import { numbersInSteps } from "./listing.ts";

/** Makes processes that end at once, some thousands a second. */
const CHURN = `
import os
print(flush=True)
while True:
    pid = os.fork()
    if pid == 0: os._exit(0)
    os.waitpid(pid, 0)
`;

let churn: ChildProcess | undefined;
afterEach(() => {
  churn?.kill("SIGKILL");
});

function numbers(path: string): number[] {
  const steps = numbersInSteps(path, {});
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

// The kernel lists a process that ends meanwhile without its type (proc_fill_cache), and Node then asks for that by its path.
it("a process that ends while it is listed costs no other", async (context) => {
  skipIf(context, missingTools("python3"));
  churn = spawn("python3", ["-IS", "-c", CHURN], { stdio: ["pipe", "pipe", "inherit"] });
  await once(churn.stdout!, "data");
  const standing = [1, process.pid, churn.pid!];
  for (let round = 0; round < 2000; round++) {
    const pids = numbers(MACHINE_ROOT);
    expect(standing.every((pid) => pids.includes(pid))).toBe(true);
  }
});
