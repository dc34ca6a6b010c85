import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { scaled } from "../support/time.ts";
import { ROOT } from "../support/tools.ts";

/* Works on what `npm run build` made, and asks no registry. */
const node = (...args: string[]) => spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" });
const release = (...args: string[]) => node("test/release/release.mjs", ...args);

/** The lines of a report to which one check adds. */
function checked(call: string): string[] {
  const module = JSON.stringify(join(ROOT, "test/release/rehearsal.mjs"));
  const code = `import { checkChangelog, checkVersions, Report } from ${module};
    const report = new Report();
    const publishConfig = { access: "public", provenance: true };
    const library = { name: "procnet", version: "0.1.0", publishConfig };
    const command = { ...library, name: "@procnet/cli", dependencies: { procnet: "0.1.0" } };
    ${call};
    console.log(report.lines.join("\\n"));`;
  const { status, stdout, stderr } = node("--input-type=module", "--eval", code);
  expect(stderr).toBe("");
  expect(status).toBe(0);
  return stdout.trim().split("\n");
}
const wrong = (lines: readonly string[]): readonly string[] => lines.filter((line) => line.startsWith("WRONG"));

describe("npm run release", () => {
  it(
    "rehearses: all packages from their tarballs, used in eight ways with the same answers",
    () => {
      const { status, stdout, stderr } = release("--dry-run");
      expect(stderr).toBe("");
      expect(stdout.split("\n").filter((line) => !/^(ok {5}|to do {2})/.test(line))).toEqual([
        "",
        expect.stringMatching(/^0 wrong, \d+ to do by hand\. Nothing was published\.$/),
        "",
      ]);
      expect(Array.from(stdout.matchAll(/used by (.*): the same answers/g), ([, way]) => way)).toEqual([
        ...["import", "require", "TypeScript, nodenext", "TypeScript, bundler", "esbuild", "vite", "rollup", "webpack"],
      ]);
      expect(status).toBe(0);
    },
    scaled(600_000),
  );

  it("publishes nothing by itself, and says what a person does", () => {
    for (const args of [[], ["--dry-run", "--force"], ["--publish"]]) {
      const { status, stdout, stderr } = release(...args);
      expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
      expect(stderr).toContain("npm publish --workspace procnet");
    }
  });
});

describe("a release is refused", () => {
  it("for no reason when all fits", () => {
    expect(wrong(checked("checkVersions(report, [library, command])"))).toEqual([]);
  });

  it.each([
    ["another version of the command", `[library, { ...command, version: "0.1.1" }]`, "has it too"],
    [
      "a dependency on another version",
      `[library, { ...command, dependencies: { procnet: "^0.1.0" } }]`,
      "is made with",
    ],
    [
      "a server of another version",
      `[library, { ...command, name: "@procnet/server", version: "0.1.1" }, { ...command, peerDependencies: { "@procnet/server": "0.1.0" } }]`,
      "@procnet/server has it too",
    ],
    [
      "a command for a server of another version",
      `[library, { ...command, peerDependencies: { "@procnet/server": "0.1.1" } }, { ...command, name: "@procnet/server" }]`,
      "works with",
    ],
    ["a version that the lock file has not", `[{ ...library, version: "9.9.9" }, command]`, "package-lock.json"],
    ["no version", `[{ ...library, version: "next" }, command]`, "Semantic Versioning"],
    ["no provenance", `[{ ...library, publishConfig: { access: "public" } }, command]`, "with provenance"],
  ])("for %s", (_, manifests, why) => {
    expect(wrong(checked(`checkVersions(report, ${manifests})`)).join("\n")).toContain(why);
  });

  it("for a changelog without the version, and reminded of one without the day", () => {
    const changelog = (text: string): string[] => checked(`checkChangelog(report, "0.1.0", ${JSON.stringify(text)})`);
    expect(wrong(changelog("## [0.0.9] - 2026-01-01\n"))).toHaveLength(1);
    expect(wrong(changelog("## [0.1.0] - soon\n"))).toHaveLength(1);
    expect(changelog("## [0.1.0] - unreleased\n")).toContain("to do  write the day of the release into CHANGELOG.md");
    expect(changelog("## [0.1.0] - 2026-01-01\n").join("\n")).not.toContain("write the day");
  });
});
