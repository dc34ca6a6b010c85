import { readFileSync } from "node:fs";
import { join } from "node:path";
import { latin1Bytes } from "../../../packages/procnet/src/bytes/strings.ts";
import { CATALOGUE, tableNamed } from "../../../packages/procnet/src/catalogue.ts";
import { rtAcct } from "../../../packages/procnet/src/files/routes/rt-acct.ts";
import { parseRows } from "../../../packages/procnet/src/form/forms.ts";
import type { ParseOptions } from "../../../packages/procnet/src/form/options.ts";
import { isRowTable, type RowTable, type TextTable } from "../../../packages/procnet/src/form/table.ts";
import * as door from "../../../packages/procnet/src/parse.ts";

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
  readonly table: RowTable | TextTable | undefined;
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
    table: tableNamed(text.file),
  })),
  {
    file: "rt_acct",
    parser: "parseRtAcct",
    parse: door.parseRtAcct,
    table: rtAcct,
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
  const forms = new Set<unknown>(CORPUS.map(({ table }) => table && formOf(table)));
  const others: [string, Parse][] = [];
  for (const table of CATALOGUE) {
    if (forms.has(formOf(table))) continue;
    forms.add(formOf(table));
    others.push([table.name, (text, options = {}) => parseTable(table, text, options)]);
  }
  return others;
}

/** What tables of the same form share. */
export function formOf(table: RowTable | TextTable): unknown {
  return isRowTable(table) ? table.scanner : table.parse;
}

/** What a table makes of a text, as `net.read` does it. */
export function parseTable(table: RowTable | TextTable, text: Uint8Array, options: ParseOptions) {
  return isRowTable(table) ? parseRows(table, text, options) : table.parse(text, options);
}

/** The whole text of a sample. */
export function textOf({ header, rows }: Sample): Uint8Array {
  return latin1Bytes(header + rows);
}
