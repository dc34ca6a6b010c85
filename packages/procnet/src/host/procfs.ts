import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { escapeHidden } from "../bytes/escape-hidden.ts";
import { checkOptions, optionNames } from "../check-options.ts";
import { type ByteOrder, HOST_BYTE_ORDER } from "../codes/byte-order.ts";
import { invalidArgument, ProcfsError } from "../errors.ts";
import { wrongValue } from "../option-values.ts";
import { MACHINE_ROOT, type ProcContext } from "../read/context.ts";
import { refusal } from "../read/failure.ts";
import { readLink } from "../read/file.ts";
import { numbersInSteps } from "../read/listing.ts";
import { type Located, PID, type Place, placeOf } from "../read/place.ts";
import { BaseProcess } from "./process.ts";

/** Where procfs is and what machine it is of; all optional. */
export interface ProcFsOptions {
  /**
   * A procfs mounted elsewhere (`/host/proc` in a container) or a captured tree; the machine's own by default.
   * Network files of another procfs come from process 1, as its own `net` leads back to the reader. In a captured tree they
   * are looked for where one namespace only can be meant: `1/net`, a directory `net`, the process that `self` leads to, and
   * the only process that has some.
   */
  readonly root?: string;
  /** Byte order of the machine the files come from; that of this machine by default. */
  readonly byteOrder?: ByteOrder;
  /** Clock ticks a second (USER_HZ); 100, as on all but a few old architectures, by default. */
  readonly ticksPerSecond?: number;
}

/** Processes made between two pauses. */
const PROCESSES = 1024;

/** The names of {@link ProcFsOptions}. */
export const PROCFS_OPTIONS: readonly string[] = optionNames<ProcFsOptions>({
  root: true,
  byteOrder: true,
  ticksPerSecond: true,
});

/** How a process is made: of its number, and of what all of one procfs share. */
type ProcessClass<One extends BaseProcess> = new (pid: number, context: ProcContext) => One;

/**
 * A procfs without the tables of its network files, which {@link BaseProcFs.place} says where to find.
 *
 * @example
 * ```ts
 * import { baseProcFs } from "procnet";
 * baseProcFs({ root: "/host/proc" }).process(1).comm();
 * ```
 */
export class BaseProcFs<One extends BaseProcess = BaseProcess> implements Located {
  /** Absolute path. */
  readonly root: string;
  /** @internal */
  readonly context: ProcContext;
  private readonly Process: ProcessClass<One>;
  private found: Place | undefined;

  /** @throws `ProcfsError` with code `ERR_INVALID_ARG` for unknown options and those of the wrong form */
  constructor(options: ProcFsOptions, Process: ProcessClass<One>) {
    checkOptions("ProcFs", options, PROCFS_OPTIONS, { bare: "root" });
    this.context = contextOf(options);
    this.root = this.context.root;
    this.Process = Process;
  }

  /**
   * Where its network files are: those of the namespace of this process for the own root, of process 1 for another procfs, of a
   * captured tree those that can be meant.
   */
  get place(): Place {
    if (this.found !== undefined) return this.found;
    const place = placeOf(this.context);
    if (place.missing === undefined) this.found = place;
    return place;
  }

  /**
   * A process, which need not exist: nothing is read yet.
   *
   * @throws `ProcfsError` with code `ERR_INVALID_ARG` unless `pid` is a positive integer
   */
  process(pid: number): One {
    if (!Number.isSafeInteger(pid) || pid <= 0) throw wrongValue("a process id", "a positive integer", pid);
    return new this.Process(pid, this.context);
  }

  /**
   * The process that reads, under the number it has in this procfs.
   *
   * @throws `ProcfsError` with code `ENOENT` when it has none: a captured tree, or a procfs of another pid namespace
   */
  self(): One {
    const hint = "this process is not in the pid namespace of this procfs, or it is a captured tree";
    const path = `${this.root}/self`;
    const link = readLink(path, { hint });
    if (PID.test(link)) return this.process(Number(link));
    const message = `${escapeHidden(path)}: expected a link to a process id, found "${escapeHidden(link)}"`;
    throw new ProcfsError({ code: "ERR_PARSE", message, path, field: "self", text: link });
  }

