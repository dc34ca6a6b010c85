import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { COUNTERS } from "./catalogue-counters.ts";
import type { CatalogueEntry } from "./catalogue-entry.ts";
import { SOCKETS } from "./catalogue-sockets.ts";
import type { Counter } from "./options.ts";
import { parseRows } from "./table.ts";

const NET = "/proc/self/net";

/** The files of this machine that an entry of the catalogue stands for. */
function filesOf(name: string): string[] {
  if (!name.endsWith("/*")) return existsSync(`${NET}/${name}`) ? [`${NET}/${name}`] : [];
  const directory = `${NET}/${name.slice(0, -2)}`;
  return existsSync(directory) ? readdirSync(directory).map((file) => `${directory}/${file}`) : [];
}

const all: [string, CatalogueEntry<unknown>][] = Object.entries({ ...SOCKETS, ...COUNTERS });

it.each(all)("reads %s of this machine without an issue, and nothing stays unknown", (name, { table }) => {
  for (const path of filesOf(name)) {
    const text = readFileSync(path);
    const result: unknown = "parse" in table ? table.parse(text, {} as never) : parseRows(table, text, {} as never);
    expect(
      JSON.stringify(result, (_key, value: Counter) => (typeof value === "bigint" ? String(value) : value)),
    ).not.toMatch(/"(extra|otherColumns)":/);
  }
});
