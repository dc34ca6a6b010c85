import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  asJavaScript,
  commentSnippets,
  filesBelow,
  markdownSnippets,
  type Snippet,
  typeErrors,
} from "../support/snippets.ts";
import { scaled } from "../support/time.ts";
import { ROOT } from "../support/tools.ts";

const packages = readdirSync(join(ROOT, "packages"));
const pages = [
  "README.md",
  ...packages.map((name) => join("packages", name, "README.md")),
  ...filesBelow("docs", ".md"),
];
const inPages = pages.flatMap(markdownSnippets);
const inComments = packages
  .flatMap((name) => filesBelow(join("packages", name, "src"), ".ts"))
  .flatMap(commentSnippets);

describe("examples in pages and comments", () => {
  const all = [...inPages, ...inComments].filter(({ language }) => language === "ts");
  let errors = new Map<string, string[]>();
  beforeAll(() => {
    errors = typeErrors(all);
  });

  it("are found", () => {
    expect(inPages.length).toBeGreaterThan(0);
    expect(inComments.map(({ place }) => place.split(":")[0])).toContain(
      "packages/procnet/src/files/sockets/inet/tcp.ts",
    );
  });

  it.each(all.map(({ place }) => place))("%s compiles", (place) => {
    expect(errors.get(place)).toEqual([]);
  });
});

describe("programs of the README and of the page about pure doors", () => {
  const folder = mkdtempSync(join(tmpdir(), "procnet-readme-"));
  const modules = join(folder, "node_modules");
  beforeAll(() => {
    if (!existsSync(join(ROOT, "packages/procnet/dist/index.js")))
      throw new Error("not built: run `npm run build` first");
    mkdirSync(join(modules, "@procnet"), { recursive: true });
    for (const name of packages) {
      symlinkSync(join(ROOT, "packages", name), join(modules, name === "procnet" ? name : `@procnet/${name}`));
    }
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const programs = ["README.md", "docs/query-and-view.md"].flatMap(markdownSnippets).filter(({ runs }) => runs);
  it.each(programs.map((snippet): [string, Snippet] => [snippet.place, snippet]))("%s runs", (place, snippet) => {
    const file = join(folder, `${place.replaceAll(/\W/g, "-")}.mjs`);
    writeFileSync(file, asJavaScript(snippet));
    const { status, stdout, stderr } = spawnSync(process.execPath, [file], {
      encoding: "utf8",
      timeout: scaled(100_000),
    });
    expect(stderr).toBe("");
    expect(status).toBe(0);
    // A result that the text promises behind a call: `console.log(...); // 42`.
    for (const [, promised = ""] of snippet.code.matchAll(/^console\.log\(.*\); \/\/ (.*)$/gm)) {
      expect(stdout.split("\n")).toContain(promised);
    }
  });
});
