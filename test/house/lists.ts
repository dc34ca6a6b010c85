import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { ROOT } from "../support/tools.ts";

/*
 * The doors `procnet/tables` and `procnet/parse` name all that the folders of `files/` list: the tables in one, parsers and types
 * in the other. Both are written from those lists, and so are the methods of `Net`: a type that is computed has no comments,
 * which editors show.
 */

const SOURCE = join(ROOT, "packages/procnet/src");
const FILES = join(SOURCE, "files");
const HEAD = "// Written by `npm run lists` from the lists of the folders.\n";

const METHODS_HEAD = `${HEAD}import type { OptionsBy, ResultBy } from "./catalogue.ts";
import type { ExactOptions, NumberOptions } from "./form/options.ts";

/** A method for each table of one file. Those that stand for the files of a directory have none: they are read by name. */
export interface TableMethods {
`;

/** A file that is written, and what it is to hold. */
export interface Door {
  readonly path: string;
  readonly text: string;
}

interface Listed {
  readonly folder: string;
  readonly names: readonly string[];
  /** Files of the folder that are in the list. */
  readonly files: readonly string[];
}

const treeOf = (path: string): ts.SourceFile =>
  ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);

/** The names that the list of a folder exports, types with `type` in front. */
function listed(folder: string): Listed {
  const path = join(FILES, folder, "index.ts");
  const files: string[] = [];
  const names = treeOf(path).statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement) || !statement.exportClause || !ts.isNamedExports(statement.exportClause)) {
      throw new Error(`${path}: a list has nothing but lines such as: export { arp, type ArpEntry } from "./arp.ts"`);
    }
    if (statement.moduleSpecifier && ts.isStringLiteral(statement.moduleSpecifier)) {
      files.push(join(FILES, folder, statement.moduleSpecifier.text));
    }
    const ofTypes = statement.isTypeOnly;
    return statement.exportClause.elements.map(({ name, isTypeOnly }) =>
      ofTypes || isTypeOnly ? `type ${name.text}` : name.text,
    );
  });
  return { folder, names, files };
}

/** The tables among what a folder has: the name of the file in the kernel by that of the value. */
async function tablesOf(folder: string): Promise<ReadonlyMap<string, string>> {
  const values: Record<string, { readonly needs?: string; readonly name: string }> = await import(
    join(FILES, folder, "index.ts")
  );
  return new Map(
    Object.entries(values).flatMap(([key, { needs, name }]) => (needs === undefined ? [] : [[key, name] as const])),
  );
}

/** What a file says of a table it exports. */
interface Said {
  /** The comment, without examples. */
  readonly comment: string;
  /** Whether it has 64-bit counters. */
  readonly counts: boolean;
}

function saidOf(path: string): [string, Said][] {
  const statements = treeOf(path).statements.filter(ts.isVariableStatement);
  return statements.flatMap((statement) => {
    const said = ts.getJSDocCommentsAndTags(statement).map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? "");
    return statement.declarationList.declarations.map(({ name, initializer }): [string, Said] => [
      name.getText(),
      { comment: said.join("").replaceAll("\n", " "), counts: /^counterTable\(/.test(initializer?.getText() ?? "") },
    ]);
  });
}

/** A method of `Net`. Editors show the comment of the signature that is called; `ReturnType` goes by the last one. */
function methodOf(key: string, said: Said | undefined): string {
  if (!said?.comment) throw new Error(`${key} has no comment that says what it is`);
  if (!said.counts) {
    return `  /** ${said.comment} */\n  ${key}(options?: OptionsBy<"${key}">): ResultBy<"${key}">;\n`;
  }
  return `  /** ${said.comment} */
  ${key}<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultBy<"${key}", Exact>;
  /** With counters as numbers. */
  ${key}(options?: NumberOptions): ResultBy<"${key}">;
`;
}

/** What is written, as it should be. */
export async function doors(): Promise<Door[]> {
  const folders = readdirSync(FILES, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  let tables = HEAD;
  let parsers = HEAD;
  const methods: string[] = [];
  for (const { folder, names, files } of folders
    .map(({ name }) => listed(name))
    .sort((a, b) => (a.folder < b.folder ? -1 : 1))) {
    const values = await tablesOf(folder);
    const comments = new Map(files.flatMap(saidOf));
    const ofOneFile = [...values].filter(([, name]) => !name.includes("*"));
    methods.push(...ofOneFile.map(([key]) => methodOf(key, comments.get(key))));
    tables += exported(
      names.filter((name) => values.has(name)),
      folder,
    );
    parsers += exported(
      names.filter((name) => !values.has(name)),
      folder,
    );
  }
  return [
    { path: join(SOURCE, "tables.ts"), text: tables },
    { path: join(SOURCE, "parsers.ts"), text: parsers },
    { path: join(SOURCE, "net-methods.ts"), text: `${METHODS_HEAD}${methods.join("")}}\n` },
  ];
}

/** One export, formatted as the formatter does it. */
function exported(names: readonly string[], folder: string): string {
  if (names.length === 0) return "";
  const plain = (name: string): string => name.replace(/^type /, "");
  const sorted = [...names].sort((a, b) =>
    plain(a).localeCompare(plain(b), "en", { numeric: true, caseFirst: "upper" }),
  );
  const line = `export { ${sorted.join(", ")} } from "./files/${folder}/index.ts";\n`;
  if (line.length <= 121) return line;
  return `export {\n${sorted.map((name) => `  ${name},\n`).join("")}} from "./files/${folder}/index.ts";\n`;
}

export async function writeDoors(): Promise<void> {
  for (const { path, text } of await doors()) writeFileSync(path, text);
}
