import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { buildSync } from "esbuild";
import type { Mark } from "./mark.ts";

/** Programs of one line, and the most bytes that a bundler may make of each. */
const PROGRAMS: readonly { readonly what: string; readonly code: string; readonly most?: number }[] = [
  { what: "TcpState", code: `export { TcpState } from "procnet";`, most: 4 },
  { what: "escapeText", code: `export { escapeText } from "procnet";`, most: 4 },
  { what: "parseTcp", code: `export { parseTcp } from "procnet";`, most: 16 },
  { what: "read and tcp", code: `export { read } from "procnet"; export { tcp } from "procnet/tables";`, most: 24 },
  { what: "whoListens", code: `export { whoListens } from "procnet";`, most: 60 },
  {
    what: "everything",
    code: ["procnet", "procnet/tables", "procnet/query", "procnet/view"]
      .map((door) => `export * from "${door}";`)
      .join(""),
  },
];

/** A program that uses the built library, as esbuild bundles and minifies it. */
export function bundle(root: string, code: string): Uint8Array {
  const { outputFiles } = buildSync({
    stdin: { contents: code, resolveDir: join(root, "bench"), sourcefile: "program.js" },
    ...{
      bundle: true,
      minify: true,
      write: false,
      format: "esm",
      platform: "node",
      target: "node20",
      logLevel: "error",
    },
  });
  return outputFiles[0]!.contents;
}

/** What a program pays that uses a part of the library. */
export function bundledSizes(root: string): Mark[] {
  return PROGRAMS.map(({ what, code, most }) => ({
    what: `bundled, minified: ${what}`,
    value: bundle(root, code).length / 1000,
    unit: "kB",
    ...(most !== undefined && { most }),
  }));
}

/** The library as npm packs it. */
export function packedSize(root: string): Mark[] {
  const args = ["pack", "--dry-run", "--json", "--silent", "--ignore-scripts"];
  const { stdout, stderr, status } = spawnSync("npm", args, { cwd: join(root, "packages/procnet"), encoding: "utf8" });
  if (status !== 0) throw new Error(`npm pack: ${stderr}`);
  const [{ size, entryCount }] = JSON.parse(stdout) as [{ size: number; entryCount: number }];
  return [
    { what: "packed library", value: size / 1000, unit: "kB", most: 250 },
    { what: "packed library", value: entryCount, unit: "files", most: 300 },
  ];
}
