import { CLOSE, NEWLINE, OPEN, SPACE } from "../bytes/ascii.ts";
import { decimalSpan } from "../bytes/decimal.ts";
import { copied, isUtf8, utf8 } from "../bytes/strings.ts";
import { checkText } from "../form/check-text.ts";
import { Issues, RowError } from "../form/issues.ts";
import { Line } from "../form/line.ts";
import { counterOf } from "../form/line-counters.ts";
import type { Counter, CounterOf, ExactOptions, ParseOptions } from "../form/options.ts";

/*
 * /proc/<pid>/stat: do_task_stat (fs/proc/array.c). One record, 52 fields since Linux 3.5:
 *
 *   4242 (nginx: worker) S 4240 4240 4240 0 -1 4194624 1083 0 0 0 12 7 0 0 20 0 1 0 5212 ...
 *
 * The name is raw: blanks, parentheses and newlines go through. Nothing behind it can hold a parenthesis, so it ends at the
 * last one of the text.
 */

/** `/proc/<pid>/stat`. Fields marked "protected" read 0 (or 1, where said) without the right to trace the process. */
export interface ProcessStat<Value extends Counter = number> {
  /** Process id, in the pid namespace that this procfs was mounted for. */
  readonly pid: number;
  /** Name, up to 15 bytes; up to 63 for kernel threads. A process may choose it. Bytes that are not UTF-8 become U+FFFD. */
  readonly comm: string;
  /** The name exactly; present only when it is not UTF-8. */
  readonly commBytes?: Uint8Array;
  /**
   * One letter: `R` running, `S` sleeping, `D` waiting uninterruptibly, `T` stopped, `t` stopped by a tracer, `X` dead,
   * `Z` zombie, `P` parked, `I` idle kernel thread; older kernels also `W`, `x` and `K`.
   */
  readonly state: string;
  /** Process id of the parent; 0 when there is none in this pid namespace. */
  readonly ppid: number;
  /** Process group. */
  readonly pgrp: number;
  /** Session. */
  readonly session: number;
  /** Controlling terminal as a device number: minor in bits 0 to 7 and 20 to 31, major in bits 8 to 19; 0 for none. */
  readonly ttyNr: number;
  /** Process group in the foreground of the terminal; -1 for none. */
  readonly tpgid: number;
  /** Flags of the kernel (`PF_*`, include/linux/sched.h); they differ between versions. */
  readonly flags: number;
  /** Page faults without reading from disk. */
  readonly minflt: number;
  /** The same of children that were waited for. */
  readonly cminflt: number;
  /** Page faults that read from disk. */
  readonly majflt: number;
  /** The same of children that were waited for. */
  readonly cmajflt: number;
  /** Time in user mode of all threads, guest time included, clock ticks. */
  readonly utime: number;
  /** Time in the kernel of all threads, clock ticks. */
  readonly stime: number;
  /** User time of children that were waited for, clock ticks. */
  readonly cutime: number;
  /** Kernel time of children that were waited for, clock ticks. */
  readonly cstime: number;
  /** Real-time policies: minus the priority, minus 1 (-2 to -100). Others: 20 plus `nice` (0 to 39). */
  readonly priority: number;
  /** Nice value, 19 (weakest) to -20. */
  readonly nice: number;
  /** Threads. */
  readonly numThreads: number;
  /** Always 0 since Linux 2.6.17. */
  readonly itrealvalue: number;
  /** When the process started, clock ticks since boot. With `pid` it names a process for good: pids are used again. */
  readonly starttime: number;
  /** Virtual memory, bytes. */
  readonly vsize: Value;
  /** Resident memory, pages; approximate. */
  readonly rss: number;
  /** Limit of `rss`, bytes. No limit is 2^64-1, which only `bigint` holds exactly. */
  readonly rsslim: Value;
  /** Address where the program's code begins; protected: 1. 0 for kernel threads. */
  readonly startcode: Value;
  /** Address where it ends; protected: 1. */
  readonly endcode: Value;
  /** Address of the bottom of the stack; protected. */
  readonly startstack: Value;
  /** Stack pointer; protected, and 0 unless the process is exiting or dumping core. */
  readonly kstkesp: Value;
  /** Instruction pointer; protected like `kstkesp`. */
  readonly kstkeip: Value;
  /** Pending signals, the lower 31 bits; obsolete. */
  readonly signal: number;
  /** Blocked signals, the lower 31 bits; obsolete. */
  readonly blocked: number;
  /** Ignored signals, the lower 31 bits; obsolete. */
  readonly sigignore: number;
  /** Caught signals, the lower 31 bits; obsolete. */
  readonly sigcatch: number;
  /** 1 while it waits in the kernel, else 0; protected. An address up to Linux 4.3. */
  readonly wchan: Value;
  /** Always 0. */
  readonly nswap: number;
  /** Always 0. */
  readonly cnswap: number;
  /** Signal to the parent at exit. */
  readonly exitSignal: number;
  /** Processor it ran on last. */
  readonly processor: number;
  /** Real-time priority, 1 to 99; 0 for other policies. Since Linux 2.5.19, like all that follow `undefined` before. */
  readonly rtPriority: number | undefined;
  /** Policy: 0 OTHER, 1 FIFO, 2 RR, 3 BATCH, 5 IDLE, 6 DEADLINE, 7 EXT. Since Linux 2.5.19. */
  readonly policy: number | undefined;
  /** Delay by block I/O, clock ticks; 0 unless delay accounting is on. Since Linux 2.6.18. */
  readonly delayacctBlkioTicks: number | undefined;
  /** Time spent running a virtual CPU, clock ticks. Since Linux 2.6.24. */
  readonly guestTime: number | undefined;
  /** The same of children that were waited for. Since Linux 2.6.24. */
  readonly cguestTime: number | undefined;
  /** Address where initialised and zeroed data begin; protected. Since Linux 3.3. */
  readonly startData: Value | undefined;
  /** Address where they end; protected. Since Linux 3.3. */
  readonly endData: Value | undefined;
  /** Address above which the heap grows; protected. Since Linux 3.3. */
  readonly startBrk: Value | undefined;
  /** Address where the arguments begin; protected. Since Linux 3.5. */
  readonly argStart: Value | undefined;
  /** Address where they end; protected. Since Linux 3.5. */
  readonly argEnd: Value | undefined;
  /** Address where the environment begins; protected. Since Linux 3.5. */
  readonly envStart: Value | undefined;
  /** Address where it ends; protected. Since Linux 3.5. */
  readonly envEnd: Value | undefined;
  /** Exit status in the form of `waitpid(2)`; protected. Since Linux 3.5. */
  readonly exitCode: number | undefined;
  /** Fields after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/**
 * Parses the text of `/proc/<pid>/stat`. With `bigint`, sizes and addresses come as `bigint`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` when the text has another form; `onIssue` hears only of a text that may be cut
 * @example
 * ```ts
 * import { parseProcessStat } from "procnet/parse";
 * const { pid, starttime } = parseProcessStat(bytes);
 * ```
 */
export function parseProcessStat<Exact extends boolean = false>(
  text: Uint8Array,
  options?: ExactOptions<Exact>,
): ProcessStat<CounterOf<Exact>>;
export function parseProcessStat(text: Uint8Array, options: ParseOptions = {}): ProcessStat<Counter> {
  checkText(text);
  const cut = text[text.length - 1] !== NEWLINE;
  const line = new Line();
  line.reset(text, 0, cut ? text.length : text.length - 1, 1);
  try {
    const stat = statRow(line, options.bigint === true);
    if (cut) new Issues(options).note("ERR_TRUNCATED", line, "newline", "the text has no newline and may be cut");
    return stat;
  } catch (error) {
    if (error instanceof RowError) new Issues({ path: options.path }).row(line, error);
    throw error;
  }
}

function statRow(line: Line, bigint: boolean): ProcessStat<Counter> {
  const { bytes } = line;
  const open = bytes.indexOf(OPEN);
  const close = bytes.lastIndexOf(CLOSE);
  if (open < 0 || close < open) throw new RowError(0, "comm", "expected a name in parentheses");
  const pid = decimalSpan(bytes, 0, bytes[open - 1] === SPACE ? open - 1 : open);
  if (!(pid >= 0)) throw new RowError(0, "pid", "expected a decimal number in front of the name");
  line.at = close + 1;
  return {
    pid,
    comm: utf8(bytes, open + 1, close),
    ...(isUtf8(bytes, open + 1, close) ? undefined : { commBytes: copied(bytes, open + 1, close) }),
    state: line.word("state"),
    ppid: line.signed("ppid"),
    pgrp: line.signed("pgrp"),
    session: line.signed("session"),
    ttyNr: line.signed("tty_nr"),
    tpgid: line.signed("tpgid"),
    flags: line.decimal("flags"),
    minflt: line.decimal("minflt"),
    cminflt: line.decimal("cminflt"),
    majflt: line.decimal("majflt"),
    cmajflt: line.decimal("cmajflt"),
    utime: line.decimal("utime"),
    stime: line.decimal("stime"),
    cutime: line.signed("cutime"),
    cstime: line.signed("cstime"),
    priority: line.signed("priority"),
    nice: line.signed("nice"),
    numThreads: line.decimal("num_threads"),
    itrealvalue: line.decimal("itrealvalue"),
    starttime: line.decimal("starttime"),
    vsize: counterOf(line, "vsize", bigint),
    rss: line.decimal("rss"),
    rsslim: counterOf(line, "rsslim", bigint),
    startcode: counterOf(line, "startcode", bigint),
    endcode: counterOf(line, "endcode", bigint),
    startstack: counterOf(line, "startstack", bigint),
    kstkesp: counterOf(line, "kstkesp", bigint),
    kstkeip: counterOf(line, "kstkeip", bigint),
    signal: line.decimal("signal"),
    blocked: line.decimal("blocked"),
    sigignore: line.decimal("sigignore"),
    sigcatch: line.decimal("sigcatch"),
    wchan: counterOf(line, "wchan", bigint),
    nswap: line.decimal("nswap"),
    cnswap: line.decimal("cnswap"),
    exitSignal: line.signed("exit_signal"),
    processor: line.decimal("processor"),
    rtPriority: number(line, "rt_priority"),
    policy: number(line, "policy"),
    delayacctBlkioTicks: number(line, "delayacct_blkio_ticks"),
    guestTime: number(line, "guest_time"),
    cguestTime: signed(line, "cguest_time"),
    startData: counter(line, "start_data", bigint),
    endData: counter(line, "end_data", bigint),
    startBrk: counter(line, "start_brk", bigint),
    argStart: counter(line, "arg_start", bigint),
    argEnd: counter(line, "arg_end", bigint),
    envStart: counter(line, "env_start", bigint),
    envEnd: counter(line, "env_end", bigint),
    exitCode: signed(line, "exit_code"),
    ...line.extra(),
  };
}

/** The next field, `undefined` where a kernel of that age ends its record. */
function number(line: Line, field: string): number | undefined {
  return line.more() ? line.decimal(field) : undefined;
}

function signed(line: Line, field: string): number | undefined {
  return line.more() ? line.signed(field) : undefined;
}

function counter(line: Line, field: string, bigint: boolean): Counter | undefined {
  return line.more() ? counterOf(line, field, bigint) : undefined;
}
