import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { scaled } from "./test/support/time.ts";

export default defineConfig({
  test: {
    include: ["packages/*/{src,page/src}/**/*.test.ts", "test/**/*.test.ts"],
    // Tests mostly wait for programs that they have begun: two at a time take three fifths of the time, on two cores too.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Namespaces, whole programs and farms of sockets: far more than the default allows on a busy machine.
    testTimeout: scaled(120_000),
    hookTimeout: scaled(120_000),
    // A second by default.
    expect: { poll: { timeout: scaled(60_000) } },
    setupFiles: ["test/support/seed.ts"],
    // Reasons for skipping are printed by the tests themselves.
    reporters: process.env.CI
      ? ["default", "./test/support/named-results.ts", ["json", { outputFile: "coverage/results.json" }]]
      : ["default"],
    // A machine of others' may stop for seconds. What passes only when tried once more is named at the end, to be mended.
    retry: process.env.CI ? 1 : 0,
  },
});
