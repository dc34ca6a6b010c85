import { dirname, resolve } from "node:path";
import { tableNamed } from "../catalogue.ts";
import { checkOptions, optionNames } from "../check-options.ts";
import { invalidArgument, isProcfsError } from "../errors.ts";
import { netIdentity } from "../host/net-identity.ts";
import type { BaseProcess } from "../host/process.ts";
import { type BaseProcFs, baseProcFs, checkProcfs } from "../host/procfs.ts";
import { LIMITS, type Limit } from "../live/limit-names.ts";
import { limits } from "../live/limits.ts";
import { Net, type SkippedFile } from "../net.ts";
import { checkSignal, wrongValue } from "../option-values.ts";
import type { FailureContext } from "../read/failure.ts";
import { readAll, readLink } from "../read/file.ts";
import { isInProcfs } from "../read/procfs-type.ts";
import { anonymiser, type CapturedFile, FAITHFUL, type Filter, TELLING } from "./anonymise/anonymise.ts";
import { readProcess, writeProcess } from "./process.ts";
import { type SocketHolder, socketHolder, socketsOf } from "./select.ts";
import { CaptureTree } from "./tree.ts";

/** What is captured; all optional. */
export interface CaptureOptions {
  /** The procfs to capture; that of this machine by default. */
  readonly procfs?: BaseProcFs;
  /**
   * Replaces addresses by those for documentation and names by `name1`, `name2`, ..., the same by the same. What stays:
   * numbers (ports, user and process ids, inodes, counters), the last part of IPv4 addresses nearby, and which addresses
   * share a network.
   */
  readonly anonymise?: boolean;
  /** Whether processes are captured too, so that sockets have owners; true by default. */
  readonly processes?: boolean;
  /** Which network namespaces: that of `procfs.net` (the default), or every one in which a process lives. */
  readonly namespaces?: "current" | "all";
}

/** What was captured. */
export interface CaptureResult {
  /** Files written, links not counted. */
  readonly files: number;
  /** Processes written. */
  readonly processes: number;
  /** What was left out, by its path in the tree, under its own name also where the capture is anonymised. */
  readonly skipped: readonly SkippedFile[];
}

/** The longest table that is captured: over a million TCP sockets. */
const LARGEST_TABLE = 1 << 28;

/** Options of {@link captureProcNetAsync}. */
export interface CaptureAsyncOptions extends CaptureOptions {
  /** Gives up, and removes what was written. */
  readonly signal?: AbortSignal;
}

const KNOWN = optionNames<CaptureOptions>({ procfs: true, anonymise: true, processes: true, namespaces: true });
const KNOWN_ASYNC = optionNames<CaptureAsyncOptions>({
  procfs: true,
  anonymise: true,
  processes: true,
  namespaces: true,
  signal: true,
});

/** Milliseconds of work between two turns of the event loop. */
const SLICE = 5;

/**
 * Writes the tables of this moment, and of the processes what owners of sockets are made of, as plain files: a tree that
 * `new ProcFs({ root: directory })` reads as if it were the machine. For bug reports, and for tests.
 *
 * `1/net` is the captured namespace, also where process 1 lives in another one. Captured are process 1, every process that
 * holds a socket of the captured namespaces, those in them that do not let their descriptors be read, and one of each
 * namespace. User ids of processes are kept when root captures. Of a running kernel, files whose reading changes something
 * are left out; so are those of which nothing is known and, when anonymising, those that nobody has looked through for what
 * they give away.
 *
 * Tables and processes are not of one instant: what ends meanwhile may be in one and not in the other.
 *
 * A new directory is written beside itself, as `.procnet-capture-` and six characters, and gets its name when it is whole.
 * Nothing is written, given away or changed outside of it, whatever others do meanwhile. It may be entered by its owner only.
 * When the capture fails, nothing of it is left.
 *
 * @param directory a new directory, or an empty one of one's own into which nobody else may write
 * @throws `ProcfsError` with code `ERR_INVALID_ARG` for any other directory, for one in which everybody may replace anything
 * (no sticky bit), and for a link of another user on the way to it; and what `net.list()` throws
 * @example
 * ```ts
 * import { mkdtempSync } from "node:fs";
 * import { captureProcNet, ProcFs } from "procnet";
 * const directory = mkdtempSync("/tmp/capture-");
 * const { files, skipped } = captureProcNet(directory, { anonymise: true });
 * console.log(files, skipped.length, new ProcFs({ root: directory }).net.tcp().length);
 * ```
 */
