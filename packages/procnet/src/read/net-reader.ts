import { Chunks } from "../bytes/chunks.ts";
import { escapeText } from "../bytes/escape.ts";
import {
  type CountableName,
  catalogueEntry,
  type OptionsOf,
  type RowTableName,
  type TableName,
  type TableOf,
} from "../catalogue.ts";
import { isProcfsError, ProcfsError, type ProcfsIssue } from "../errors.ts";
import type { InetOptions } from "../files/sockets/inet/inet-scanner.ts";
import type { RowOf } from "../form/catalogue-entry.ts";
import type { CounterOf, ExactOptions, ParseOptions } from "../form/options.ts";
import { eachRegion, eachRow, scanChunks } from "../form/scanner.ts";
import { countChunks, type RowTable, type TextTable } from "../form/table.ts";
import type { ProcContext } from "./context.ts";
import type { FailureContext } from "./failure.ts";
import { isLinuxFile } from "./linux-file.ts";
import { checkName, listFiles } from "./net-files.ts";
import { isInProcfs, isLive } from "./procfs-type.ts";
import { eachFromFile, readAll, withFile } from "./read.ts";
import { eachRegionFromFile } from "./read-ahead.ts";

/** How the files of a network namespace are read by name; `Net` adds a method for each. */
export abstract class NetFiles {
  /** The directory of these files. */
  readonly directory: string;
  private readonly context: ProcContext;
  private readonly processDirectory: string | undefined;
  private readonly missing: ProcfsError | undefined;

  /**
   * @param processDirectory directory of the process whose namespace this is, where it is asked for by its number
   * @param missing why there is nothing to be read
   */
  constructor(directory: string, context: ProcContext, processDirectory?: string, missing?: ProcfsError) {
    this.missing = missing;
    this.directory = directory;
    this.context = context;
    this.processDirectory = processDirectory;
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
    const { table, path, failure } = this.find(name);
    const file: OpenFile = { fd: undefined };
    const complete = this.complete(path, options, file);
    if (!isRows(table)) return table.parse(readAll(path, failure), complete);
    const rows = withFile(path, failure, (source, buffer, fd) => {
      file.fd = fd;
      return scanChunks(table.scanner(complete), new Chunks(source, buffer));
    });
    table.check?.(rows, complete);
    return rows;
  }

  /**
   * Rows one by one: no more than a page of them exists at a time, `where` is tested before a row is decoded, and leaving
   * the loop closes the file. Asking for listeners reads the head of `tcp` and `tcp6` only, where Linux itself prints them:
   * it lists listeners first. What others print, and what was copied, is read to its end.
   *
   * The file is opened with the first row. Who calls `next()` by hand and stops before the end ends with `return()`, or
   * takes it with `using`; a file that was forgotten is closed when the generator is collected, at no certain time.
   */
  each<Name extends RowTableName, Exact extends boolean = false>(
    name: Name,
    options?: OptionsOf<Name> & ExactOptions<Exact>,
  ): Generator<RowOf<TableOf<Name, CounterOf<Exact>>>, void, undefined>;
  each(name: RowTableName, options?: ParseOptions): Generator<unknown, void, undefined> {
    const { table, path, failure } = this.find(name);
    if (!isRows(table)) throw invalid(`"${name}" is not read row by row: use read`);
    const file: OpenFile = { fd: undefined };
    const scanner = table.scanner(this.complete(path, options, file));
    return eachFromFile(path, failure, (source, buffer, fd) => {
      file.fd = fd;
      return eachRow(scanner, new Chunks(source, buffer));
    });
  }

  /**
   * @internal rows region by region, in an array that is used again: a fifth of the time of one by one. With `ahead` there
   * are promises between them, to wait for before the next region is asked for.
   */
  regions<Name extends RowTableName>(
    name: Name,
    options: OptionsOf<Name> | undefined,
    ahead: boolean,
  ): Generator<RowOf<TableOf<Name>>[] | Promise<void>, void, undefined> {
    const { table, path, failure } = this.find(name);
    if (!isRows(table)) throw invalid(`"${name}" is not read row by row: use read`);
    const file: OpenFile = { fd: undefined };
    const scanner = table.scanner(this.complete(path, options, file));
    return eachRegionFromFile(path, failure, ahead, (chunks, fd) => {
      file.fd = fd;
      return eachRegion(scanner, chunks) as Iterator<RowOf<TableOf<Name>>[], void>;
    });
  }

