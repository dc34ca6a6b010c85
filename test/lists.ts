import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { ROOT } from "./support/tools.ts";

/*
 * The doors `procnet/tables` and `procnet/parse` name all that the folders of `files/` list: the tables in one, parsers and types
 * in the other. Both are written from those lists.
 */

const SOURCE = join(ROOT, "packages/procnet/src");
const FILES = join(SOURCE, "files");
const HEAD = "// Written by `npm run lists` from the lists of the folders.\n";

/** A door, and what it is to hold. */
export interface Door {
  readonly path: string;
  readonly text: string;
}

interface Listed {
  readonly folder: string;
  readonly names: readonly string[];
}

/** The names that the list of a folder exports, types with `type` in front. */
function listed(folder: string): Listed {
  const path = join(FILES, folder, "index.ts");
  const tree = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest);
  const names = tree.statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement) || !statement.exportClause || !ts.isNamedExports(statement.exportClause)) {
      throw new Error(`${path}: a list has nothing but lines such as: export { arp, type ArpEntry } from "./arp.ts"`);
    }
    const ofTypes = statement.isTypeOnly;
    return statement.exportClause.elements.map(({ name, isTypeOnly }) =>
      ofTypes || isTypeOnly ? `type ${name.text}` : name.text,
    );
  });
  return { folder, names };
}

/** Names of the tables among what a folder has. */
async function tablesOf(folder: string): Promise<ReadonlySet<string>> {
  const values: object = await import(join(FILES, folder, "index.ts"));
  const isTable = (value: unknown): boolean =>
    typeof (value as { readonly needs?: unknown } | null)?.needs === "string";
  return new Set(
    Object.entries(values)
      .filter(([, value]) => isTable(value))
      .map(([name]) => name),
  );
}

/** Both doors as they should be. */
export async function doors(): Promise<Door[]> {
  const folders = readdirSync(FILES, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  let tables = HEAD;
  let parsers = HEAD;
  for (const { folder, names } of folders
    .map(({ name }) => listed(name))
    .sort((a, b) => (a.folder < b.folder ? -1 : 1))) {
    const values = await tablesOf(folder);
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
