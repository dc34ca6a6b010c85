import { checkOptions, optionNames } from "../check-options.ts";
import type { ProcfsError } from "../errors.ts";
import { openFiles } from "../host/open-files.ts";
import type { BaseProcess } from "../host/process.ts";
import { type BaseProcFs, baseProcFs, checkProcfs } from "../host/procfs.ts";
import { fewSocketFds, NO_FDS, socketFds } from "../host/socket-fds.ts";
import { checkSignal, checkThreads } from "../option-values.ts";
import { asProcfsError, traceRight } from "../read/failure.ts";
import { isLive } from "../read/procfs-type.ts";
import { sortedInSteps } from "../read/sorted.ts";
import { runAsync, type Steps } from "./drive.ts";
import { readLinks, sizeOf } from "./owners/links.ts";
import type { Sized } from "./owners/others.ts";
import { LinkReaders } from "./owners/pool.ts";

/** Options of {@link processSockets}; all optional. */
export interface ProcessSocketsOptions {
  /** The procfs to look at; that of this machine by default. */
  readonly procfs?: BaseProcFs;
  /** The most threads to start for a host with very many descriptors; 0 for none. One less than there are cores, at most 3. */
  readonly threads?: number;
  /** Ends the look when it is aborted. */
  readonly signal?: AbortSignal;
}

/** The descriptors of one process that are sockets. */
export interface ProcessSockets {
  /** Whose descriptors these are. */
  readonly process: BaseProcess;
  /** Descriptors, ascending, and the inode of each, in pairs: `[fd, inode, fd, inode, ...]`. Empty where they could not be read. */
  readonly fds: Float64Array;
  /** Why they could not be read: `EACCES` without the right to, `ESRCH` when the process has ended. */
  readonly error: ProcfsError | undefined;
}

const OPTIONS = optionNames<ProcessSocketsOptions>({ procfs: true, threads: true, signal: true });

/**
 * Which processes hold which sockets, by inode, and nothing else about them: the half of what `sockets()` does that netstat needs.
 * Processes come in ascending order; of one whose main thread has ended before the others none is found, as in netstat. Links are read on this thread and, where there are more than 40,000, on others.
 *
 * @throws `ProcfsError` with code `ERR_INVALID_ARG` for a wrong or unknown option
 * @example
 * ```ts
 * import { processSockets } from "procnet";
 * for (const { process, fds } of await processSockets()) {
 *   for (let at = 0; at < fds.length; at += 2) console.log(process.pid, fds[at], fds[at + 1]);
 * }
 * ```
 */
export async function processSockets(options: ProcessSocketsOptions = {}): Promise<ProcessSockets[]> {
  checkOptions("processSockets", options, OPTIONS);
  const { procfs = baseProcFs(), threads, signal } = options;
  checkProcfs("processSockets", procfs);
  checkThreads(threads);
  checkSignal("signal", signal);
  let pool: LinkReaders | undefined;
  const readers = (): LinkReaders => {
    pool ??= new LinkReaders(threads);
    return pool;
  };
  try {
    return await runAsync(lookAtAll(procfs, threads === 0 ? undefined : readers), signal);
  } finally {
    pool?.close();
  }
}

/** A process to be looked at. */
interface Held {
  readonly process: BaseProcess;
  readonly directory: string;
}

/** With so few open files on the machine nobody has so many that it would be read otherwise: nobody need be counted first. */
const FEW_FILES = 20_000;

function* lookAtAll(procfs: BaseProcFs, readers: (() => LinkReaders) | undefined): Steps<ProcessSockets[]> {
  const live = isLive(procfs.context);
  const few = openFiles(procfs.context) < FEW_FILES;
  const queue: Sized<Held>[] = [];
  const found: ProcessSockets[] = [];
  for (const process of yield* procfs.allProcessesInSteps()) {
    yield;
    const directory = `${procfs.root}/${process.pid}`;
    const looked = few ? lookAtOnce(process, directory, live) : undefined;
    if (looked !== undefined) found.push(looked);
    else queue.push({ holder: { process, directory }, size: yield* sizeOf({ directory }, live) });
  }
  if (queue.length === 0) return found;
  yield* readLinks(yield* sortedInSteps(queue, (a, b) => b.size - a.size), readers, live, {
    *here({ holder, size }) {
      found.push(yield* lookAt(holder, size, live));
    },
    // biome-ignore lint/correctness/useYield: as a step of the work
    *there({ process }, fds) {
      found.push({ process, fds, error: undefined });
    },
  });
  return yield* sortedInSteps(found, (a, b) => a.process.pid - b.process.pid);
}

/** A process with few descriptors; `undefined` of one that has many after all. */
function lookAtOnce(process: BaseProcess, directory: string, live: boolean): ProcessSockets | undefined {
  try {
    const fds = fewSocketFds(directory, { processDirectory: directory, right: traceRight, live });
    return fds && { process, fds, error: undefined };
  } catch (error) {
    return { process, fds: NO_FDS, error: asProcfsError(error, directory) };
  }
}

function* lookAt({ process, directory }: Held, size: number, live: boolean): Steps<ProcessSockets> {
  try {
    const fds = yield* socketFds(directory, { processDirectory: directory, right: traceRight, live }, { size });
    return { process, fds, error: undefined };
  } catch (error) {
    return { process, fds: NO_FDS, error: asProcfsError(error, directory) };
  }
}
