import { escapeHidden } from "./bytes/escape-hidden.ts";
import {
  type CountableName,
  type OptionsOf,
  type RowOf,
  type RowTableName,
  type TableName,
  type TableOf,
  tableNamed,
} from "./catalogue.ts";
import { checkOptions, optionNames } from "./check-options.ts";
import { invalidArgument, isProcfsError, type ProcfsIssue } from "./errors.ts";
import { byName, type DeviceStatus, dev } from "./files/devices/dev.ts";
import type { Counter, CounterOf, ExactOptions, NumberOptions, ParseOptions } from "./form/options.ts";
import type { CountableTable, RowTable, TextTable } from "./form/table.ts";
import type { TableMethods } from "./net-methods.ts";
import { checkParsing } from "./option-values.ts";
import { readAll } from "./read/file.ts";
import { checkName, listFiles } from "./read/net-files.ts";
import type { Located, Place } from "./read/place.ts";
import { isInProcfs } from "./read/procfs-type.ts";
import { count, each, type ReadOptions, read } from "./read/read.ts";
import { failureAt } from "./read/table-file.ts";
import * as values from "./tables.ts";

const READ_ALL = optionNames<ParseOptions>({ path: true, onIssue: true, byteOrder: true, bigint: true });

/** The files of a network namespace by their names. */
class NamedFiles implements Located {
  readonly place: Place;

  constructor(place: Place) {
    this.place = place;
  }

  /** The directory of these files. */
  get directory(): string {
    return this.place.directory;
  }

  /**
   * Reads a file by its name: `net.read("tcp")` gives what `net.tcp()` gives. With `bigint`, 64-bit counters are exact.
   *
   * @example
   * ```ts
   * import { net } from "procnet";
   * const bytes = net.read("dev", { bigint: true }).map((device) => device.recvBytes);
   * ```
   */
  read<Name extends TableName, Exact extends boolean = false>(
    name: Name,
    options?: OptionsOf<Name> & ExactOptions<Exact>,
  ): TableOf<Name, CounterOf<Exact>>;
  read(name: TableName, options?: ParseOptions): unknown {
    return read<RowTable | TextTable, boolean>(known(name), this.options(name, options));
  }

  /**
   * Rows one by one, see the function `each`.
   *
   * @example
   * ```ts
   * import { net } from "procnet";
   * for (const { path } of net.each("unix", { where: { listening: true } })) console.log(path);
   * ```
   */
  each<Name extends RowTableName, Exact extends boolean = false>(
    name: Name,
    options?: OptionsOf<Name> & ExactOptions<Exact>,
  ): Generator<RowOf<TableOf<Name, CounterOf<Exact>>>, void, undefined>;
  each(name: RowTableName, options?: ParseOptions): Generator<unknown, void, undefined> {
    return each(known(name) as RowTable, this.options(name, options));
  }

  /**
   * How many rows there are in each state, see the function `count`.
   *
   * @example
   * ```ts
   * import { net } from "procnet";
   * net.count("tcp").get("TIME_WAIT") ?? 0;
   * ```
   */
  count<Name extends CountableName>(name: Name, options?: OptionsOf<Name>): Map<string, number>;
  count(name: CountableName, options?: ParseOptions): Map<string, number> {
    return count(known(name) as CountableTable<string, { readonly state: string }>, this.options(name, options));
  }

  /**
   * Names of all files there are, those in directories with the directory: `dev_snmp6/lo`. Which ones depends on the
   * kernel, its modules and the namespace. An interface's name may be any bytes: those that are not UTF-8 stand in the name
   * as U+DC80 to U+DCFF, one for each, and the name opens the file.
   */
  list(): string[] {
    return listFiles(this.directory, failureAt(this.place));
  }

  /**
   * The bytes of a file as the kernel gives them, also of files that nobody documented. Whoever names a file here asks for
   * what reading it may change: see the table's `sideEffect`.
   *
   * @example
   * ```ts
   * import { net } from "procnet";
   * new TextDecoder().decode(net.rawText("sockstat"));
   * ```
   */
  rawText(name: string): Uint8Array {
    checkName(name);
    return readAll(`${this.directory}/${name}`, failureAt(this.place));
  }

