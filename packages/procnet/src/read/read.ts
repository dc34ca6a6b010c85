import { escapeHidden } from "../bytes/escape-hidden.ts";
import { checkOptions } from "../check-options.ts";
import { invalidArgument, type ProcfsError } from "../errors.ts";
import { conditionsOf } from "../form/forms.ts";
import type { CounterOf, ParseOptions } from "../form/options.ts";
import {
  type CountableTable,
  isNameOf,
  isRowTable,
  type ReadWith,
  type RowTable,
  type Table,
  type TextTable,
} from "../form/table.ts";
import { checkParsing } from "../option-values.ts";
import { checkName } from "./net-files.ts";
import { type Located, ownPlace } from "./place.ts";
import { bytesOf, countOf, eachOf, isLinuxTable, readTable, type TableFile } from "./table-file.ts";

/** Which file is meant. */
export interface FileOptions {
  /** Whose: a `ProcFs`, a `Process`, a `Net`; the network namespace of this process by default. */
  readonly of?: Located;
  /** Of a table that stands for the files of a directory, such as `dev_snmp6/*`: which file, `dev_snmp6/eth0`. */
  readonly name?: string;
}

/** Whose files are read and how, besides what the parser of the table accepts. */
export interface ReadOptions extends FileOptions {
  /**
   * What the bytes of names are read as: UTF-8, the default, in which those that are none are lost; or `latin1`, one character
   * for each byte, from which a name can be told whole, as with the same word in `node:fs`.
   */
  readonly encoding?: "utf8" | "latin1";
}

/** What a table reads as, of several the one or the other. */
export type ResultOfTable<One, Exact extends boolean = false> =
  One extends Table<string, infer Result, infer ExactResult, infer _Options>
    ? ReadWith<CounterOf<Exact>, Result, ExactResult>
    : never;

/** The rows of a table, of several the one's or the other's. */
export type RowOfTable<One, Exact extends boolean = false> =
  ResultOfTable<One, Exact> extends readonly (infer Row)[] ? Row : never;

type StateOf<One> = RowOfTable<One> extends { readonly state: infer State } ? State : never;

/** What a table accepts; where it may be one of several, what all of them accept. */
export type OptionsOfTable<One> = Shared<OptionsOfEach<One>, Both<OptionsOfEach<One>>>;

type OptionsOfEach<One> = One extends Table<string, unknown, unknown, infer Options> ? Options : never;
type Both<Each> = (Each extends unknown ? (of: Each) => void : never) extends (of: infer All) => void ? All : never;
type Shared<Each, All> = [keyof All] extends [keyof Each] ? All : Pick<All, keyof Each & keyof All>;

/**
 * Reads a file of `/proc/net` by its table. With `bigint`, 64-bit counters are exact.
 *
 * A reading is no snapshot: between two pages of rows the kernel drops its locks, so a row can be missing or come twice where
 * sockets come and go.
 *
 * @throws `ProcfsError`: `ENOENT` when the kernel lacks the file, `EACCES`, `ESRCH` when the process whose namespace it is has
 * ended, `ERR_PARSE` at the first row that cannot be read unless `onIssue` is given, `ERR_INVALID_ARG` for a wrong option
 * @example
 * ```ts
 * import { ProcFs, read } from "procnet";
 * import { dev, tcp } from "procnet/tables";
 * read(tcp, { where: { state: "LISTEN" } }).map((socket) => socket.localPort);
 * read(dev, { of: new ProcFs().process(1), bigint: true })[0]?.recvBytes;
 * ```
 */
export function read<One extends Table, Exact extends boolean = false>(
  table: One,
  options?: OptionsOfTable<One> & ReadOptions & { readonly bigint?: Exact },
): ResultOfTable<One, Exact>;
export function read(table: Table, options: ParseOptions & ReadOptions = {}): unknown {
  const checked = checkedTable("read", table);
  return readTable(checked, fileOf("read", checked, options));
}

/**
 * Rows one by one: no more than a page of them exists at a time, `where` is tested before a row is decoded, and leaving the
 * loop closes the file. Asking for listeners reads the head of `tcp` and `tcp6` only, where Linux itself prints them: it lists
 * listeners first. What others print, and what was copied, is read to its end.
 *
 * The file is opened with the first row. Who calls `next()` by hand and stops before the end ends with `return()`, or takes it
 * with `using`; a file that was forgotten is closed when the generator is collected, at no certain time.
 *
 * @throws `ProcfsError` as {@link read} does, at the first row
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { tcp } from "procnet/tables";
 * for (const { localPort, uid } of each(tcp, { where: { state: "LISTEN" } })) console.log(localPort, uid);
 * ```
 */
