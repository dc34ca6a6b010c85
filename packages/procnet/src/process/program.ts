import { utf8 } from "../bytes/strings.ts";

/** What the kernel tells of the program that a process runs. */
export interface ProgramClues {
  /** Name of the main thread, see `Process.comm()`. */
  readonly comm: string;
  /** The arguments, see `Process.cmdline()`. */
  readonly cmdline: readonly string[];
  /** Path of the program, see `Process.exe()`. */
  readonly exe: string | undefined;
}

/** The kernel keeps so many bytes of `comm`: TASK_COMM_LEN, include/linux/sched.h. */
const COMM_BYTES = 15;

/** No file's name is longer (NAME_MAX), and no name of a program. */
const LONGEST_NAME = 255;

/** What the kernel writes behind the path of a file that was removed or replaced. */
const DELETED = " (deleted)";

/** Something that can be seen. */
const VISIBLE = /[^\p{Cc}\p{Cf}\p{Z}]/u;

/** A path that leads back to the program that runs, as fexecve(3) and programs that start themselves again have it. */
const OWN_PROGRAM = /^\/(?:proc|dev)\//;

const encoder = /* @__PURE__ */ new TextEncoder();

/**
 * The name by which a person knows a program. `comm` is not it: it is the name of a thread, cut after 15 bytes, and from
 * Node 24 on `MainThread`. How the program was started tells more:
 *
 * 1. A script that the kernel started by its first line (`#!`) has its own name: `comm` is the beginning of it.
 * 2. Where a path was given, but `comm` and `exe` agree on another name, it is that one: `/sbin/init` is `systemd`.
 * 3. Else the first argument tells: the last part of a path, without the dash of a login shell. Where a program has put a
 *    title there, it is what stands before a colon (`nginx: worker process`), or the words before the first one that begins
 *    with no letter (`puma 6.4.0 (tcp://[::]:3000)`, `code --type=renderer`).
 * 4. Where there is none, or it leads back to the program (as `self/exe` does), the name of the file `exe`.
 * 5. Where that cannot be seen, and for threads of the kernel, `comm`.
 *
 * A process can write what it likes over its arguments, as it can choose `comm`: this is a name to show and to look for,
 * nothing to decide by. It is as the process wrote it: escape it before it is printed.
 *
 * @example
 * ```ts
 * import { programOf } from "procnet/parse";
 * programOf({ comm: "MainThread", cmdline: ["node", "server.js"], exe: "/usr/bin/node" }); // "node"
 * ```
 */
export function programOf({ comm, cmdline, exe }: ProgramClues): string {
  const [first = ""] = cmdline;
  const file = exe === undefined ? undefined : fileName(exe);
  if (first.startsWith("/")) {
    const agreed = [...cmdline.slice(1, 3).map(lastPart), file].find((name) => name && beginOf(name) === comm);
    if (agreed !== undefined && isName(agreed)) return agreed;
  }
  const told = OWN_PROGRAM.test(first) ? "" : toldBy(first, exe);
  if (isName(told)) return told;
  return file !== undefined && isName(file) ? file : comm;
}

function toldBy(first: string, exe: string | undefined): string {
  // Names of files can hold blanks and colons, and end as those of removed files do.
  if (exe !== undefined && (first === exe || first.startsWith(`${exe} `) || lastPart(first) === lastPart(exe)))
    return lastPart(exe);
  const colon = first.search(/:(?: |$)/);
  const title = colon < 0 ? first : first.slice(0, colon);
  const words = title.replace(/^-/, "").split(" ");
  const end = words.findIndex((word, at) => at > 0 && !/^\p{L}/u.test(word));
  const name = end < 0 ? words : words.slice(0, end);
  return /^\.{0,2}\//.test(title) ? lastPart(name.join(" ")) : [lastPart(name[0]!), ...name.slice(1)].join(" ");
}

function fileName(exe: string): string {
  return lastPart(exe.endsWith(DELETED) ? exe.slice(0, -DELETED.length) : exe);
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** What the kernel keeps of a name as `comm`. */
function beginOf(name: string): string {
  const bytes = encoder.encode(name);
  return utf8(bytes, 0, Math.min(bytes.length, COMM_BYTES));
}

function isName(text: string): boolean {
  return text.length <= LONGEST_NAME && VISIBLE.test(text);
}
