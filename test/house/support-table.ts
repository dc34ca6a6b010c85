import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { CATALOGUE } from "../../packages/procnet/src/catalogue.ts";
import { isRowTable, type RowTable, type TextTable } from "../../packages/procnet/src/form/table.ts";

/** Where SUPPORT.md is. */
export const SUPPORT: string = fileURLToPath(new URL("../../SUPPORT.md", import.meta.url));

const FILES = fileURLToPath(new URL("../../packages/procnet/src/files/", import.meta.url));
/** The tests beside the readers, by their place in that folder. */
const TESTS = new Map(
  readdirSync(FILES, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts"))
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
  \`netstat\` are in \`test/\`.

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

/** The test that reads this file: named like it, or naming it. */
function testOf(name: string): string {
  const base = name
    .split("/")
    .filter((part) => part !== "*")
    .join("-")
    .replaceAll("_", "-");
  const called = [`${base}.test.ts`, `${base.replace(/6$/, "")}.test.ts`];
  const own = called.flatMap((file) => [...TESTS.keys()].filter((path) => path.split("/").at(-1) === file))[0];
  const plain = name.replace("/*", "").replace("*/", "");
  const naming = [...TESTS].find(([, text]) => text.includes(`"${name}"`) || text.includes(`"${plain}"`));
  const file = own ?? naming?.[0];
  return file === undefined ? "" : `[${file.split("/").at(-1)}](packages/procnet/src/files/${file})`;
}
