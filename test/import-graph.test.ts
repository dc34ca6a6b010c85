import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { ROOT } from "./support/tools.ts";

const SOURCE = join(ROOT, "packages", "procnet", "src");
const COMMAND = join(ROOT, "packages", "cli", "src");

/** From the bottom to the top. A file may import from its own layer and those below. */
const LAYERS = [
  ...["bytes", "codes", "form", "files", "process", "tables.ts", "parse.ts", "read", "host", "sockets"],
  ...["view", "view.ts", "query", "query.ts", "catalogue.ts", "net.ts", "procfs.ts", "capture", "index.ts"],
];

/** Files beside the rooms that belong to one: errors.ts and check-options.ts to bytes, which escapes their messages. */
const IN_ROOM: ReadonlyMap<string, string> = new Map([
  ["errors.ts", "bytes"],
  ["check-options.ts", "bytes"],
  ["parsers.ts", "parse.ts"],
]);

interface Import {
  readonly from: string;
  /** A file of the library, or the name of a module. */
  readonly to: string;
  readonly typeOnly: boolean;
}

interface SourceFile {
  readonly name: string;
  readonly imports: readonly Import[];
  /** The literal parts of strings and templates. */
  readonly literals: readonly string[];
}

const files = readSources(SOURCE);

function readSources(folder: string): Map<string, SourceFile> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const sources = names.filter((name) => /(?<!\.test|\.test-d)\.ts$/.test(name));
  return new Map(sources.map((name) => [name, readSource(folder, name)]));
}

function readSource(folder: string, name: string): SourceFile {
  const path = join(folder, name);
  const tree = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
  const imports: Import[] = [];
  const literals: string[] = [];
  const visit = (node: ts.Node): void => {
    const target = importOf(node);
    if (target !== undefined) {
      const to = target.module.startsWith(".")
        ? relative(folder, resolve(dirname(path), target.module))
        : target.module;
      imports.push({ from: name, to, typeOnly: target.typeOnly });
    } else if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      literals.push(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return { name, imports, literals };
}

/** What a node imports, if it imports something; `typeOnly` when nothing of it is left at run time. */
function importOf(node: ts.Node): { module: string; typeOnly: boolean } | undefined {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    const clause = node.importClause;
    const named = clause?.namedBindings;
    const onlyTypes =
      named !== undefined && ts.isNamedImports(named) && !clause?.name && named.elements.every((one) => one.isTypeOnly);
    return {
      module: node.moduleSpecifier.text,
      typeOnly: isTypeOnly(clause) || (onlyTypes && named.elements.length > 0),
    };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
    const named = node.exportClause;
    const onlyTypes = named !== undefined && ts.isNamedExports(named) && named.elements.every((one) => one.isTypeOnly);
    return { module: node.moduleSpecifier.text, typeOnly: node.isTypeOnly || onlyTypes };
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [module] = node.arguments;
    return { module: module && ts.isStringLiteralLike(module) ? module.text : "(computed)", typeOnly: false };
  }
  return undefined;
}

function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  return clause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
}

const imports = [...files.values()].flatMap((file) => file.imports);
const arrow = ({ from, to }: Import): string => `${from} -> ${to}`;

describe("the library's imports", () => {
  it("are found", () => {
    expect(files.size).toBeGreaterThan(40);
    expect(imports.map(arrow)).toContain("files/sockets/inet/tcp.ts -> form/forms.ts");
    expect(imports.filter(({ typeOnly }) => typeOnly).map(arrow)).toContain("read/linux-file.ts -> read/context.ts");
    expect(imports.filter(({ to }) => !to.startsWith("node:") && !files.has(to)).map(arrow)).toEqual([]);
  });

  it("go one way, from the rooms above to those below", () => {
    const layer = (name: string): number => {
      const [room = ""] = name.split("/");
      return LAYERS.indexOf(IN_ROOM.get(room) ?? room);
    };
    for (const name of files.keys()) expect(layer(name), name).toBeGreaterThanOrEqual(0);
    const upwards = imports.filter(({ from, to }) => files.has(to) && layer(to) > layer(from));
    expect(upwards.map(arrow)).toEqual([]);
  });

  it("take modules of Node in read, host and capture alone, but for threads in sockets", () => {
    const allowed = ({ from, to }: Import): boolean =>
      /^(read|host|capture)\//.test(from) || (from.startsWith("sockets/") && to === "node:worker_threads");
    const others = imports.filter((one) => !files.has(one.to) && !allowed(one));
    expect(others.map(arrow)).toEqual([]);
  });

  it.each([
    ["parse.ts", "files/sockets/inet/inet-scanner.ts", 20],
    ["query.ts", "codes/address-range.ts", 12],
    ["view.ts", "view/states.ts", 2],
  ])("of the pure door %s load no module of Node", (door, behind, least) => {
    const seen = new Set<string>();
    const outside: string[] = [];
    const follow = (name: string): void => {
      if (seen.has(name)) return;
      seen.add(name);
      for (const one of files.get(name)!.imports) {
        if (one.typeOnly) continue;
        if (files.has(one.to)) follow(one.to);
        else outside.push(arrow(one));
      }
    };
    follow(door);
    expect(seen.size).toBeGreaterThan(least);
    expect(seen).toContain(behind);
    expect(outside).toEqual([]);
  });

  it("of query and view are words, codes and types: nothing that reads is loaded with them", () => {
    const pure = imports.filter(({ from, typeOnly }) => /^(query|view)[/.]/.test(from) && !typeOnly);
    const loaded = new Set(pure.map(({ to }) => to.split("/")[0]));
    const rooms = ["bytes", "check-options.ts", "codes", "errors.ts", "query", "view"];
    expect([...loaded].sort()).toEqual(rooms);
  });

  it("make no circle at run time", () => {
    const done = new Set<string>();
    const circles: string[] = [];
    const follow = (name: string, path: readonly string[]): void => {
      if (path.includes(name)) circles.push([...path.slice(path.indexOf(name)), name].join(" -> "));
      else if (!done.has(name)) {
        for (const { to, typeOnly } of files.get(name)!.imports) {
          if (!typeOnly && files.has(to)) follow(to, [...path, name]);
        }
        done.add(name);
      }
    };
    for (const name of files.keys()) follow(name, []);
    expect(circles).toEqual([]);
  });
});

describe("the command's imports", () => {
  const command = readSources(COMMAND);
  const outside = [...command.values()].flatMap((file) => file.imports).filter(({ to }) => !command.has(to));

  it("take the library by its public names, and few other packages", () => {
    const packages = new Set(outside.map(({ to }) => to).filter((to) => !to.startsWith("node:")));
    expect([...packages].sort()).toEqual([
      ...["commander", "procnet", "procnet/parse", "procnet/query", "procnet/view", "string-width"],
    ]);
  });

  it("of netstat take parsers only: all of the library would take longer to load than netstat may", () => {
    const ofNetstat = outside.filter(({ from, to }) => from.startsWith("netstat/") && !to.startsWith("node:"));
    expect(new Set(ofNetstat.map(({ to }) => to))).toEqual(new Set(["procnet/parse"]));
  });
});

it("no path of a file of procfs is spelled out: bundlers try to pack such files", () => {
  const spelled = [...files.values()].flatMap(({ name, literals }) =>
    literals
      .filter((literal) => /(?<![.\w])\/proc\/|^proc\/(net|self)/.test(literal))
      .map((literal) => `${name}: ${literal}`),
  );
  expect(spelled).toEqual([]);
  expect([...files.values()].flatMap(({ literals }) => literals)).toContain("/proc");
});
