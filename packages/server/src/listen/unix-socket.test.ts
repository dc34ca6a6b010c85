import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, lstatSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Listeners } from "./listeners.ts";
import { socketPathOf } from "./unix-socket.ts";

let folder: string;
let path: string;
let listeners: Listeners;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "procnet-unix-"));
  path = join(folder, "s");
  listeners = new Listeners({ listener: (_, answer) => void answer.end(), tls: undefined, isOpen: false });
});
afterEach(async () => {
  await listeners.close();
  rmSync(folder, { recursive: true });
});

/** A socket that nobody listens at any more, as a program leaves it that is killed. */
function leaveBehind(): void {
  const program = `require("node:net").createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, "SIGKILL"))`;
  spawnSync(process.execPath, ["-e", program]);
  expect(lstatSync(path).isSocket()).toBe(true);
}

it("is for its own user alone, and removed at the end", async () => {
  const mask = process.umask(0);
  await listeners.atPath(path);
  expect(process.umask(mask)).toBe(0);
  expect(lstatSync(path).mode & 0o777).toBe(0o600);
  expect(listeners.urls).toEqual([`unix:${path}`]);
  await listeners.close();
  expect(existsSync(path)).toBe(false);
});

it("is for its own user alone from the first moment on, before it is listened at", async () => {
  const mask = process.umask(0);
  const listening = listeners.atPath(path);
  // Microtasks alone: the server does not say that it listens before they are done.
  for (let turns = 0; turns < 100 && !existsSync(path); turns++) await Promise.resolve();
  const { mode } = lstatSync(path);
  await listening;
  process.umask(mask);
  expect(mode & 0o777).toBe(0o600);
});

it("replaces one that nobody listens at", async () => {
  leaveBehind();
  const before = lstatSync(path).ino;
  await listeners.atPath(path);
  expect(lstatSync(path)).toMatchObject({ mode: 0o140600 });
  expect(listeners.urls).toHaveLength(1);
  expect(before).toBeGreaterThan(0);
});

it("leaves alone one that somebody listens at", async () => {
  const other = createServer().listen(path);
  await once(other, "listening");
  await expect(listeners.atPath(path)).rejects.toThrow("somebody listens at it");
  expect(existsSync(path)).toBe(true);
  other.close();
});

it("leaves alone what is no socket, and where a link leads", async () => {
  writeFileSync(path, "mine");
  await expect(listeners.atPath(path)).rejects.toThrow("is no socket");
  rmSync(path);
  leaveBehind();
  const link = join(folder, "link");
  symlinkSync(path, link);
  await expect(listeners.atPath(link)).rejects.toThrow("is no socket");
  expect(existsSync(path)).toBe(true);
});

it.skipIf(process.geteuid?.() !== 0)("leaves alone one of another user", async () => {
  leaveBehind();
  spawnSync("chown", ["65534", path]);
  await expect(listeners.atPath(path)).rejects.toThrow("another user's");
  expect(existsSync(path)).toBe(true);
});

it.each([[""], ["a\0b"], ["/".padEnd(108, "x")]])("%j is no path", (text) => {
  expect(() => socketPathOf(text)).toThrow(TypeError);
});

it("has as many bytes as the kernel takes", () => {
  expect(socketPathOf("/".padEnd(107, "x"))).toHaveLength(107);
});
