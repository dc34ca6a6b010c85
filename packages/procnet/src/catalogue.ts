import type { Counter } from "./form/options.ts";
import { isNameOf, type ReadWith, type RowTable, type Table, type TableTypes, type TextTable } from "./form/table.ts";
import type { OptionsOfTable, ResultOfTable } from "./read/read.ts";
import * as values from "./tables.ts";

/** The tables by the names of their values. */
export type Values = typeof values;
/** Any of the tables. */
export type AnyTable = Values[keyof Values];

/**
 * What each file under `/proc/net` reads as, by its name there; `Value` is the type of 64-bit counters. A name that ends in
 * `/*` stands for all files of a directory.
 */
export type Tables<Value extends Counter = number> = {
  readonly [One in AnyTable as One["name"]]: One extends Table<string, infer Result, infer Exact, infer _Options>
    ? ReadWith<Value, Result, Exact>
    : never;
};

/** Names in the catalogue: those of files, and those that stand for the files of a directory. */
export type CatalogueName = AnyTable["name"];

/** The catalogue's name as names of files: `dev_snmp6/*` is any file of that directory. */
type FileNames<Name extends string> = Name extends `${infer Before}*${infer After}`
  ? `${Before}${string}${FileNames<After>}`
  : Name;

/** Names of the files that have a table, relative to `/proc/net`. */
export type TableName = FileNames<CatalogueName>;

/** The entry of the catalogue that a file falls under: its own, or that of its directory. */
export type NameInCatalogue<Name extends string> = Name extends CatalogueName
  ? Name
  : {
      [Key in CatalogueName]: Key extends `${string}*${string}` ? (Name extends FileNames<Key> ? Key : never) : never;
    }[CatalogueName];

/** What a file reads as. */
export type TableOf<Name extends string, Value extends Counter = number> = Tables<Value>[NameInCatalogue<Name>];

/** The row of a file that is read row by row; `never` for the others. */
export type RowOf<Result> = Result extends readonly (infer Row)[] ? Row : never;

/** Names of the files that are read row by row. */
export type RowTableName = FileNames<Extract<AnyTable, { readonly scanner: unknown }>["name"]>;

/** Names of the files whose rows can be counted by state. */
export type CountableName = Extract<AnyTable, { counter(...of: never): unknown }>["name"];

/** What a file's reader accepts. */
export type OptionsOf<Name extends string> =
  Extract<AnyTable, { readonly name: NameInCatalogue<Name> }> extends {
    readonly "~types"?: TableTypes<unknown, unknown, infer Options>;
  }
    ? Options
    : never;

/** What a table reads as, by the name of its value. No door has this name, so editors show what it stands for. */
export type ResultBy<Key extends keyof Values, Exact extends boolean = false> = ResultOfTable<Values[Key], Exact>;

/** What a table accepts, by the name of its value. */
export type OptionsBy<Key extends keyof Values> = OptionsOfTable<Values[Key]>;

/** Every file this version reads: the tables of `procnet/tables`. */
export const CATALOGUE: readonly (RowTable | TextTable)[] = /* @__PURE__ */ Object.values<RowTable | TextTable>(values);

/** By name, and those with a `*` apart: made when first asked for. */
let index:
  | { readonly byName: ReadonlyMap<string, RowTable | TextTable>; readonly patterns: readonly (RowTable | TextTable)[] }
  | undefined;

function made(): NonNullable<typeof index> {
  // The closest comes first: "can/rcvlist_*" before "can/*".
  const patterns = CATALOGUE.filter(({ name }) => name.includes("*"));
  index ??= {
    byName: new Map(CATALOGUE.map((table) => [table.name, table])),
    patterns: patterns.sort((a, b) => b.name.length - a.name.length),
  };
  return index;
}

/** The table that a file falls under: its own, or that of its directory; `undefined` when nothing is known of it. */
export function tableNamed(name: string): RowTable | TextTable | undefined {
  const { byName, patterns } = made();
  return byName.get(name) ?? patterns.find((table) => isNameOf(table, name));
}
