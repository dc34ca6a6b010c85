import { defineConfig } from "vitest/config";
import { scaled } from "../support/time.ts";

/** The packed packages on the runtimes that `npm run matrix` names. */
export default defineConfig({
  test: {
    root: `${import.meta.dirname}/../..`,
    include: ["test/runtimes/*.check.ts"],
    testTimeout: scaled(300_000),
    hookTimeout: scaled(300_000),
  },
});
