import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { tableNamed } from "../../packages/procnet/src/catalogue.ts";
import { ROOT } from "../support/tools.ts";

const PACKAGES = ["packages/procnet", "packages/cli", "packages/server", "packages/kernel"];
const filesIn = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .filter((path) => !/\/(node_modules|build|dist)\//.test(path));
const isTest = (path: string): boolean => path.endsWith(".test.ts");
const nameOf = (path: string): string => basename(path).replace(/(\.test)?\.tsx?$/, "");

/** Names of the sources of a folder, and of the folder itself. */
const namesBeside = (folder: string, sources: readonly string[]): string[] => [
  basename(folder),
  ...sources.filter((path) => dirname(path) === folder).map(nameOf),
];

/** Whether one name is the other, or its beginning up to a hyphen: `drive-turns` and `drive`, `rxrpc` and `rxrpc-calls`. */
const belongs = (test: string, source: string): boolean =>
  test === source || test.startsWith(`${source}-`) || source.startsWith(`${test}-`);

const all = PACKAGES.flatMap(filesIn).filter((path) => path.endsWith(".ts"));
const components = PACKAGES.flatMap(filesIn).filter((path) => path.endsWith(".tsx"));
const sources = all.filter((path) => path.includes("/src/") && !isTest(path));
const beside = all.filter(isTest);
const whole = filesIn("test").filter(isTest);

describe("a test", () => {
  it("is found in either place", () => {
    expect(beside.length).toBeGreaterThan(100);
    expect(whole.length).toBeGreaterThan(40);
  });

  it("of the sources stands in the folder of what it is named after", () => {
    const lost = beside.filter(
      (path) => !namesBeside(dirname(path), [...sources, ...components]).some((name) => belongs(nameOf(path), name)),
    );
    expect(lost).toEqual([]);
  });

  it("of the whole stands in a folder of test/, and is not named after a source unless it is an oracle", () => {
    const names = new Set(sources.map(nameOf));
    const wrong = whole.filter(
      (path) => dirname(path) === "test" || (!path.startsWith("test/oracles/") && names.has(nameOf(path))),
    );
    expect(wrong).toEqual([]);
  });

  it("stands in no third place", () => {
    expect(beside.filter((path) => !path.includes("/src/"))).toEqual([]);
    expect(PACKAGES.filter((folder) => existsSync(join(ROOT, folder, "test")))).toEqual([]);
  });
});

it("a captured tree holds files of the kernel and no others: what they mean is in test/golden", () => {
  const captured = filesIn("test/fixtures").filter((path) => basename(path) !== ".gitattributes");
  expect(captured.length).toBeGreaterThan(30);
  const foreign = captured.filter((path) => {
    const [, name] = path.split("/1/net/");
    return name === undefined || tableNamed(name) === undefined;
  });
  expect(foreign).toEqual([]);
});
