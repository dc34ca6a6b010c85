import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "procnet-packed-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (command: string, args: string[], cwd: string): string => {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${stderr}`);
  return stdout;
};

/** What `npm install` of the tarball makes. */
function install(name: string, directory: string): void {
  const [{ filename }] = JSON.parse(
    run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], directory),
  ) as [{ filename: string }];
  const target = join(folder, "node_modules", name);
  mkdirSync(target, { recursive: true });
  run("tar", ["-xzf", join(folder, filename), "--strip-components=1", "-C", target], folder);
}

it("runs from the packed tarballs in an empty folder", () => {
  install("procnet", join(ROOT, "packages/procnet"));
  install("@procnet/cli", join(ROOT, "packages/cli"));
  const require = createRequire(join(ROOT, "packages/cli/package.json"));
  for (const name of ["commander", "string-width"]) {
    let directory = dirname(require.resolve(name));
    while (!existsSync(join(directory, "package.json"))) directory = dirname(directory);
    symlinkSync(directory, join(folder, "node_modules", name));
  }
  const bin = join(folder, "node_modules/@procnet/cli/bin/procnet.js");
  expect(run(process.execPath, [bin, "--version"], folder)).toMatch(/^\d/);
  expect(run(process.execPath, [bin, "--count-by", "state"], folder)).toContain("COUNT  STATE");
  expect(run(process.execPath, [bin, "completion", "fish"], folder)).toContain("complete -c procnet");
});