  /**
   * All processes, by ascending number. They are listed when the first one is asked for. One may end at any time:
   * its methods then throw `ESRCH`.
   *
   * @throws `ProcfsError` when the root cannot be listed
   */
  *allProcesses(): Generator<One, void, undefined> {
    for (const pid of listPids(this.root)) yield new this.Process(pid, this.context);
  }

  /** @internal the same as a list; yields between pieces of it, as there can be very many */
  *allProcessesInSteps(): Generator<undefined, One[], undefined> {
    const processes: One[] = [];
    for (const pid of yield* numbersInSteps(this.root, {})) {
      if (pid > 0) processes.push(new this.Process(pid, this.context));
      if (processes.length % PROCESSES === 0) yield;
    }
    if (processes.length === 0 && this.root === MACHINE_ROOT) throw refusal(NO_PROCFS, this.root, { action: "list" });
    return processes;
  }
}

/**
 * The procfs of this machine, or another one, for who reads no table by name.
 *
 * @example
 * ```ts
 * import { baseProcFs, whoListens } from "procnet";
 * await whoListens(443, { procfs: baseProcFs({ root: "/host/proc" }) });
 * ```
 */
export function baseProcFs(options: ProcFsOptions = {}): BaseProcFs {
  return new BaseProcFs(options, BaseProcess);
}

function contextOf(options: ProcFsOptions): ProcContext {
  const { root = MACHINE_ROOT, byteOrder = HOST_BYTE_ORDER, ticksPerSecond = 100 } = options;
  if (typeof root !== "string" || root === "" || root.includes("\0")) throw wrongValue("root", "a path", root);
  if (byteOrder !== "LE" && byteOrder !== "BE") throw wrongValue("byteOrder", '"LE" or "BE"', byteOrder);
  if (!Number.isFinite(ticksPerSecond) || ticksPerSecond <= 0) {
    throw wrongValue("ticksPerSecond", "a positive number", ticksPerSecond);
  }
  const path = resolve(root);
  // On Windows resolving adds a drive; messages and the check of the platform go by the plain name.
  const own = path === resolve(MACHINE_ROOT);
  return { root: own ? MACHINE_ROOT : path, own, byteOrder, ticksPerSecond };
}

/**
 * Refuses what is no `ProcFs`, such as the path of one. Told by its form: it may be of another copy of this package.
 *
 * @throws `ProcfsError` with code `ERR_INVALID_ARG`
 */
export function checkProcfs(what: string, value: unknown): void {
  if (typeof (value as Partial<BaseProcFs> | null)?.allProcesses === "function") return;
  const root = typeof value === "string" ? JSON.stringify(value) : '"/host/proc"';
  const shown = typeof value === "string" ? root : String(value);
  throw invalidArgument(
    `${what}: procfs must be a ProcFs, as new ProcFs({ root: ${escapeHidden(root)} }), not ${escapeHidden(shown)}`,
  );
}

/** Other systems can have an empty directory of that name; a mounted procfs has at least the reader itself. */
const NO_PROCFS: Error = /* @__PURE__ */ Object.assign(new Error("ENOENT: no procfs is mounted there, scandir"), {
  code: "ENOENT",
  syscall: "scandir",
});

/** The kernel lists them in order; a captured tree on disk need not. */
function listPids(root: string): number[] {
  try {
    const names = readdirSync(root).filter((name) => PID.test(name));
    if (names.length === 0 && root === MACHINE_ROOT) throw NO_PROCFS;
    return names.map(Number).sort((a, b) => a - b);
  } catch (error) {
    throw refusal(error, root, { action: "list" });
  }
}
