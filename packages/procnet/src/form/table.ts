import type { RowCounter, RowForm, TextForm } from "./forms.ts";
import type { Counter, ParseOptions } from "./options.ts";
import type { Reading } from "./scanner.ts";

/** What is known about a file under `/proc/net` before it is opened. */
export interface FileFacts<Name extends string = string> {
  /** Its name, relative to `/proc/net`. A `*` in it stands for the part that differs among the files of a directory. */
  readonly name: Name;
  /** The Linux release that brought the file; `2.6` stands for 2.6.18 and older. */
  readonly since: string;
  /** The first release without it; absent while it lives. */
  readonly until?: string;
  /** Option of the kernel's configuration, or module, that brings it. */
  readonly needs: string;
  /** Who may open it: everybody, or only root of the user namespace that owns the network namespace. */
  readonly readers: "everyone" | "root";
  /** Whose data it shows: its namespace's, the whole machine's, or it exists in the initial namespace only. */
  readonly scope: "namespace" | "machine" | "initial";
  /** What reading it changes. Such a file is opened only when the caller names it. */
  readonly sideEffect?: string;
}

/** Types of a table: no table has a member that holds them. */
export interface TableTypes<Result, Exact, Options> {
  /** What it reads as, with 64-bit counters as numbers. */
  readonly result: Result;
  /** The same with 64-bit counters as `bigint`. */
  readonly exact: Exact;
  readonly options: Options;
}

/**
 * A file of the kernel as a value: its name, what is known about it, and how it is read. `procnet/tables` has one for each
 * file; `read`, `each` and `count` take one.
 */
export interface Table<
  Name extends string = string,
  Result = unknown,
  Exact = unknown,
  Options extends ParseOptions = ParseOptions,
> extends FileFacts<Name> {
  /** For the compiler alone: there is no such member. */
  readonly "~types"?: TableTypes<Result, Exact, Options>;
}

/** A file of rows: it can be read row by row, in constant memory. */
export interface RowTable<
  Name extends string = string,
  Row = unknown,
  ExactRow = Row,
  Options extends ParseOptions = ParseOptions,
> extends Table<Name, Row[], ExactRow[], Options>,
    RowForm<Row, Options> {}

/** The form of rows that can be counted by state. */
export interface CountableForm<Row, Options extends ParseOptions> extends RowForm<Row, Options> {
  counter(options: Options, reading?: Reading): RowCounter;
}

/** A file of rows that can be counted by state. */
export interface CountableTable<
  Name extends string = string,
  Row = unknown,
  Options extends ParseOptions = ParseOptions,
> extends RowTable<Name, Row, Row, Options> {
  /** Begins one counting of the rows by state. */
  counter(options: Options, reading?: Reading): RowCounter;
}

/** A file whose parts belong together: it is read whole. */
export interface TextTable<Name extends string = string, Result = unknown, Exact = Result>
  extends Table<Name, Result, Exact>,
    TextForm<Result> {}

/** What a table says of its file, where it differs from the usual: 2.6, alive, everyone, its namespace's, changes nothing. */
export type GivenFacts<Name extends string> = Partial<FileFacts> & Pick<FileFacts<Name>, "name" | "needs">;

const USUAL = { since: "2.6", readers: "everyone", scope: "namespace" } as const;

/** A table: what is known of its file, and its form. */
export function table<Name extends string, Row, Options extends ParseOptions>(
  facts: GivenFacts<Name>,
  form: CountableForm<Row, Options>,
): CountableTable<Name, Row, Options>;
export function table<Name extends string, Row, Options extends ParseOptions>(
  facts: GivenFacts<Name>,
  form: RowForm<Row, Options>,
): RowTable<Name, Row, Row, Options>;
export function table<Name extends string, Result>(
  facts: GivenFacts<Name>,
  form: TextForm<Result>,
): TextTable<Name, Result>;
/* @__NO_SIDE_EFFECTS__ */
export function table(facts: GivenFacts<string>, form: RowForm | TextForm): RowTable | TextTable {
  return { ...USUAL, ...facts, ...form };
}

/**
 * A table with 64-bit counters. Its form gives either kind, as `bigint` in the options says; `Row` and `Exact` are the types of
 * the two.
 */
export function counterTable<Name extends string, Either, Row extends Either, Exact extends Either>(
  facts: GivenFacts<Name>,
  form: RowForm<Either>,
): RowTable<Name, Row, Exact>;
export function counterTable<Name extends string, Either, Result extends Either, Exact extends Either>(
  facts: GivenFacts<Name>,
  form: TextForm<Either>,
): TextTable<Name, Result, Exact>;
/* @__NO_SIDE_EFFECTS__ */
export function counterTable(facts: GivenFacts<string>, form: RowForm | TextForm): RowTable | TextTable {
  return { ...USUAL, ...facts, ...form };
}

/** Whether a value is a table of rows. */
export function isRowTable(one: RowTable | TextTable): one is RowTable {
  return "scanner" in one;
}

/** What 64-bit counters make of a table: the exact form for `bigint`, either for who does not know. */
export type ReadWith<Value extends Counter, Result, Exact> = [Value] extends [number]
  ? Result
  : [Value] extends [bigint]
    ? Exact
    : Result | Exact;

/** Whether a name is one of those that a table with a `*` stands for: any word in its place, in one directory. */
export function isNameOf(table: Table, name: string): boolean {
  const wanted = table.name.split("/");
  const given = name.split("/");
  return wanted.length === given.length && wanted.every((part, at) => isWordOf(part, given[at]!));
}

function isWordOf(part: string, word: string): boolean {
  const star = part.indexOf("*");
  if (star < 0) return word === part;
  return word.length >= part.length && word.startsWith(part.slice(0, star)) && word.endsWith(part.slice(star + 1));
}
