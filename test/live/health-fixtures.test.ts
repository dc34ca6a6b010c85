import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  evaluateHealth,
  healthSinceBoot,
  limits,
  ProcFs,
  ratesBetween,
  takeSample,
} from "../../packages/procnet/src/index.ts";
import { FINDINGS } from "../../packages/procnet/src/live.ts";
import { ROOT } from "../support/tools.ts";

/* Captures of old and new kernels: every finding is judged, or unknown with a reason; nothing throws, and no number is made up. */

const FOLDER = join(ROOT, "test/fixtures");
const kernels = readdirSync(FOLDER).filter((name) => /^\d/.test(name));

describe.each(kernels)("Linux %s", (kernel) => {
  const byteOrder = kernel.endsWith("big-endian") ? "BE" : "LE";

  it("is judged without an exception, each finding once in order, found, or unknown with a reason", async () => {
    const procfs = new ProcFs({ root: join(FOLDER, kernel), byteOrder });
    const one = await takeSample({ procfs });
    // Some trees hold a few files only.
    expect([one.snmp, one.netstat, one.devices, one.sockets, one.softnet].some((read) => read !== undefined)).toBe(
      true,
    );
    const other = { ...(await takeSample({ procfs })), at: one.at + 5000 };
    for (const samples of [[one], [one, other]]) {
      const { findings, unknown, ok } = evaluateHealth(samples, { limits: limits({ procfs }) });
      const told = new Set([...findings.map(({ id }) => id), ...unknown.map(({ id }) => id), ...ok]);
      expect([...told].sort()).toEqual(FINDINGS.map(({ id }) => id).sort());
      for (const { message, reason } of unknown) {
        expect(reason).toMatch(/^[a-z-]+$/);
        expect(message.length).toBeGreaterThan(10);
      }
      for (const { summary, evidence } of findings) {
        expect(summary).not.toMatch(/NaN|undefined|Infinity/);
        for (const { value, delta = 0 } of evidence) expect([Number.isNaN(value), delta < 0]).toEqual([false, false]);
      }
    }
    // The same twice: nothing grew.
    expect(ratesBetween(one, other).rates.every(({ delta = 0 }) => delta === 0)).toBe(true);
    expect(healthSinceBoot(one).findings.every(({ severity }) => severity === "info")).toBe(true);
  });
});

it("there are captures", () => expect(kernels.length).toBeGreaterThan(4));
