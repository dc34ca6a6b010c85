import { spawnSync } from "node:child_process";
import { copyFileSync, cpSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ROOT } from "./tools.ts";

/*
 * What another user is to run is put where every user can read it: the clone, Node itself and the folder for temporary
 * files may all lie below a folder that nobody else may enter, such as root's home.
 */

/** Number of the user who may do nothing. */
export const NOBODY = 65534;

const made = new Set<string>();
// A test that is interrupted runs no hook.
process.on("exit", () => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** Whether every user may pass through all folders above the path. */
function isPassable(path: string): boolean {
  for (let folder = realpathSync(path); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** A new empty folder that every user can enter. It is removed when this process ends. */
export function readableFolder(): string {
  const base = [tmpdir(), "/tmp", "/var/tmp", "/dev/shm"].find((path) => existsSync(path) && isPassable(path));
  if (base === undefined) throw new Error("there is no folder for temporary files that every user may enter");
  const folder = mkdtempSync(join(base, "procnet-readable-"));
  made.add(folder);
  makeReadable(folder);
  return folder;
}

/** Gives every user the right to read what is there, whatever mask this process makes files with. */
export function makeReadable(path: string): void {
  const { status, stderr } = spawnSync("chmod", ["-R", "a+rX", path], { encoding: "utf8" });
  if (status !== 0) throw new Error(`chmod ${path}: ${stderr}`);
}

let node: string | undefined;

/** Node as every user can run it: this one where it can be reached, else a copy. */
export function readableNode(): string {
  if (node !== undefined) return node;
  const { status } = spawnSync(process.execPath, ["--version"], { uid: NOBODY, gid: NOBODY, cwd: "/" });
  node = process.execPath;
  if (status !== 0 && process.geteuid?.() === 0) {
    // By the same name, which is that of the process.
    node = join(readableFolder(), "node");
    copyFileSync(process.execPath, node);
    makeReadable(node);
  }
  return node;
}

let bin: string | undefined;

/** The built command, with all that it needs, where every user can read it. */
export function readableBin(): string {
  bin ??= copiedBin();
  return bin;
}

let doorless: string | undefined;

/** The built command with the package that asks the kernel, and no koffi: on a Node without `node:ffi` that has no way to. */
export function doorlessBin(): string {
  if (doorless !== undefined) return doorless;
  doorless = copiedBin();
  const source = join(ROOT, "packages", "kernel");
  const target = join(dirname(dirname(doorless)), "node_modules", "@procnet", "kernel");
  for (const part of ["dist", "package.json"]) cpSync(join(source, part), join(target, part), { recursive: true });
  copyDependencies(source, target);
  makeReadable(target);
  return doorless;
}

function copiedBin(): string {
  const source = join(ROOT, "packages", "cli");
  if (!existsSync(join(source, "dist"))) throw new Error("not built: run `npm run build` first");
  const target = join(readableFolder(), "cli");
  for (const part of ["bin", "dist", "package.json"]) {
    cpSync(join(source, part), join(target, part), { recursive: true, dereference: true });
  }
  copyDependencies(source, target);
  makeReadable(target);
  return join(target, "bin", "procnet.js");
}

/** The built command with the server and its page, where every user can read them. */
export function readableServer(): string {
  const command = readableBin();
  const source = join(ROOT, "packages", "server");
  const target = join(dirname(dirname(command)), "node_modules", "@procnet", "server");
  if (existsSync(target)) return command;
  for (const part of ["dist", "assets", "package.json"])
    cpSync(join(source, part), join(target, part), { recursive: true });
  copyDependencies(source, target);
  makeReadable(target);
  return command;
}

/** Copies what an installed package depends on beside it. */
export function copyDependencies(source: string, target: string): void {
  const { dependencies = {} } = JSON.parse(readFileSync(join(source, "package.json"), "utf8")) as {
    dependencies?: Record<string, string>;
  };
  for (const name of Object.keys(dependencies)) {
    const from = locate(name, source);
    const to = join(target, "node_modules", name);
    // Those of this repository have a folder `build` for what is left of building; others have their code in one.
    const left = from.startsWith(join(ROOT, "packages"))
      ? /^\/(node_modules|src|build)(\/|$)/
      : /^\/node_modules(\/|$)/;
    const isNeeded = (path: string): boolean =>
      !left.test(path.slice(from.length)) && !/\.(map|d\.ts)$/.test(path.slice(from.length));
    cpSync(from, to, { recursive: true, dereference: true, filter: isNeeded });
    copyDependencies(from, to);
  }
}

/** The folder of an installed package, as Node would find it. */
function locate(name: string, from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const path = join(folder, "node_modules", name);
    if (existsSync(path)) return realpathSync(path);
    if (folder === dirname(folder)) throw new Error(`${name} is not installed`);
  }
}
