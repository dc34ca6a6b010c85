import { appendFileSync, mkdirSync } from "node:fs";
import type { Reporter, TestCase, TestModule } from "vitest/node";

/** Where the tests that failed, or passed only when tried once more, are named: CI prints it at its end. */
const FILE = new URL("../../coverage/named.txt", import.meta.url);

/** Names what failed and what is unstable, run after run, where the end of a long log is all that is seen. */
export default class NamedResults implements Reporter {
  onTestCaseResult(test: TestCase): void {
    const { state, errors } = test.result();
    if (state === "failed") name(`FAILED ${test.module.relativeModuleId} > ${test.fullName}`, errors);
    else if (test.diagnostic()?.flaky) name(`UNSTABLE ${test.module.relativeModuleId} > ${test.fullName}`, errors);
  }

  /** What stands outside of any test: a file that cannot be loaded, what a suite sets up. */
  onTestModuleEnd(module: TestModule): void {
    const suites = [module, ...module.children.allSuites()];
    for (const suite of suites) name(`FAILED ${module.relativeModuleId}`, suite.errors());
  }
}

function name(line: string, errors: readonly { message: string }[] | undefined): void {
  if (errors === undefined || (errors.length === 0 && !line.includes(">"))) return;
  const why = errors.map(({ message }) => message.split("\n").slice(0, 12).join("\n    ")).join("\n    ");
  mkdirSync(new URL(".", FILE), { recursive: true });
  appendFileSync(FILE, `Node ${process.versions.node}: ${line}\n    ${why}\n`);
}
