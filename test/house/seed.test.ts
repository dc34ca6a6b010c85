import fc from "fast-check";
import { expect, it } from "vitest";

const { PROCNET_SEED: wanted = "1" } = process.env;

it("property tests draw the same values in each run, unless asked for others", () => {
  expect(fc.readConfigureGlobal()?.seed).toBe(wanted === "random" ? undefined : Number(wanted));
});
