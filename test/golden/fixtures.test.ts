import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type ByteOrder, ProcFs, type ProcfsIssue, type TableName } from "../../packages/procnet/src/index.ts";
import { noScene } from "../support/scene.ts";
import { skipIf } from "../support/tools.ts";
import { CAPTURED, capture } from "./capture.ts";

/*
 * test/fixtures/<kernel>/1/net/<file> is a captured tree; <kernel>/<file>.json here says what it means. 6.18 was captured by
 * capture.ts, the others are written by hand in the formats of their kernels.
 */
const FIXTURES = join(import.meta.dirname, "..", "fixtures");
const KERNELS = readdirSync(FIXTURES).filter((name) => /^[0-9]/.test(name));
const BROKEN = join(FIXTURES, "broken");

const byteOrderOf = (kernel: string): ByteOrder => (kernel.endsWith("-big-endian") ? "BE" : "LE");

/** What a file reads as, and the codes of the issues on the way, in a form that JSON keeps. */
function read(root: string, name: TableName, byteOrder: ByteOrder): { result: unknown; issues: string[] } {
  const issues: ProcfsIssue[] = [];
  const { net } = new ProcFs({ root, byteOrder });
  const result = net.read(name, { onIssue: (issue) => issues.push(issue) });
  return { result: plain(result), issues: issues.map(({ code }) => code) };
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, part) => (part instanceof Uint8Array ? [...part] : part)));
}

/** One row a line, so that a change shows as a line. */
function printed({ result, issues }: { result: unknown; issues: string[] }): string {
  const rows = Array.isArray(result)
    ? `[\n${result.map((row) => JSON.stringify(row)).join(",\n")}\n]`
    : JSON.stringify(result, undefined, 1);
  return `{ "issues": ${JSON.stringify(issues)}, "result": ${rows} }\n`;
}

describe.each(KERNELS)("Linux %s", (kernel) => {
  const root = join(FIXTURES, kernel);
  const directory = join(root, "1", "net");
  const files = readdirSync(directory) as TableName[];

  it.each(files)("%s reads as reviewed", (name) => {
    const found = read(root, name, byteOrderOf(kernel));
    const golden = join(import.meta.dirname, kernel, `${name}.json`);
    if (process.env.UPDATE_GOLDEN) writeFileSync(golden, printed(found));
    expect(found).toEqual(JSON.parse(readFileSync(golden, "utf8")));
  });
});

it("reads a big-endian capture as the same rows", () => {
  const files = readdirSync(join(FIXTURES, "6.18-big-endian", "1", "net"));
  expect(files.length).toBeGreaterThan(3);
  for (const name of files as TableName[]) {
    const big = read(join(FIXTURES, "6.18-big-endian"), name, "BE");
    expect(big).toEqual(read(join(FIXTURES, "6.18"), name, "LE"));
    expect(big).not.toEqual(read(join(FIXTURES, "6.18-big-endian"), name, "LE"));
  }
});

it.each(readdirSync(join(BROKEN, "1", "net")) as TableName[])("keeps nothing of a text that is not %s", (name) => {
  const { result, issues } = read(BROKEN, name, "LE");
  expect(Object.keys(result as object)).toEqual([]);
  expect(new Set(issues)).toEqual(new Set(["ERR_PARSE"]));
});

it("can be captured again on this kernel, and reads without an issue", async (context) => {
  skipIf(context, noScene());
  const root = mkdtempSync(join(tmpdir(), "procnet-capture-"));
  try {
    await capture(root);
    for (const name of CAPTURED) {
      const { result, issues } = read(root, name, "LE");
      expect(issues).toEqual(name === "unix" ? ["ERR_SUSPECT"] : []);
      expect(Object.keys(result as object).length).toBeGreaterThan(1);
    }
  } finally {
    rmSync(root, { recursive: true });
  }
});
