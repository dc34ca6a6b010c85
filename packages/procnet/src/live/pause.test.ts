import { spawn } from "node:child_process";
import { getEventListeners, once } from "node:events";
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

it.each([
  ["rates", () => rates({ interval: 1e8 })],
  ["health", () => health({ interval: 1e8, sockets: false })],
] as const)("%s ends with its return while somebody waits for its next value", async (_, begin) => {
  const values = begin();
  await values.next();
  const waiting = values.next();
  expect(await values.return()).toEqual({ done: true, value: undefined });
  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(await values.next()).toEqual({ done: true, value: undefined });
});

it.each([
  ["its signal", async (_: unknown, ending: AbortController) => ending.abort()],
  ["its return", async (values: AsyncGenerator) => void values.return(undefined)],
] as const)("health ends with %s while it looks at sockets", async (_, end) => {
  const ending = new AbortController();
  const values = health({ signal: ending.signal });
  const first = values.next();
  await end(values, ending);
  await first;
  expect(await values.next()).toEqual({ done: true, value: undefined });
});

it("leaves nothing on a signal that goes on", async () => {
  const { signal } = new AbortController();
  for (let times = 0; times < 3; times++) {
    for await (const _value of rates({ interval: 1, signal })) break;
    rates({ signal }); // nobody asked it for anything
  }
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

it("a value that was late is not made up for by one that is early", async () => {
  const values = rates({ interval: 40 });
  await values.next();
  await new Promise((done) => setTimeout(done, 200));
  const late = performance.now();
  await values.next();
  await values.next();
  // The second is due at once, the third so long after it. A timer may come a millisecond early.
  expect(performance.now() - late).toBeGreaterThanOrEqual(38);
  await values.return();
});

it.each([
  ["rates", (pid: number) => rates({ pid, interval: 1 })],
  ["health", (pid: number) => health({ pid, interval: 1, sockets: false })],
] as const)("%s of a process says that it has ended: its counters are not gone one by one", async (_, begin) => {
  const child = spawn("sleep", ["100000"]);
  const values = begin(child.pid!);
  expect((await values.next()).done).toBe(false);
  child.kill("SIGKILL");
  await once(child, "exit");
  await expect(values.next()).rejects.toMatchObject({ code: "ESRCH" });
});

it("does not begin with a signal that is over", async () => {
  for (const begin of [rates, health])
    expect(await begin({ signal: AbortSignal.abort() }).next()).toEqual({ done: true, value: undefined });
});

it.each([0, 0.5, -1, Number.NaN, 2 ** 31, "1"])("an interval of %o is refused", (interval) => {
  for (const begin of [rates, health])
    expect(() => begin({ interval } as object)).toThrow(/: interval must be milliseconds from 1 to 2147483647$/);
});