  /**
   * How many rows there are in each state, the most common first. Nothing is decoded and nothing kept: this is the
   * cheapest look at a large table.
   *
   * @example
   * ```ts
   * import { net } from "procnet";
   * net.count("tcp").get("TIME_WAIT") ?? 0;
   * ```
   */
  count<Name extends CountableName>(name: Name, options?: OptionsOf<Name>): Map<string, number> {
    const { table, path, failure } = this.find(name);
    if (!isRows(table) || table.counter === undefined) throw invalid(`"${name}" has no states to count`);
    const file: OpenFile = { fd: undefined };
    const counter = table.counter(this.complete(path, options, file));
    return withFile(path, failure, (source, buffer, fd) => {
      file.fd = fd;
      return countChunks(counter, new Chunks(source, buffer));
    });
  }

  /**
   * Names of all files there are, those in directories with the directory: `dev_snmp6/lo`. Which ones depends on the
   * kernel, its modules and the namespace. An interface's name may be any bytes: those that are not UTF-8 stand in the name
   * as U+DC80 to U+DCFF, one for each, and the name opens the file.
   */
  list(): string[] {
    return listFiles(this.directory, this.owner());
  }

  /**
   * The bytes of a file as the kernel gives them, also of files that nobody documented. Whoever names a file here asks for
   * what reading it may change: see the catalogue's `sideEffect`.
   *
   * @example
   * ```ts
   * import { net } from "procnet";
   * new TextDecoder().decode(net.rawText("sockstat"));
   * ```
   */
  rawText(name: string): Uint8Array {
    checkName(name);
    return readAll(`${this.directory}/${name}`, this.owner());
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
    const tables = new Map<string, unknown>();
    const issues: ProcfsIssue[] = [];
    const skipped: SkippedFile[] = [];
    const live = isInProcfs(this.directory);
    const onIssue = (issue: ProcfsIssue): void => {
      issues.push(issue);
      options.onIssue?.(issue);
    };
    for (const name of this.list()) {
      const entry = catalogueEntry(name);
      if (entry === undefined) skipped.push({ name, code: "ERR_UNKNOWN", reason: "nothing is known of this file" });
      else if (entry.sideEffect !== undefined && live)
        skipped.push({ name, code: "ERR_SIDE_EFFECT", reason: entry.sideEffect });
      else {
        try {
          tables.set(name, this.read(name as TableName, { ...options, onIssue } as never));
        } catch (error) {
          if (!isProcfsError(error)) throw error;
          skipped.push({ name, code: error.code, reason: error.message });
        }
      }
    }
    return { tables, issues, skipped };
  }

  /** @internal whether a file is one that Linux itself prints, see {@link isLinuxFile} */
  isFromLinux(name: TableName): boolean {
    const { path, failure } = this.find(name);
    return withFile(path, failure, (_source, _buffer, fd) => isLinuxFile(fd, this.context));
  }

  private find(name: TableName): { table: AnyTable; path: string; failure: FailureContext } {
    checkName(name);
    const entry = catalogueEntry(name);
    if (entry === undefined) throw invalid(`no table is called "${escapeText(name)}": rawText reads any file`);
    const right = entry.readers === "root" ? "root of the network namespace" : "a procfs that lets you in";
    const failure = { hint: `the kernel has it with ${entry.needs}`, right, ...this.owner() };
    return { table: entry.table as unknown as AnyTable, path: `${this.directory}/${name}`, failure };
  }

  /** A process's files vanish with it. */
  private owner(): FailureContext {
    const { processDirectory, missing } = this;
    if (missing !== undefined) throw new ProcfsError(missing); // with the stack of who asks
    return { live: isLive(this.context), ...(processDirectory !== undefined && { processDirectory }) };
  }

  private complete(path: string, options: ParseOptions | undefined, file: OpenFile): InetOptions {
    const isFromLinux = (): boolean => file.fd !== undefined && isLinuxFile(file.fd, this.context);
    return { path, byteOrder: this.context.byteOrder, ...options, isFromLinux };
  }
}

/** A file that is being read; its descriptor is known only once it is open. */
interface OpenFile {
  fd: number | undefined;
}

/** All tables of a network namespace. */
export interface AllTables {
  /** What {@link Net.read} gives, by the name of the file. */
  readonly tables: ReadonlyMap<string, unknown>;
  readonly issues: readonly ProcfsIssue[];
  readonly skipped: readonly SkippedFile[];
}

/** A file that was not read. */
export interface SkippedFile {
  readonly name: string;
  /** `ERR_SIDE_EFFECT`, `ERR_UNKNOWN`, or why it could not be read: `EACCES`, `ENOENT`, ... */
  readonly code: string;
  readonly reason: string;
}

type AnyTable = RowTable<unknown> | TextTable<unknown>;

function isRows(table: AnyTable): table is RowTable<unknown> {
  return "scanner" in table;
}

function invalid(message: string): ProcfsError {
  return new ProcfsError({ code: "ERR_INVALID_ARG", message });
}
