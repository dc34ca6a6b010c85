import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { CATALOGUE } from "../../packages/procnet/src/catalogue.ts";
import { isRowTable, type RowTable, type TextTable } from "../../packages/procnet/src/form/table.ts";

/** Where SUPPORT.md is. */
export const SUPPORT: string = fileURLToPath(new URL("../../SUPPORT.md", import.meta.url));

const FILES = fileURLToPath(new URL("../../packages/procnet/src/files/", import.meta.url));
/** Sources and tests below that folder, by their place in it. */
const TEXTS = new Map(
  readdirSync(FILES, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .sort()
    .map((name) => [name, readFileSync(`${FILES}${name}`, "utf8")]),
);

const HEAD = `# What is read

Every path under \`/proc/net\` that some Linux from 2.6.18 to today shows, generated from the catalogue in
\`packages/procnet/src/catalogue.ts\`: \`npm run lists\` writes it, and a test holds it true.

- **form**: \`rows\` can be taken one by one (\`net.each\`), \`whole\` is one object, \`text\` is free text given as it is.
- **who**: root means root of the user namespace that owns the network namespace.
- **shows**: data of the namespace, of the whole machine, or a file that only the initial namespace has.
- **tested in**: the file with captures, older and newer formats and broken siblings. Comparisons with \`ss\`, \`ip\`, \`nstat\` and
  \`netstat\` are in \`test/oracles/\`.

A file that is not listed here is still readable: \`net.list()\` names it and \`net.rawText(name)\` gives its bytes.

| file | form | since | until | needs | who | shows | tested in |
| --- | --- | --- | --- | --- | --- | --- | --- |
`;

/** The text of SUPPORT.md. */
export function supportText(): string {
  const entries = [...CATALOGUE].sort((a, b) => (a.name < b.name ? -1 : 1));
  const rows = entries.map((table) => row(table));
  const changing = entries.filter(({ sideEffect }) => sideEffect !== undefined);
  const list = changing.map(({ name, sideEffect }) => `- \`${name}\`: ${sideEffect}`).join("\n");
  return `${HEAD}${rows.join("")}
## Files whose reading changes something

They are opened only when the caller names them: \`net.readAll()\` leaves them out and says so.

${list}
`;
}

function row(table: RowTable | TextTable): string {
  const { name, since, until, needs, readers, scope } = table;
  const cells = [
    `\`${name}\``,
    formOf(table),
    since,
    until ?? "",
    needs.replaceAll("|", "\\|"),
    readers,
    scope,
    testOf(name),
  ];
  return `| ${cells.join(" | ")} |\n`;
}

function formOf(table: RowTable | TextTable): string {
  if (isRowTable(table)) return "rows";
  const sample = "any text\n";
  try {
    if (table.parse(new TextEncoder().encode(sample), {}) === sample) return "text";
  } catch {
    // It has a form, and this is not it.
  }
  return "whole";
}

/**
 * The test of a table: it stands beside the source and imports from it, and says which table it means where a source has several.
 * One that is named like the source comes first.
 */
function testOf(name: string): string {
  const [path, text] = [...TEXTS].find(([file, source]) => !isTest(file) && source.includes(`name: "${name}"`)) ?? [];
  if (path === undefined || text === undefined) throw new Error(`no source below ${FILES} has a table ${name}`);
  const means = meaning(name, text);
  const [first] = [...TEXTS.keys()]
    .filter((file) => isTest(file) && dirname(file) === dirname(path) && means(TEXTS.get(file)!, basename(path)))
    .sort((a, b) => Number(isNamedAs(b, path)) - Number(isNamedAs(a, path)));
  if (first === undefined) throw new Error(`${name} has no test: none beside ${path} reads it`);
  return `[${basename(first)}](packages/procnet/src/files/${first})`;
}

const isTest = (path: string): boolean => path.endsWith(".test.ts");
const isNamedAs = (test: string, source: string): boolean => test === source.replace(/\.ts$/, ".test.ts");

/** Whether a test takes the table from its source, or the parser of that name, or names it, or, where there is but one, anything. */
function meaning(name: string, source: string): (test: string, file: string) => boolean {
  const [before = ""] = source.split(`name: "${name}"`);
  const identifier = [...before.matchAll(/^export const (\w+)/gm)].at(-1)?.[1] ?? "";
  const parser = `parse${identifier.slice(0, 1).toUpperCase()}${identifier.slice(1)}`;
  const isAlone = source.split(/name: "/).length === 2;
  const own = new RegExp(`\\b(${identifier}|${parser})\\b`);
  return (test, file) => test.includes(`"./${file}"`) && (isAlone || own.test(test) || test.includes(`"${name}"`));
}