export function each<One extends RowTable, Exact extends boolean = false>(
  table: One,
  options?: OptionsOfTable<One> & ReadOptions & { readonly bigint?: Exact },
): Generator<RowOfTable<One, Exact>, void, undefined>;
export function each(table: RowTable, options: ParseOptions & ReadOptions = {}): Generator<unknown, void, undefined> {
  if (!isRowTable(checkedTable("each", table)))
    throw invalidArgument(`each: "${table.name}" is not read row by row: use read`);
  return eachOf(table, fileOf("each", table, options));
}

/**
 * How many rows there are in each state, the most common first. Nothing is decoded and nothing kept: this is the cheapest
 * look at a large table.
 *
 * @throws `ProcfsError` as {@link read} does
 * @example
 * ```ts
 * import { count } from "procnet";
 * import { tcp } from "procnet/tables";
 * count(tcp).get("TIME_WAIT") ?? 0;
 * ```
 */
export function count<One extends CountableTable<string, { readonly state: string }>>(
  table: One,
  options?: OptionsOfTable<One> & FileOptions,
): Map<StateOf<One>, number>;
export function count(table: CountableTable, options: ParseOptions & FileOptions = {}): Map<string, number> {
  checkedTable("count", table);
  if (table.counter === undefined) throw invalidArgument(`count: "${table.name}" has no states to count`);
  return countOf(table, fileOf("count", table, options, WITHOUT_NAMES));
}

/**
 * The bytes of the file of a table, as the kernel gives them.
 *
 * @throws `ProcfsError` as {@link read} does
 * @example
 * ```ts
 * import { readBytes } from "procnet";
 * import { route } from "procnet/tables";
 * readBytes(route).length === 0; // a namespace in which no address ever was
 * ```
 */
export function readBytes(table: Table, options: FileOptions = {}): Uint8Array {
  const checked = checkedTable("readBytes", table);
  return bytesOf(checked, fileOf("readBytes", checked, options, OF_FILES));
}

/**
 * Whether the file of a table is one that Linux itself prints: no file of a captured tree, of another procfs, or of a system that
 * imitates Linux. There alone listeners come before all others in `tcp` and `tcp6`.
 *
 * @throws `ProcfsError` as {@link read} does
 * @example
 * ```ts
 * import { isFromLinux } from "procnet";
 * import { tcp } from "procnet/tables";
 * isFromLinux(tcp);
 * ```
 */
export function isFromLinux(table: Table, options: FileOptions = {}): boolean {
  const checked = checkedTable("isFromLinux", table);
  return isLinuxTable(checked, fileOf("isFromLinux", checked, options, OF_FILES));
}

/** Options of what only opens a file, of what reads no names in it, and of what reads it. */
const OF_FILES: readonly (keyof FileOptions)[] = ["of", "name"];
const WITHOUT_NAMES: readonly string[] = ["where", "onIssue", "bigint", "byteOrder", "of", "name", "path"];
const OF_READING: readonly string[] = ["where", "onIssue", "bigint", "byteOrder", "of", "name", "path", "encoding"];

function fileOf(
  what: string,
  table: RowTable | TextTable,
  given: ParseOptions & ReadOptions,
  known: readonly string[] = OF_READING,
): TableFile {
  checkOptions(what, given, known);
  checkParsing(what, given);
  if ("where" in given) checkOptions(`${what}: where`, given.where, conditionsOf(table));
  const { of, name = table.name, encoding = "utf8", ...options } = given;
  if (of !== undefined && typeof of?.place?.directory !== "string")
    throw invalidArgument(`${what}: of must be a ProcFs, a Process or a Net`);
  checkName(name);
  if (name !== table.name ? !isNameOf(table, name) : name.includes("*")) throw wrongName(what, table, name);
  if (encoding !== "utf8" && encoding !== "latin1")
    throw invalidArgument(`${what}: encoding must be "utf8" or "latin1"`);
  return { place: of?.place ?? ownPlace(), name, options, encoding };
}

function checkedTable(what: string, table: Table): RowTable | TextTable {
  if (isTable(table)) return table;
  const instead = typeof table === "string" ? `: net.read(${JSON.stringify(table)}) takes a name` : "";
  throw invalidArgument(
    `${what} takes a table of procnet/tables, not ${escapeHidden(String(table)).slice(0, 80)}${instead}`,
  );
}

function isTable(value: unknown): value is RowTable | TextTable {
  return typeof (value as Partial<Table> | null)?.needs === "string";
}

function wrongName(what: string, { name }: Table, given: string): ProcfsError {
  const shown = escapeHidden(given);
  if (!name.includes("*"))
    return invalidArgument(`${what}: "${name}" is one file, and "${shown}" is none of its names`);
  return invalidArgument(`${what}: "${name}" stands for several files: name says which one, not "${shown}"`);
}
