import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "../support/tools.ts";

/*
 * The README of a package is read on the registry's page and in node_modules: links into the repository have to be whole
 * addresses, and what they lead to has to be there.
 */
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const manifest = JSON.parse(read("package.json")) as { homepage: string };
const SITE = manifest.homepage.replace(/#.*/, "");

describe.each(["packages/procnet", "packages/cli", "packages/server", "packages/kernel"])("%s/README.md", (folder) => {
  const page = read(join(folder, "README.md"));
  const links = Array.from(page.matchAll(/\]\(([^)]+)\)/g), ([, target = ""]) => target);

  it("links with whole addresses to pages that exist", () => {
    expect(links.length).toBeGreaterThan(0);
    const bad = links.filter((link) => {
      const path = link.startsWith(`${SITE}/blob/main/`) ? link.slice(`${SITE}/blob/main/`.length) : undefined;
      return path === undefined || !existsSync(join(ROOT, path.replace(/#.*/, "")));
    });
    expect(bad).toEqual([]);
  });

  it("says where the package comes from until it is released, and no longer", () => {
    const { name, version } = JSON.parse(read(join(folder, "package.json"))) as { name: string; version: string };
    const unreleased = read("CHANGELOG.md").includes(`## [${version}] - unreleased`);
    expect(page).toMatch(new RegExp(`npm install (-g )?${name}|npm install --global .*${name}|npx ${name}`));
    expect(page.includes("not on the registry yet"), "until the first release").toBe(unreleased);
    if (unreleased) expect(page).toMatch(new RegExp(`npm pack .*--workspace ${name}`));
  });
});
