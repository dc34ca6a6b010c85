import { statSync } from "node:fs";
import { NEWLINE } from "../bytes/ascii.ts";
import { escapeHidden } from "../bytes/escape-hidden.ts";
import { utf8 } from "../bytes/strings.ts";
import { checkOptions, optionNames } from "../check-options.ts";
import { ProcfsError } from "../errors.ts";
import type { Counter, CounterOf, ExactOptions, NumberOptions, ParseOptions } from "../form/options.ts";
import { checkParsing } from "../option-values.ts";
import { type BriefStat, briefStat } from "../process/brief-stat.ts";
import { type CgroupEntry, parseCgroup } from "../process/cgroup.ts";
import { parseFdTarget } from "../process/fd-target.ts";
import { type ProcessStat, parseProcessStat } from "../process/process-stat.ts";
import type { ProcContext } from "../read/context.ts";
import { type FailureContext, refusal, traceRight } from "../read/failure.ts";
import { readAll, readLink, readLinkBytes, readRecord, withFile } from "../read/file.ts";
import { fsPath } from "../read/fs-path.ts";
import type { Located, Place } from "../read/place.ts";
import { isLive } from "../read/procfs-type.ts";
import { countFds, eachFd, type Fd } from "./fds.ts";
import { socketFds } from "./socket-fds.ts";

const PARSE = optionNames<ParseOptions>({ path: true, onIssue: true, byteOrder: true, bigint: true });

const HIDEPID_RIGHT = "root, or a procfs mounted without hidepid";

/**
 * Arguments end in a NUL each. A title that a program put in their place (`process.title`) leaves NULs up to where they ended:
 * behind the first one alone, they are no arguments, as in ps.
 */
export function argumentsIn(bytes: Uint8Array, length: number): string[] {
  let end = length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  if (end === 0) return length === 0 ? [] : [""];
  const isTitle = bytes.subarray(0, end).indexOf(0) < 0;
  return utf8(bytes, 0, isTitle || bytes[length - 1] !== 0 ? end : length - 1).split("\0");
}

/**
 * A process without the tables of its network namespace, which {@link BaseProcess.place} says where to find.
 *
 * @example
 * ```ts
 * import { baseProcFs, read } from "procnet";
 * import { tcp } from "procnet/tables";
 * const process = baseProcFs().process(pid);
 * console.log(process.comm(), read(tcp, { of: process }).length);
 * ```
 */
export class BaseProcess implements Located {
  /** Process id, in the pid namespace that this procfs was mounted for. */
  readonly pid: number;
  /** Path of `/proc/<pid>`. */
  protected readonly directory: string;
  /** The procfs it is in. */
  protected readonly context: ProcContext;

  constructor(pid: number, context: ProcContext) {
    this.pid = pid;
    this.directory = `${context.root}/${pid}`;
    this.context = context;
  }

  /**
   * Effective user id, as the reader's user namespace numbers it (65534 when it has no number there): the owner of the
   * directory. It is so even for processes that cannot be dumped, whose other files belong to root.
   */
  get uid(): number {
    try {
      return statSync(fsPath(this.directory)).uid;
    } catch (error) {
      throw refusal(error, this.directory, this.failure(HIDEPID_RIGHT));
    }
  }

  /** Where the network files of the namespace are that the process's main thread is in. */
  get place(): Place {
    const { directory, context } = this;
    return { directory: `${directory}/net`, context, processDirectory: directory };
  }

  /** The 52 fields of `/proc/<pid>/stat`; with `bigint`, sizes and addresses exactly. Readable by everybody. */
  stat<Exact extends boolean = false>(options?: ExactOptions<Exact>): ProcessStat<CounterOf<Exact>>;
  stat(options?: NumberOptions): ProcessStat;
  stat(options: ParseOptions = {}): ProcessStat<Counter> {
    checkOptions("stat", options, PARSE);
    checkParsing("stat", options);
    return parseProcessStat(this.read("stat"), { path: `${this.directory}/stat`, ...options });
  }

  /** @internal what tells it from others, and whether it can hold anything */
  briefStat(): BriefStat {
    const text = readRecord(`${this.directory}/stat`, this.failure(HIDEPID_RIGHT));
    return briefStat(text) ?? parseProcessStat(text, { path: `${this.directory}/stat` });
  }

  /** Name of the process's main thread, up to 15 bytes, which it may choose itself. */
  comm(): string {
    const bytes = this.read("comm");
    return utf8(bytes, 0, bytes.length - (bytes[bytes.length - 1] === NEWLINE ? 1 : 0));
  }

