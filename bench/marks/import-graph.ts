import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";

/** What each file imports: for the test of the layers, and for the marks. */

/** One import of a file. */
export interface Import {
  readonly from: string;
  /** A file of the library, or the name of a module. */
  readonly to: string;
  readonly typeOnly: boolean;
}

/** A source file, and what it imports. */
export interface SourceFile {
  readonly name: string;
  readonly imports: readonly Import[];
  /** The literal parts of strings and templates. */
  readonly literals: readonly string[];
}

/** All files of TypeScript below a folder by their paths from there, without tests and what is built or installed. */
export function readSources(folder: string): Map<string, SourceFile> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const sources = names.filter(
    (name) => /(?<!\.test|\.test-d|\.d)\.ts$/.test(name) && !/(^|\/)(node_modules|build|dist)\//.test(name),
  );
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

/** Ways of imports that lead back to where they began, as `a -> b -> a`: one for each import that closes one. */
export function circles(files: ReadonlyMap<string, SourceFile>, ofTypesToo: boolean): string[] {
  const done = new Set<string>();
  const found: string[] = [];
  const follow = (name: string, path: readonly string[]): void => {
    if (path.includes(name)) found.push([...path.slice(path.indexOf(name)), name].join(" -> "));
    else if (!done.has(name)) {
      for (const { to, typeOnly } of files.get(name)!.imports) {
        if ((ofTypesToo || !typeOnly) && files.has(to)) follow(to, [...path, name]);
      }
      done.add(name);
    }
  };
  for (const name of files.keys()) follow(name, []);
  return found;
}