export function captureProcNet(directory: string, options: CaptureOptions = {}): CaptureResult {
  checkOptions("captureProcNet", options, KNOWN);
  const steps = capturing(directory, options);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/**
 * {@link captureProcNet} with turns of the event loop between tables and between processes, which `signal` ends.
 *
 * @throws as {@link captureProcNet}, and the signal's reason
 * @example
 * ```ts
 * import { mkdtempSync } from "node:fs";
 * import { captureProcNetAsync } from "procnet";
 * const { files } = await captureProcNetAsync(mkdtempSync("/tmp/capture-"), { signal: AbortSignal.timeout(60_000) });
 * console.log(files);
 * ```
 */
export async function captureProcNetAsync(
  directory: string,
  options: CaptureAsyncOptions = {},
): Promise<CaptureResult> {
  checkOptions("captureProcNetAsync", options, KNOWN_ASYNC);
  const { signal } = options;
  checkSignal("captureProcNetAsync: signal", signal);
  signal?.throwIfAborted();
  const steps = capturing(directory, options);
  try {
    for (let began = performance.now(); ; ) {
      const { done, value } = steps.next();
      if (done === true) return value;
      if (performance.now() - began < SLICE) continue;
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
      began = performance.now();
    }
  } finally {
    const unfinished: Steps<CaptureResult | undefined> = steps;
    unfinished.return(undefined); // after an abort: removes what was written
  }
}

function* capturing(directory: string, options: CaptureOptions): Generator<undefined, CaptureResult, undefined> {
  const { procfs = baseProcFs(), namespaces = "current", processes = true, anonymise = false } = options;
  checkProcfs("captureProcNet", procfs);
  // Taken for something else, they would let out what was to be hidden.
  if (typeof anonymise !== "boolean") throw wrongValue("anonymise", "true or false", anonymise);
  if (typeof processes !== "boolean") throw wrongValue("processes", "true or false", processes);
  if (namespaces !== "current" && namespaces !== "all") {
    throw wrongValue("namespaces", '"current" or "all"', namespaces);
  }
  if (typeof directory !== "string" || directory === "" || directory.includes("\0")) {
    throw invalidArgument(`directory must be a path, not ${JSON.stringify(directory)}`);
  }
  const filter = anonymise ? anonymiser(procfs.context.byteOrder) : FAITHFUL;
  const tree = new CaptureTree(resolve(directory));
  let isWhole = false;
  try {
    const capture = new Capture(procfs, tree, filter);
    yield* capture.current();
    if (namespaces === "all") yield* capture.everything(processes);
    else if (processes) yield* capture.owners();
    yield; // the last turn in which it can be given up
    tree.finish();
    isWhole = true;
    return capture.result();
  } finally {
    if (!isWhole) tree.abandon();
  }
}

type Steps<Result = void> = Generator<undefined, Result, undefined>;

class Capture {
  private readonly procfs: BaseProcFs;
  private readonly tree: CaptureTree;
  private readonly filter: Filter;
  private readonly skipped: SkippedFile[] = [];
  /** The process under which the tables of a namespace were written. */
  private readonly places = new Map<number, number>();
  private readonly own: number | undefined;
  private count = 0;

  constructor(procfs: BaseProcFs, tree: CaptureTree, filter: Filter) {
    this.procfs = procfs;
    this.tree = tree;
    this.filter = filter;
    this.own = netIdentity(dirname(procfs.place.directory));
  }

  /** The namespace of `procfs.net`, as that of process 1: there a `ProcFs` with a foreign root looks for it. */
  *current(): Steps {
    yield* this.tables(new Net(this.procfs.place), 1, {});
    if (this.own !== undefined) this.places.set(this.own, 1);
    const directory = dirname(this.procfs.place.directory);
    const mounts = this.attempt("1/mountinfo", () => readAll(`${directory}/mountinfo`));
    if (mounts !== undefined) this.tree.write("1/mountinfo", this.filter.process("mountinfo", mounts));
    const namespace = this.attempt("1/ns/net", () => readLink(`${directory}/ns/net`));
    if (namespace !== undefined) this.tree.link("1/ns/net", namespace);
    this.settings();
  }

  /**
   * The settings that findings are judged by, as far as they are those of this namespace, and the time since boot. What the kernel
   * does not have, or does not show, is no loss.
   */
  private settings(): void {
    const found = Object.values(limits({ procfs: this.procfs })).filter(({ values }) => values !== undefined);
    for (const name of ["uptime", ...found.map((limit: Limit) => `sys/${LIMITS[limit.name].file}`)]) {
      const bytes = this.attempt(name, () => readAll(`${this.procfs.root}/${name}`));
      if (bytes !== undefined) this.tree.write(name, bytes);
    }
  }

  /** Processes that hold a socket of the captured namespace. */
  *owners(): Steps {
    const wanted = socketsOf(new Net(this.procfs.place));
    for (const process of yield* this.procfs.allProcessesInSteps()) {
      const holder = yield* this.holder(process);
      if (holder === undefined) continue;
      const { pid, identity, inodes } = holder;
      const isHere = identity !== undefined && identity === this.own;
      const holds = inodes === undefined ? isHere : inodes.some((inode) => wanted.has(inode));
      if (pid === 1 || holds) this.process(pid, identity);
    }
  }

  /** Every namespace, and processes that hold any socket. */
  *everything(processes: boolean): Steps {
    for (const process of yield* this.procfs.allProcessesInSteps()) {
      const holder = yield* this.holder(process);
      if (holder === undefined) continue;
      const { pid, identity, inodes } = holder;
      const isNew = pid !== 1 && identity !== undefined && !this.places.has(identity);
      if (isNew && !(yield* this.place(pid, identity))) continue;
      const holds = inodes === undefined || inodes.length > 0;
      if (processes && (pid === 1 || isNew || holds)) this.process(pid, identity);
      else if (isNew) this.namespace(pid);
    }
  }

  /** A turn for each process that is looked at, also for those of which nothing is kept. */
  private *holder(process: BaseProcess): Steps<SocketHolder | undefined> {
    yield;
    return socketHolder(this.procfs, process);
  }

  result(): CaptureResult {
    return { files: this.tree.files, processes: this.count, skipped: this.skipped };
  }

  /** Writes a process; its directory `net` leads to where its namespace was written, if it was. */
  private process(pid: number, identity: number | undefined): void {
    const process = readProcess(this.procfs.root, pid, this.skipped);
    if (process === undefined) return;
    writeProcess(this.tree, process, this.filter);
    this.count++;
    const place = identity === undefined ? undefined : this.places.get(identity);
    if (pid !== 1 && place !== undefined && place !== pid) this.tree.link(`${pid}/net`, `../${place}/net`);
  }

  /** The number of a namespace whose process is not written. */
  private namespace(pid: number): void {
    const name = `${pid}/ns/net`;
    const link = this.attempt(name, () => readLink(`${this.procfs.root}/${name}`));
    if (link !== undefined) this.tree.link(name, link);
  }

  /** Writes the tables of another namespace through one of its processes; false when that ended. */
  private *place(pid: number, identity: number): Steps<boolean> {
    try {
      yield* this.tables(new Net(this.procfs.process(pid).place), pid, {
        processDirectory: `${this.procfs.root}/${pid}`,
      });
      this.places.set(identity, pid);
      return true;
    } catch (error) {
      this.tree.remove(`${pid}`);
      if (isProcfsError(error) && error.code === "ESRCH") return false;
      throw error;
    }
  }

  private *tables(net: Net, pid: number, context: FailureContext): Steps {
    const names = net.list();
    const live = isInProcfs(net.directory);
    this.tree.directory(`${pid}/net`);
    for (const name of new Set([...TELLING.filter((telling) => names.includes(telling)), ...names])) {
      yield;
      const path = `${pid}/net/${name}`;
      const entry = tableNamed(name);
      if (entry === undefined) this.skip(path, "ERR_UNKNOWN", "nothing is known of this file");
      else if (entry.sideEffect !== undefined && live) this.skip(path, "ERR_SIDE_EFFECT", entry.sideEffect);
      else {
        const bytes = this.attempt(path, () => readAll(`${net.directory}/${name}`, context, LARGEST_TABLE));
        if (bytes !== undefined) this.table(path, this.filter.net(name, bytes), `${pid}/net`);
      }
    }
  }

  private table(path: string, file: CapturedFile | undefined, directory: string): void {
    if (file === undefined) this.skip(path, "ERR_NOT_ANONYMISED", "it may give away addresses or names");
    else this.tree.write(`${directory}/${file.name}`, file.bytes);
  }

  private attempt<Value>(name: string, read: () => Value): Value | undefined {
    try {
      return read();
    } catch (error) {
      if (!isProcfsError(error) || error.code === "ESRCH") throw error;
      this.skip(name, error.code, error.message);
      return undefined;
    }
  }

  private skip(name: string, code: string, reason: string): void {
    this.skipped.push({ name, code, reason });
  }
}
