import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { scaled } from "../support/time.ts";
import { ROOT } from "../support/tools.ts";

/*
 * What CONTRIBUTING.md says of how a reader is added, done word for word in a copy of the library.
 */

const LIBRARY = "packages/procnet";
const FOLDER = `${LIBRARY}/src/files/devices`;

let copy: string;
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "procnet-reader-"));
  const parts = [
    "package.json",
    "tsconfig.base.json",
    "vitest.config.ts",
    "test/house/lists.ts",
    "test/house/lists.test.ts",
  ];
  for (const part of [
    ...parts,
    "test/support",
    ...["src", "package.json", "tsconfig.json"].map((name) => `${LIBRARY}/${name}`),
  ]) {
    mkdirSync(join(copy, part, ".."), { recursive: true });
    cpSync(join(ROOT, part), join(copy, part), { recursive: true });
  }
  symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
});
afterAll(() => rmSync(copy, { recursive: true }));

/** The pieces of code in the chapter, in their order. */
function steps(): string[] {
  const text = readFileSync(join(ROOT, "CONTRIBUTING.md"), "utf8");
  const chapter = text.slice(text.indexOf("## How to add a reader"), text.indexOf("## Tests"));
  return [...chapter.matchAll(/```typescript\n(.*?)\n```\n\n(?:\*\*|Facts|`)/gs)].map(([, code]) => `${code}\n`);
}

function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: copy,
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  return status === 0 ? "" : `${stdout}${stderr}`;
}

const vitest = (...args: readonly string[]): string[] => ["node_modules/vitest/vitest.mjs", "run", ...args];

it("a reader is added with a table, a line in a list, and a test", { timeout: scaled(120_000) }, () => {
  const [table = "", line = "", test = ""] = steps();
  writeFileSync(join(copy, FOLDER, "queues.ts"), table);
  writeFileSync(join(copy, FOLDER, "queues.test.ts"), test);
  const list = join(copy, FOLDER, "index.ts");
  writeFileSync(list, readFileSync(list, "utf8") + line);
  expect(run(vitest("test/house/lists.test.ts"), { WRITE_LISTS: "1" })).toBe("");
  writeFileSync(
    join(copy, LIBRARY, "src/used.test.ts"),
    `import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parseQueues, ProcFs, read } from "./index.ts";
import { queues } from "./tables.ts";

it("is there by all its names", () => {
  const root = mkdtempSync(join(tmpdir(), "procnet-queues-"));
  mkdirSync(join(root, "1/net"), { recursive: true });
  const text = "Iface    Queue  Packets\\neth0         1       20\\n";
  writeFileSync(join(root, "1/net/queues"), text);
  const of = new ProcFs({ root });
  const rows = [{ iface: "eth0", queue: 1, packets: 20 }];
  expect(read(queues, { of })).toEqual(rows);
  expect(of.net.queues()).toEqual(rows);
  expect(of.net.read("queues")[0]?.packets).toBe(20);
  expect([...of.net.each("queues")]).toEqual(rows);
  expect(of.net.readAll().tables.get("queues")).toEqual(rows);
  expect(parseQueues(new TextEncoder().encode(text))).toEqual(rows);
});
`,
  );
  expect(run(vitest(`${FOLDER}/queues.test.ts`, `${LIBRARY}/src/used.test.ts`))).toBe("");
  // The compiler takes all of it, the use included.
  const config = join(copy, "tsconfig.reader.json");
  const options = {
    noEmit: true,
    allowImportingTsExtensions: true,
    declaration: false,
    declarationMap: false,
    isolatedDeclarations: false,
    sourceMap: false,
    composite: false,
    types: ["node"],
  };
  writeFileSync(
    config,
    JSON.stringify({
      extends: "./tsconfig.base.json",
      compilerOptions: options,
      files: [`${LIBRARY}/src/used.test.ts`, `${FOLDER}/queues.test.ts`],
    }),
  );
  expect(run(["node_modules/typescript/bin/tsc", "--project", config])).toBe("");
});
