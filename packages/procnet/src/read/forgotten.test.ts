import { mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, expect, it } from "vitest";
import { dev } from "../files/devices/dev.ts";
import { ProcFs } from "../procfs.ts";
import { MACHINE_ROOT } from "./context.ts";
import { eachFromFile } from "./file.ts";
import { regionsOf } from "./table-file.ts";

const folder = mkdtempSync(join(tmpdir(), "procnet-forgotten-"));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, "text"), "one\n");

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

const openFds = (): number => readdirSync(join(MACHINE_ROOT, "self", "fd")).length;

/** Collects until nothing more of this kind is open, for as long as it takes a busy machine. */
async function closedIn(isOpen: () => boolean): Promise<boolean> {
  for (let round = 0; round < 500; round++) {
    if (!isOpen()) return true;
    collect();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return false;
}

/** Begins and forgets, in a call of its own so that nothing of it is left on the stack. */
function forget(begin: () => { next(): unknown }, times: number): void {
  for (let round = 0; round < times; round++) begin().next();
}

it.each<readonly [string, () => { next(): unknown }]>([
  ["rows", () => new ProcFs().net.each("dev")],
  [
    "regions",
    () => regionsOf(dev, { place: new ProcFs().place, name: "dev", options: {} }, false, (of) => dev.scanner(of)),
  ],
  [
    "regions that are waited for",
    () => regionsOf(dev, { place: new ProcFs().place, name: "dev", options: {} }, true, (of) => dev.scanner(of)),
  ],
  ["descriptors", () => new ProcFs().self().fds()],
])("%s that were begun and forgotten close what they read from, once they are collected", async (_what, begin) => {
  const before = openFds();
  forget(begin, 20);
  expect(openFds()).toBeGreaterThanOrEqual(before + 20);
  expect(await closedIn(() => openFds() > before)).toBe(true);
});

it("one that is still held stays open, and ends with return() or using", async () => {
  const before = openFds();
  const rows = eachFromFile(join(folder, "text"), {}, function* (source, buffer) {
    for (;;) yield source(buffer, 0);
  });
  expect(rows.next().value).toBe(4);
  collect();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(rows.next().value).toBe(0);
  expect(openFds()).toBe(before + 1);
  const dispose = (Symbol as { dispose?: symbol }).dispose;
  if (dispose === undefined) rows.return();
  else (rows as unknown as Record<symbol, () => void>)[dispose]!();
  expect(openFds()).toBe(before);
  expect(rows.next()).toEqual({ done: true, value: undefined });
});

it("a number that was closed by its reader and given away again is not closed a second time", async () => {
  const rows = eachFromFile(join(folder, "text"), {}, function* (source, buffer) {
    yield source(buffer, 0);
  });
  rows.next();
  const own = (fd: string): boolean => {
    try {
      return readlinkSync(join(MACHINE_ROOT, "self", "fd", fd)) === join(folder, "text");
    } catch {
      return false;
    }
  };
  const fd = readdirSync(join(MACHINE_ROOT, "self", "fd")).find(own)!;
  rows.return();
  expect(own(fd)).toBe(false);
  const again = eachFromFile(join(folder, "text"), {}, function* (source, buffer) {
    for (;;) yield source(buffer, 0);
  });
  again.next();
  expect(own(fd)).toBe(true); // the system gives the lowest number that is free
  collect();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(own(fd)).toBe(true);
  again.return();
});
