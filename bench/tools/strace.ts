import { readFileSync } from "node:fs";

/** A system call of a traced program, with what is needed to count it. */
export interface Call {
  /** What it does, whichever of its family the C library chose: `open`, `read`, `list`, `link`, `stat`, `close`. */
  readonly kind: Kind;
  /** The file: what is opened, or what the descriptor leads to. */
  readonly path: string;
  /** What it gave: bytes of a read; negative when it failed. */
  readonly result: number;
}

export type Kind = "open" | "read" | "list" | "link" | "stat" | "close" | "access";

const KINDS: Readonly<Record<string, Kind>> = {
  open: "open",
  openat: "open",
  openat2: "open",
  read: "read",
  pread64: "read",
  readv: "read",
  preadv: "read",
  getdents64: "list",
  readlink: "link",
  readlinkat: "link",
  stat: "stat",
  lstat: "stat",
  fstat: "stat",
  newfstatat: "stat",
  statx: "stat",
  statfs: "stat",
  fstatfs: "stat",
  close: "close",
  access: "access",
  faccessat: "access",
  faccessat2: "access",
};

/** What strace is to be told: all threads and children, paths of descriptors, only these calls where the kernel knows them. */
export function straceArgs(output: string): string[] {
  return [
    "-f",
    "-y",
    "-qq",
    "-s",
    "0",
    "-e",
    `trace=${Object.keys(KINDS)
      .map((name) => `?${name}`)
      .join(",")}`,
    "-o",
    output,
  ];
}

/**
 * The calls in what strace wrote. One that another thread's call interrupts is written in two lines, "unfinished" and "resumed", which
 * are put together.
 */
export function readCalls(file: string): Call[] {
  const begun = new Map<string, string>();
  return readFileSync(file, "utf8")
    .split("\n")
    .flatMap((line) => {
      const [, thread = "", text = ""] = /^(\d+) +(.*)$/.exec(line) ?? [];
      if (text.endsWith("<unfinished ...>")) {
        begun.set(thread, text.slice(0, -"<unfinished ...>".length));
        return [];
      }
      const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(text);
      const call = callOf(resumed === null ? text : `${begun.get(thread) ?? ""}${resumed[1]}`);
      return call ?? [];
    });
}

function callOf(text: string): Call | undefined {
  const [, name = "", args = "", result = ""] = /^(\w+)\((.*)\) += (-?\d+)/.exec(text) ?? [];
  const kind = KINDS[name];
  if (kind === undefined) return undefined;
  return { kind, path: pathOf(args), result: Number(result) };
}

/** A path in quotes, below the directory of the descriptor before it if it is relative; else that of the descriptor. */
function pathOf(args: string): string {
  const [, descriptor = ""] = /^(?:-?\w+)<((?:[^>\\]|\\.)*)>/.exec(args) ?? [];
  const [, quoted = ""] = /^[^"]*"((?:[^"\\]|\\.)*)"/.exec(args) ?? [];
  if (quoted === "") return descriptor;
  return quoted.startsWith("/") || descriptor === "" ? quoted : `${descriptor}/${quoted}`;
}

/** So many calls of each kind, and the bytes that were read. */
export function countCalls(calls: readonly Call[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind, result } of calls) {
    counts[kind] = (counts[kind] ?? 0) + 1;
    if (kind === "read" && result > 0) counts.bytes = (counts.bytes ?? 0) + result;
  }
  return counts;
}

/** What of a process was asked: its calls, with paths from its own directory on. */
export function callsOf(calls: readonly Call[], pid: string | number): Call[] {
  const own = `/proc/${pid}`;
  return calls
    .filter(({ path }) => path === own || path.startsWith(`${own}/`))
    .map((call) => ({ ...call, path: call.path.slice(own.length + 1) }));
}

/** The calls between two marks: files below /mark that are asked for. */
export function callsBetween(calls: readonly Call[], from: string, to: string): Call[] {
  const at = (name: string): number => calls.findIndex(({ path }) => path === `/mark/${name}`);
  if (at(from) < 0 || at(to) < 0) throw new Error(`no mark ${at(from) < 0 ? from : to} in what strace wrote`);
  return calls.slice(at(from) + 1, at(to));
}
