import { expect, it } from "vitest";
import { UsageError } from "../errors.ts";
import { kernelFor, untoldNote } from "./kernel.ts";

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
  const asked = { source: "auto", root: "/captured", wanted: ["rtt", "mark"] } as const;
  expect(untoldNote(asked, await kernelFor(asked))).toEqual([
    expect.stringMatching(/^procfs does not tell rtt, mark, and the kernel cannot be asked: .*--root/),
  ]);
});

it("says what is left out, and what would tell it", async () => {
  const asked = { source: "procfs", ...rtt } as const;
  expect(untoldNote(asked, await kernelFor(asked))).toEqual(["procfs does not tell rtt; --source kernel does"]);
  const told = { source: "auto", ...rtt } as const;
  expect(untoldNote(told, await kernelFor(told))).toEqual([]);
});
