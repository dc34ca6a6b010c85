import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["packages/*/src/**/*.test.ts", "packages/*/test/**/*.test.ts", "test/**/*.test.ts"],
    // Namespaces, whole programs and farms of sockets: far more than the default allows on a busy machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Reasons for skipping are printed by the tests themselves.
    reporters: process.env["CI"] ? ["default", ["json", { outputFile: "coverage/results.json" }]] : ["default"],
  },
});
