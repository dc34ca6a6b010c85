import { expect, it } from "vitest";
import { UsageError } from "../errors.ts";
import { kernelFor, untoldHelp } from "./kernel.ts";

const rtt = { root: undefined, wanted: ["rtt"] };
const nothing = { root: undefined, wanted: [] };

it("asks the kernel where that is said, and with auto for what procfs does not tell", async () => {
  expect(await kernelFor({ source: "kernel", ...nothing })).toMatchObject({ door: { name: expect.any(String) } });
  expect(await kernelFor({ source: "auto", ...rtt })).toHaveProperty("kernel.createKernelSource");
  for (const asked of [{ source: "auto", ...nothing } as const, { source: "procfs", ...rtt } as const])
    expect(await kernelFor(asked)).toBe(undefined);
});

it("does not take what this kernel tells for what is in another procfs", async () => {
  await expect(kernelFor({ source: "kernel", root: "/host/proc", wanted: [] })).rejects.toThrow(UsageError);
  const answer = await kernelFor({ source: "auto", root: "/captured", wanted: ["rtt", "mark"] });
  expect(untoldHelp(answer)).toMatch(/^, and the kernel cannot be asked: .*--root/);
});

it("says what would tell what is left out", async () => {
  expect(untoldHelp(await kernelFor({ source: "procfs", ...rtt }))).toBe("; --source kernel does");
  expect(untoldHelp(await kernelFor({ source: "auto", ...rtt }))).toBe("");
});
