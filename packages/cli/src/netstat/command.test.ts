import { expect, it, vi } from "vitest";
import { testIo } from "../../../../test/support/command/io.ts";
import { netstat } from "./command.ts";

/*
 * Deno throws an error of its own where it was not allowed to look, also from calls that throw nothing in Node.
 */

vi.mock("node:fs", async (original) => ({
  ...(await original<typeof import("node:fs")>()),
  existsSync: (path: string): boolean => {
    const error = new Error(`Requires read access to "${path}", run again with the --allow-read flag`);
    error.name = "NotCapable";
    throw error;
  },
}));

it.each([[], ["--root", "/tmp"]])("netstat says in one sentence what the runtime refuses: %s", async (...args) => {
  const io = testIo();
  expect(await netstat(args, io)).toBe(4);
  expect(io.printed.out).toBe("");
  expect(io.printed.err).toMatch(/^netstat: Requires read access to "\S+", run again with the --allow-read flag\n$/);
});
