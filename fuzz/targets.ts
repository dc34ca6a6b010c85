import { textOf } from "./bytes.ts";
import {
  CATALOGUE,
  escapeText,
  InetScanner,
  isRowTable,
  LineScanner,
  type ParseOptions,
  parseRows,
  parsers,
  type RowForm,
  type RowTable,
  type TextTable,
  UnixLines,
} from "./library.ts";

/** Any options that a parser may be given here. */
export type Options = ParseOptions & { readonly where?: object };

/** Something that reads text of others. */
export interface Target {
  /** The name of the exported function, or `table` and the name in the catalogue. */
  readonly name: string;
  readonly parse: (text: Uint8Array, options: Options) => unknown;
  /** The table that is read row by row, when it is one. */
  readonly table: RowForm | undefined;
  /** How lines become rows; `text` for what takes any text, and no options. */
  readonly shape: "lines" | "blocks" | "unix" | "whole" | "text";
  /** How the lines before the first row begin, where one row is one line. */
  readonly headers: readonly string[];
  /** The function makes a Map of the rows, the last of each name. */
  readonly keyed: boolean;
  /** All rows of the table. */
  readonly rows: (text: Uint8Array) => readonly unknown[];
}

type Parse = (text: Uint8Array, options?: object) => unknown;

const nothing = { table: undefined, headers: [], keyed: false, rows: () => [] } as const;

/** Functions that are called `parse...` and take other than a text and options. */
const TEXTS: readonly string[] = ["parseFdTarget", "parseAddressRange"];

/** Functions whose lines are rows, though their table is not in the catalogue. */
const LINES: readonly string[] = ["parseCgroup"];

/** Functions that give a Map of the rows by name. */
const KEYED: readonly string[] = ["parseDev"];

/** Targets by name. */
export type Targets = ReadonlyMap<string, Target>;

/** Every parser that the library exports, every table of the catalogue, and what else is handed text of others. */
export function allTargets(): Target[] {
  const tables = CATALOGUE.map((table) => ({ name: table.name, table }));
  const targets: Target[] = [];
  const seen = new Set<unknown>();
  for (const [name, value] of Object.entries(parsers)) {
    if (!name.startsWith("parse") || TEXTS.includes(name)) continue;
    const table = tableOf(name, tables);
    seen.add(table && readerOf(table));
    const form = LINES.includes(name) ? ({ ...nothing, shape: "lines" } as const) : formOf(table);
    targets.push({ name, parse: value as Parse, ...form, keyed: KEYED.includes(name) });
  }
  for (const { name, table } of tables) {
    if (seen.has(readerOf(table))) continue;
    seen.add(readerOf(table));
    targets.push({ name: `table ${name}`, parse: parseOf(table), ...formOf(table) });
  }
  return [...targets, ...TEXT_TARGETS];
}

/** The table that a function reads: `parseDevSnmp6` that of `dev_snmp6/*`, `parseNfLog` that of `netfilter/nf_log`. */
function tableOf(name: string, tables: readonly { name: string; table: AnyTable }[]): AnyTable | undefined {
  const wanted = name.slice("parse".length).toLowerCase();
  const plain = (text: string): string => text.replaceAll(/[^a-zA-Z0-9]/g, "").toLowerCase();
  const found =
    tables.find((each) => plain(each.name) === wanted) ??
    tables.find((each) => plain(each.name.replace(/\/\*$/, "").replace(/.*\//, "")) === wanted);
  return found?.table;
}

type AnyTable = RowTable | TextTable;

/** What tables of the same form share. */
function readerOf(table: AnyTable): unknown {
  return isRowTable(table) ? table.scanner : table.parse;
}

/** What the scanner of a table tells about its lines. */
function formOf(table: AnyTable | undefined): Omit<Target, "name" | "parse"> {
  const rows = table !== undefined && isRowTable(table) ? table : undefined;
  if (rows === undefined) return { ...nothing, shape: "whole" };
  const scanner: unknown = rows.scanner({});
  const form = { ...nothing, table: rows, rows: (text: Uint8Array) => parseRows(rows, text, { onIssue: () => {} }) };
  if (scanner instanceof UnixLines) return { ...form, shape: "unix", headers: ["Num"] };
  const isPlain = scanner instanceof InetScanner || (scanner as object).constructor === LineScanner;
  if (!isPlain) return { ...form, shape: "blocks" };
  const { headers } = (scanner as unknown as { table: { headers: readonly string[] } }).table;
  return { ...form, shape: "lines", headers };
}

function parseOf(table: AnyTable): Parse {
  if (!isRowTable(table)) return (text, options = {}) => table.parse(text, options);
  return (text, options = {}) => parseRows(table, text, options);
}

const text = { ...nothing, shape: "text" } as const;

const TEXT_TARGETS: readonly Target[] = [
  { ...text, name: "parseFdTarget", parse: (bytes) => parsers.parseFdTarget(bytes) },
  { ...text, name: "escapeText", parse: (bytes) => escapeText(new TextDecoder().decode(bytes)) },
  { ...text, name: "escapeText, UTF-16", parse: (bytes) => escapeText(utf16(bytes)) },
  { ...text, name: "placementOf", parse: placement },
];

/** Two bytes for each unit, so that halves of pairs stand alone. */
export function utf16(bytes: Uint8Array): string {
  let units = "";
  for (let at = 0; at + 1 < bytes.length; at += 2) units += String.fromCharCode(bytes[at]! * 0x100 + bytes[at + 1]!);
  return units;
}

function placement(bytes: Uint8Array): unknown {
  const paths = textOf(bytes).split("\n");
  return parsers.placementOf(paths.map((path, hierarchy) => ({ hierarchy, controllers: [], path })));
}
