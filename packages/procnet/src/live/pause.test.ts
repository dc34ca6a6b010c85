import { expect, it } from "vitest";
import { health, rates } from "../index.ts";

it.each([
  ["rates", () => rates({ interval: 50 })],
  ["health", () => health({ interval: 50, sockets: false })],
] as const)("%s waits so long between two samples, and not before the first", async (_, begin) => {
  const began = performance.now();
  let values = 0;
  for await (const _value of begin()) if (++values === 3) break;
  // Two waits. Later is a busy host, earlier would be wrong; a timer may come a millisecond early.
  expect(performance.now() - began).toBeGreaterThanOrEqual(98);
});

it.each([
  ["rates", (signal: AbortSignal) => rates({ interval: 1e8, signal })],
  ["health", (signal: AbortSignal) => health({ interval: 1e8, sockets: false, signal })],
] as const)("%s ends with its signal while it waits", async (_, begin) => {
  const ending = new AbortController();
  let values = 0;
  for await (const _value of begin(ending.signal)) {
    values++;
    setTimeout(() => ending.abort(), 10);
  }
  expect(values).toBe(1);
});

it.each([0, -1, Number.NaN, 2 ** 31, "1"])("an interval of %o is refused", async (interval) => {
  for (const begin of [rates, health])
    await expect(begin({ interval } as object).next()).rejects.toThrow(
      /: interval must be milliseconds from 1 to 2147483647$/,
    );
});
