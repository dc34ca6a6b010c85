import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { HOST_BYTE_ORDER } from "../codes/byte-order.ts";
import { MACHINE_ROOT, type ProcContext } from "./context.ts";
import { isLinuxFile } from "./linux-file.ts";

const directory = mkdtempSync(join(tmpdir(), "procnet-linux-file-"));
afterAll(() => rmSync(directory, { recursive: true }));

const OWN: ProcContext = { root: MACHINE_ROOT, own: true, byteOrder: HOST_BYTE_ORDER, ticksPerSecond: 100 };

function isLinux(path: string, context: ProcContext = OWN): boolean {
  const fd = openSync(path, "r");
  try {
    return isLinuxFile(fd, context);
  } finally {
    closeSync(fd);
  }
}

it("knows a table that the kernel prints", () => {
  for (const name of ["tcp", "dev"]) expect(isLinux(join(MACHINE_ROOT, "self", "net", name))).toBe(true);
});

it("takes nothing else for one: a copy, a file of a process, a directory, a procfs of others", () => {
  const tcp = join(MACHINE_ROOT, "self", "net", "tcp");
  const copy = join(directory, "tcp");
  writeFileSync(copy, readFileSync(tcp));
  expect(isLinux(copy)).toBe(false);
  // Their text is what the process likes it to be; they are on procfs too.
  for (const name of ["environ", "cmdline"]) expect(isLinux(join(MACHINE_ROOT, "self", name))).toBe(false);
  expect(isLinux(MACHINE_ROOT)).toBe(false);
  expect(isLinux(tcp, { ...OWN, own: false })).toBe(false);
  expect(isLinux(tcp, { ...OWN, root: directory })).toBe(false);
});

it("takes a descriptor that is closed for nothing", () => {
  expect(isLinuxFile(1 << 20, OWN)).toBe(false);
});
