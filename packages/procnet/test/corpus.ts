import { readFileSync } from "node:fs";
import { join } from "node:path";
import { latin1Bytes } from "../src/bytes/strings.ts";
import { CATALOGUE } from "../src/catalogue.ts";
import type { ParseOptions } from "../src/form/options.ts";
import { parseRows, type RowTable, type TextTable } from "../src/form/table.ts";
import * as door from "../src/parse.ts";

/*
 * A good text for every parser there is, for tests that hold all of them to one rule. The texts are in corpus.json, those
 * that the tests beside the parsers use.
 */

/** A parser and a text that it reads. */
export interface Sample {
  /** The file's name in the catalogue, or of a file of a process. */
  readonly file: string;
  /** Name of the parser in `procnet/parse`. */
  readonly parser: string;
  readonly parse: (text: Uint8Array, options?: ParseOptions) => unknown;
  /** The table of the catalogue; absent for files of processes. */
  readonly table: RowTable<unknown> | TextTable<unknown> | undefined;
  /** Lines in front of the rows; `""` when there are none. */
  readonly header: string;
  readonly rows: string;
}

type Parse = Sample["parse"];

const TEXTS = JSON.parse(readFileSync(join(import.meta.dirname, "corpus.json"), "utf8")) as Omit<
  Sample,
  "parse" | "table"
>[];

/** Names of all parsers of files that `procnet/parse` has. */
export const PARSERS: readonly string[] = Object.keys(door).filter(
  (name) => name.startsWith("parse") && name !== "parseAddressRange", // what a person types
);

/** A text for every parser. The links of descriptors are text too, each of them valid. */
export const CORPUS: readonly Sample[] = [
  ...TEXTS.map((text) => ({
    ...text,
    parse: (door as unknown as Record<string, Parse>)[text.parser]!,
    table: (CATALOGUE as Record<string, { table: unknown }>)[text.file]?.table as Sample["table"],
  })),
  {
    file: "rt_acct",
    parser: "parseRtAcct",
    parse: door.parseRtAcct,
    table: CATALOGUE.rt_acct.table as Sample["table"],
    header: "",
    rows: "\0".repeat(4096),
  },
  {
    file: "(process)/fd/N",
    parser: "parseFdTarget",
    parse: (text) => door.parseFdTarget(text),
    table: undefined,
    header: "",
    rows: "socket:[12345]",
  },
];

/** Tables of the catalogue that no sample has: those of raw text, and of files that share their reader with another. */
export function otherTables(): [name: string, parse: Parse][] {
  const tables = new Set(CORPUS.map(({ table }) => table));
  const others: [string, Parse][] = [];
  for (const [name, { table }] of Object.entries(CATALOGUE)) {
    if (tables.has(table as Sample["table"])) continue;
    tables.add(table as Sample["table"]);
    others.push([name, (text, options = {}) => parseTable(table as never, text, options)]);
  }
  return others;
}

/** What a table makes of a text, as `net.read` does it. */
export function parseTable(table: RowTable<unknown> | TextTable<unknown>, text: Uint8Array, options: ParseOptions) {
  return "scanner" in table ? parseRows(table, text, options) : table.parse(text, options);
}

/** The whole text of a sample. */
export function textOf({ header, rows }: Sample): Uint8Array {
  return latin1Bytes(header + rows);
}
