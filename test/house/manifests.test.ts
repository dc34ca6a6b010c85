import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "../support/tools.ts";

/*
 * What npm is told. A package without `integrity` in the lock file is installed unverified: npm compares a download with
 * that field alone, and takes whatever comes where it is missing.
 */

interface Locked {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
}

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly repository: { readonly type: string; readonly url: string; readonly directory?: string };
  readonly homepage: string;
  readonly bugs: { readonly url: string };
  readonly keywords?: readonly string[];
  readonly workspaces?: readonly string[];
}

const json = <Value>(path: string): Value => JSON.parse(readFileSync(join(ROOT, path), "utf8")) as Value;

describe("package-lock.json", () => {
  const { packages } = json<{ packages: Record<string, Locked> }>("package-lock.json");
  /** What npm downloads: neither this repository nor links into it. */
  const downloads = Object.entries(packages).filter(([path, { link }]) => path.includes("node_modules/") && !link);

  it("has a strong digest of every package that is downloaded", () => {
    expect(downloads.length).toBeGreaterThan(100);
    const weak = downloads.filter(([, { integrity }]) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ""));
    expect(weak.map(([path]) => path)).toEqual([]);
  });

  it("names no address: npm asks the registry that it is set up with, and checks the digest", () => {
    expect(downloads.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });
});

describe("manifests", () => {
  const root = json<Manifest>("package.json");
  const folders = root.workspaces!.flatMap((pattern) => {
    if (!pattern.endsWith("/*")) return [pattern];
    const base = pattern.slice(0, -2);
    return readdirSync(join(ROOT, base)).map((name) => `${base}/${name}`);
  });
  const places = ["", ...folders.filter((folder) => existsSync(join(ROOT, folder, "package.json")))];

  it.each(places)("%s/package.json says what it is, where it comes from and where to complain", (folder) => {
    const manifest = json<Manifest>(join(folder, "package.json"));
    expect(manifest).toMatchObject({
      description: expect.stringMatching(/^.{20,}\.$/),
      license: "MIT",
      type: "module",
      engines: { node: ">=20.19" },
      // One address for the house; each package says its folder.
      homepage: root.homepage,
      bugs: root.bugs,
      repository: { ...root.repository, ...(folder !== "" && { directory: folder }) },
    });
    if (!manifest.private) expect(manifest.keywords!.length).toBeGreaterThan(4);
  });
});