  /**
   * Every table there is, by the name of its file. Files of a running kernel whose reading changes something are left out,
   * and so are those that may not be read or that nothing is known of: `skipped` names them. Rows that cannot be read are
   * in `issues`. In a captured tree reading changes nothing: there all that is known is read.
   *
   * @example
   * ```ts
   * import { net } from "procnet";
   * const { tables, skipped } = net.readAll();
   * console.log([...tables.keys()], skipped);
   * ```
   */
  readAll(options: ParseOptions = {}): AllTables {
    checkOptions("readAll", options, READ_ALL);
    checkParsing("readAll", options);
    const tables = new Map<string, unknown>();
    const issues: ProcfsIssue[] = [];
    const skipped: SkippedFile[] = [];
    const live = isInProcfs(this.directory);
    const onIssue = (issue: ProcfsIssue): void => {
      issues.push(issue);
      options.onIssue?.(issue);
    };
    for (const name of this.list()) {
      const table = tableNamed(name);
      if (table === undefined) skipped.push({ name, code: "ERR_UNKNOWN", reason: "nothing is known of this file" });
      else if (table.sideEffect !== undefined && live)
        skipped.push({ name, code: "ERR_SIDE_EFFECT", reason: table.sideEffect });
      else {
        try {
          tables.set(name, read(table, this.options(name, { ...options, onIssue })));
        } catch (error) {
          if (!isProcfsError(error)) throw error;
          skipped.push({ name, code: error.code, reason: error.message });
        }
      }
    }
    return { tables, issues, skipped };
  }

  private options(name: string, options: ParseOptions | undefined): ParseOptions & ReadOptions {
    return { ...options, of: this, name };
  }
}

type NamedFilesWithMethods = new (place: Place) => NamedFiles & TableMethods;

/* @__NO_SIDE_EFFECTS__ */
function withMethods(): NamedFilesWithMethods {
  class Methods extends NamedFiles {}
  for (const [key, table] of Object.entries<RowTable | TextTable>(values)) {
    if (table.name.includes("*")) continue;
    const value = function (this: NamedFiles, options?: ParseOptions): unknown {
      return read(table, { ...options, of: this });
    };
    Object.defineProperty(Methods.prototype, key, { value, configurable: true, writable: true });
  }
  return Methods as NamedFilesWithMethods;
}

const Base: NamedFilesWithMethods = /* @__PURE__ */ withMethods();

/**
 * The files under `/proc/net` of one network namespace. Every call opens, reads and closes its file.
 *
 * A table of one file has a method that is called like its value in `procnet/tables`: `net.tcp()`, `net.softnetStat()`. Tables
 * that stand for the files of a directory have none: `net.read("dev_snmp6/lo")`. {@link Net.each} gives rows one by one in
 * constant memory, {@link Net.count} counts by state.
 *
 * All methods throw a `ProcfsError`: `ENOENT` when the kernel lacks the file, `EACCES`, `ESRCH` when the process whose
 * namespace this is has ended, `ERR_PARSE` at the first row that cannot be read unless `onIssue` is given.
 *
 * @example
 * ```ts
 * import { net } from "procnet";
 * for (const socket of net.each("tcp", { where: { state: "LISTEN" } })) console.log(socket.localPort, socket.uid);
 * ```
 */
export class Net extends Base {
  /** Counters of the interfaces (`dev`), by name in the file's order. */
  devStatus<Exact extends boolean = false>(options?: ExactOptions<Exact>): Map<string, DeviceStatus<CounterOf<Exact>>>;
  devStatus(options?: NumberOptions): Map<string, DeviceStatus>;
  devStatus(options?: ParseOptions): Map<string, DeviceStatus<Counter>> {
    const rows: readonly DeviceStatus<Counter>[] = read(dev, { ...options, of: this });
    return byName(rows);
  }
}

/** All tables of a network namespace. */
export interface AllTables {
  /** What {@link Net.read} gives, by the name of the file. */
  readonly tables: ReadonlyMap<string, unknown>;
  /** Rows that could not be read. */
  readonly issues: readonly ProcfsIssue[];
  /** Files that were not read, and why. */
  readonly skipped: readonly SkippedFile[];
}

/** A file that was not read. */
export interface SkippedFile {
  /** Its name, relative to `/proc/net`. */
  readonly name: string;
  /** `ERR_SIDE_EFFECT`, `ERR_UNKNOWN`, or why it could not be read: `EACCES`, `ENOENT`, ... */
  readonly code: string;
  /** Why, in a sentence for people. */
  readonly reason: string;
}

function known(name: string): RowTable | TextTable {
  checkName(name);
  const table = tableNamed(name);
  if (table === undefined) throw invalidArgument(`no table is called "${escapeHidden(name)}": rawText reads any file`);
  return table;
}
