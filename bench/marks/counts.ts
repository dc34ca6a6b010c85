import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { circles, readSources } from "./import-graph.ts";
import type { Mark } from "./mark.ts";

const LIBRARY = "packages/procnet/src";
const COMMAND = "packages/cli/src";

/** What is counted in the sources. */
export function counts(root: string): Mark[] {
  const all = casts(root);
  const elsewhere = all.filter((place) => !place.startsWith(`${LIBRARY}/form/`));
  const inForm = all.filter((place) => !elsewhere.includes(place));
  const ways = allCircles(root);
  const { folder, files } = fullestFolder(root);
  const { places, tables } = placesOfReader(root);
  return [
    {
      what: "`as never`, `as unknown as`, outside form/",
      value: elsewhere.length,
      unit: "",
      most: 0,
      ...noted(elsewhere),
    },
    { what: "the same in form/: one commented place", value: inForm.length, unit: "", most: 1, ...noted(inForm) },
    { what: "circles of imports, types too", value: ways.length, unit: "", most: 0, ...noted(ways) },
    { what: "files in one folder, without tests", value: files, unit: "files", most: 40, note: folder },
    { what: "hand-written places of a new reader", value: places, unit: "files", most: 2, note: tables },
  ];
}

const noted = (places: readonly string[]): { note?: string } =>
  places.length === 0 ? {} : { note: places.join("; ") };

/** Where types are overruled. */
function casts(root: string): string[] {
  return [LIBRARY, COMMAND].flatMap((tree) =>
    [...readSources(join(root, tree)).keys()].flatMap((name) => castsOf(root, join(tree, name))),
  );
}

function castsOf(root: string, path: string): string[] {
  const source = ts.createSourceFile(path, readFileSync(join(root, path), "utf8"), ts.ScriptTarget.Latest);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isAsExpression(node) && (isNever(node) || isTwice(node))) {
      found.push(`${path}:${source.getLineAndCharacterOfPosition(node.end).line + 1}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isNever({ type }: ts.AsExpression): boolean {
  return type.kind === ts.SyntaxKind.NeverKeyword;
}

/** Whether it is a cast of a cast to `unknown`: what the compiler would not allow in one step. */
function isTwice({ expression }: ts.AsExpression): boolean {
  const inner = ts.isParenthesizedExpression(expression) ? expression.expression : expression;
  return ts.isAsExpression(inner) && inner.type.kind === ts.SyntaxKind.UnknownKeyword;
}

function allCircles(root: string): string[] {
  return [LIBRARY, COMMAND, "bench"].flatMap((tree) => circles(readSources(join(root, tree)), true));
}

function fullestFolder(root: string): { folder: string; files: number } {
  const inFolder = new Map<string, number>();
  for (const tree of [LIBRARY, COMMAND]) {
    for (const name of readSources(join(root, tree)).keys()) {
      const folder = dirname(join(tree, name));
      inFolder.set(folder, (inFolder.get(folder) ?? 0) + 1);
    }
  }
  const [[folder, files] = ["", 0]] = Array.from(inFolder).sort((a, b) => b[1] - a[1]);
  return { folder, files };
}

/**
 * How many files somebody writes by hand for a file of the kernel that was not read before: its own, and those that import it. The
 * figure is that of most tables, as some are used by more: `tcp` by the engine of sockets.
 */
function placesOfReader(root: string): { places: number; tables: string } {
  const sources = readSources(join(root, LIBRARY));
  const isWritten = (name: string): boolean =>
    !readFileSync(join(root, LIBRARY, name), "utf8").startsWith("// Written by");
  const lists = [...sources.values()].filter(({ name }) => /^files\/\w+\/index\.ts$/.test(name));
  const readers = new Set(lists.flatMap(({ imports }) => imports.map(({ to }) => to)));
  const byPlaces = new Map<number, number>();
  for (const reader of readers) {
    const users = [...sources.values()].filter(({ imports }) => imports.some(({ to }) => to === reader));
    const places = 1 + users.filter(({ name }) => isWritten(name)).length;
    byPlaces.set(places, (byPlaces.get(places) ?? 0) + 1);
  }
  const [[places, files] = [Number.NaN, 0]] = Array.from(byPlaces).sort((a, b) => b[1] - a[1]);
  return { places, tables: `so for ${files} of ${readers.size} files of tables` };
}
