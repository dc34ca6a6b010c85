import { COMMON, type CommonTables } from "./catalogue-common.ts";
import type { CatalogueEntry } from "./catalogue-entry.ts";
import type { InetOptions } from "./inet-scanner.ts";
import type { Counter, ParseOptions } from "./options.ts";
import type { UnixOptions } from "./unix.ts";

/** What each file under `/proc/net` reads as; `Value` is the type of 64-bit counters. */
export interface Tables<Value extends Counter = number> extends CommonTables<Value> {}

/** Names of the files that have a table, relative to `/proc/net`. */
export type TableName = keyof Tables;

/** Names of the files that are read row by row. */
export type RowTableName = {
  [Name in TableName]: Tables[Name] extends readonly unknown[] ? Name : never;
}[TableName];

/** Names of the files whose rows can be counted by state. */
export type CountableName = "tcp" | "tcp6" | "udp" | "udp6" | "unix";

/** What a file's reader accepts. */
export type OptionsOf<Name extends TableName> = Name extends "unix"
  ? UnixOptions
  : Name extends CountableName
    ? InetOptions
    : ParseOptions;

/** Every file this version reads, by its name under `/proc/net`. */
export const CATALOGUE: { readonly [Name in TableName]: CatalogueEntry<Tables<Counter>[Name]> } = { ...COMMON };