  /**
   * The arguments; none for kernel threads and zombies. A process may write over them: one that puts a title there (as
   * `process.title` in Node does) often has it as the first one; empty ones behind it are left out, as in ps.
   */
  cmdline(): string[] {
    const bytes = this.read("cmdline");
    return argumentsIn(bytes, bytes.length);
  }

  /**
   * The beginning of the arguments as bytes, a NUL behind each: as much as one read gives, `most` bytes at most. Programs may put
   * anything there; {@link BaseProcess.cmdline} has them as text.
   */
  cmdlineBytes(most = 4096): Uint8Array {
    const context = this.failure(HIDEPID_RIGHT);
    return withFile(`${this.directory}/cmdline`, context, (source, buffer) => {
      return buffer.slice(0, Math.min(most, source(buffer, 0)));
    });
  }

  /**
   * Path of the program, as the kernel writes it: ` (deleted)` is behind it when the file was replaced or removed, but a
   * file can be called so too. `parseFdTarget` separates the two. `ENOENT`: a kernel thread or zombie has none.
   */
  exe(): string {
    return this.link("exe", "kernel threads and zombies have no program");
  }

  /** Working directory, as the kernel writes it: see {@link BaseProcess.exe}. */
  cwd(): string {
    return this.link("cwd", "kernel threads and zombies have no working directory");
  }

  /** Control groups: containers and services show here. Readable by everybody. */
  cgroup(options: ParseOptions = {}): CgroupEntry[] {
    checkOptions("cgroup", options, PARSE);
    checkParsing("cgroup", options);
    const path = `${this.directory}/cgroup`;
    return parseCgroup(this.read("cgroup", "needs CONFIG_CGROUPS"), { path, ...options });
  }

  /**
   * Number of the network namespace: N of the link `net:[N]`. Equal numbers are the same namespace.
   * `ENOENT`: a zombie is in none.
   */
  networkNamespace(): number {
    const path = `${this.directory}/ns/net`;
    const hint = "zombies are in no namespace; other processes need CONFIG_NET_NS";
    const link = readLink(path, this.failure(traceRight, hint));
    const target = parseFdTarget(link);
    if (target.kind === "namespace" && target.type === "net") return target.inode;
    const message = `${escapeHidden(path)}: expected a link "net:[N]", found "${escapeHidden(link)}"`;
    throw new ProcfsError({ code: "ERR_PARSE", message, path, field: "net", text: link });
  }

  /**
   * Open file descriptors, lowest first. One is read at a time, so a loop may stop early; leaving it closes the directory
   * (who calls `next()` by hand ends with `return()`). Descriptors closed in the meantime are left out; `ESRCH` at the end
   * says that the process ended, and its list with it. Of the own process, the directory being listed is one of them.
   *
   * Threads that have their own table of descriptors are not seen. Kernel threads and zombies have none.
   */
  fds(): Generator<Fd, void, undefined> {
    return eachFd(`${this.directory}/fd`, this.failure(traceRight));
  }

  /**
   * The descriptors that are sockets, lowest first, with the inode of each: a fifth of the time of {@link BaseProcess.fds}, which
   * tells what each descriptor is.
   *
   * @example
   * ```ts
   * import { ProcFs } from "procnet";
   * for (const [fd, inode] of new ProcFs().self().socketFds()) console.log(fd, inode);
   * ```
   */
  socketFds(): [fd: number, inode: number][] {
    const steps = socketFds(this.directory, this.failure(traceRight));
    let step = steps.next();
    while (!step.done) step = steps.next();
    const pairs = step.value;
    return Array.from({ length: pairs.length / 2 }, (_, at) => [pairs[2 * at]!, pairs[2 * at + 1]!]);
  }

  /** Number of open file descriptors. Since Linux 6.2 readable by everybody and in constant time, else counted. */
  fdCount(): number {
    return countFds(`${this.directory}/fd`, this.failure(traceRight));
  }

  private read(name: string, hint?: string): Uint8Array {
    return readAll(`${this.directory}/${name}`, this.failure(HIDEPID_RIGHT, hint));
  }

  private link(name: string, hint: string): string {
    const bytes = readLinkBytes(`${this.directory}/${name}`, this.failure(traceRight, hint));
    return utf8(bytes, 0, bytes.length);
  }

  private failure(right: string | (() => string), hint?: string): FailureContext {
    const live = isLive(this.context);
    return { right, processDirectory: this.directory, live, ...(hint !== undefined && { hint }) };
  }
}
