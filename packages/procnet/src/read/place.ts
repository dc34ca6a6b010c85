import { lstatSync, readdirSync, statSync } from "node:fs";
import { escapeHidden } from "../bytes/escape-hidden.ts";
import { ProcfsError } from "../errors.ts";
import { fsPath } from "../read/fs-path.ts";
import { isLive } from "../read/procfs-type.ts";
import { MACHINE, type ProcContext } from "./context.ts";
import { readLink } from "./file.ts";

/** A number without leading zeros that a double holds exactly. */
export const PID: RegExp = /^[1-9][0-9]{0,14}$/;

/** As many processes as a message names. */
const NAMED = 5;

/** Where the network files of one namespace are. */
export interface Place {
  /** Path of the directory that holds them. */
  readonly directory: string;
  /** The procfs they are in. */
  readonly context: ProcContext;
  /** Directory of the process whose they are; absent for the reader's own, and where they belong to none. */
  readonly processDirectory?: string;
  /** Says that there are none, and what was looked for. */
  readonly missing?: ProcfsError;
}

/** What has network files of its own: a `ProcFs`, a `Process`, a `Net`. */
export interface Located {
  /** Where they are. */
  readonly place: Place;
}

/** The network files of this process. */
export function ownPlace(): Place {
  return placeOf(MACHINE);
}

/**
 * Of the own procfs the reader's own files, of another one that runs those of process 1: its own `net` leads back to the
 * reader. A captured tree is made in many ways; it is read where one namespace only can be meant.
 */
export function placeOf(context: ProcContext): Place {
  return { ...filesOf(context), context };
}

type Files = Omit<Place, "context">;

function filesOf(context: ProcContext): Files {
  const { root, own } = context;
  if (own) return { directory: `${root}/self/net` };
  const first = `${root}/1`;
  if (isLive(context) || isFilled(`${first}/net`)) return { directory: `${first}/net`, processDirectory: first };
  return placeInTree(root) ?? { directory: `${first}/net`, missing: nothing(root) };
}

function placeInTree(root: string): Files | undefined {
  if (isRealDirectory(`${root}/net`) && isFilled(`${root}/net`)) return { directory: `${root}/net` };
  for (const name of [linked(`${root}/net`, /^\.?\/?([0-9]+)\/net\/?$/), linked(`${root}/self`, /^([0-9]+)\/?$/)]) {
    if (name !== undefined && isFilled(`${root}/${name}/net`)) return ofProcess(root, name);
  }
  if (isRealDirectory(`${root}/self`) && isFilled(`${root}/self/net`)) return ofProcess(root, "self");
  const [only, ...others] = withNet(root);
  return only !== undefined && others.length === 0 ? ofProcess(root, only) : undefined;
}

function ofProcess(root: string, name: string): Files {
  return { directory: `${root}/${name}/net`, processDirectory: `${root}/${name}` };
}

/** One process of each network namespace that has files here. */
function withNet(root: string): string[] {
  const found = new Map<string, string>();
  for (const name of entriesOf(root)) {
    const directory = `${root}/${name}`;
    if (!PID.test(name) || !isFilled(`${directory}/net`)) continue;
    const namespace = namespaceOf(directory);
    if (!found.has(namespace)) found.set(namespace, name);
  }
  return [...found.values()].sort((a, b) => Number(a) - Number(b));
}

/** Its number, or what tells its directory from others. */
function namespaceOf(directory: string): string {
  try {
    return readLink(`${directory}/ns/net`);
  } catch {
    const { dev, ino } = statSync(fsPath(`${directory}/net`));
    return `${dev}:${ino}`;
  }
}

/** The process that a link in a tree leads to. One that leads elsewhere, as into the procfs of this machine, is none. */
function linked(path: string, form: RegExp): string | undefined {
  try {
    const [, name = ""] = form.exec(readLink(path)) ?? [];
    return PID.test(name) ? name : undefined;
  } catch {
    return undefined; // not there, or no link
  }
}

function isRealDirectory(path: string): boolean {
  try {
    return lstatSync(fsPath(path)).isDirectory();
  } catch {
    return false;
  }
}

/** Whether it is a directory with something in it. */
function isFilled(path: string): boolean {
  return entriesOf(path).length > 0;
}

function entriesOf(path: string): string[] {
  try {
    return readdirSync(fsPath(path));
  } catch {
    return [];
  }
}

function nothing(root: string): ProcfsError {
  const shown = escapeHidden(root);
  return new ProcfsError({
    code: "ERR_NO_NET",
    message: `cannot read network files of ${shown}: ${whatIsThere(root, shown)} (ERR_NO_NET)`,
    path: root,
  });
}

function whatIsThere(root: string, shown: string): string {
  let isDirectory: boolean;
  try {
    isDirectory = statSync(fsPath(root)).isDirectory();
  } catch (error) {
    const { code } = error as { readonly code?: unknown };
    return code === "ENOENT" || code === "ENOTDIR"
      ? `there is no directory ${shown}`
      : `it cannot be looked at: ${code}`;
  }
  if (!isDirectory) return "it is no directory";
  const several = withNet(root);
  if (several.length > 1) {
    const named = several.slice(0, NAMED).join(", ") + (several.length > NAMED ? ", ..." : "");
    return `the processes ${named} have some of different namespaces, and neither process 1 nor self says which are meant: name a process`;
  }
  return "it is no procfs of a running kernel, and as a captured tree it has neither 1/net, nor a directory net, nor a process with a directory net that self leads to or that is the only one";
}
