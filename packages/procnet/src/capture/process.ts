import { readdirSync, statSync } from "node:fs";
import { basename } from "node:path";
import { isProcfsError } from "../errors.ts";
import type { SkippedFile } from "../net.ts";
import { refusal } from "../read/failure.ts";
import { readAll, readLink } from "../read/file.ts";
import { fsPath } from "../read/fs-path.ts";
import type { Filter } from "./anonymise/anonymise.ts";
import type { CaptureTree } from "./tree.ts";

/** The files that a socket's owner is made of; `task/<pid>/status` tells whether it has run. */
const FILES = ["stat", "comm", "cmdline", "cgroup", "status"] as const;
const LINKS = ["exe", "cwd"] as const;

/** A process as it is written. */
export interface CapturedProcess {
  readonly pid: number;
  readonly uid: number;
  readonly gid: number;
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Links, one character for each byte. */
  readonly links: ReadonlyMap<string, string>;
  /** Whether its descriptors could be read. */
  readonly hasFds: boolean;
}

/** Reads a process whole before anything of it is written, as it may end at any time: then it is `undefined`. */
export function readProcess(root: string, pid: number, skipped: SkippedFile[]): CapturedProcess | undefined {
  const directory = `${root}/${pid}`;
  const context = { processDirectory: directory };
  const files = new Map<string, Uint8Array>();
  const links = new Map<string, string>();
  const refused: SkippedFile[] = [];
  const attempt = (name: string, read: (path: string) => void): boolean => {
    try {
      read(`${directory}/${name}`);
      return true;
    } catch (error) {
      if (!isProcfsError(error) || error.code === "ESRCH") throw error;
      refused.push({ name: `${pid}/${name}`, code: error.code, reason: error.message });
      return false;
    }
  };
  try {
    const { uid, gid } = ownerOf(directory);
    for (const name of FILES) attempt(name, (path) => files.set(name, readAll(path, context)));
    for (const name of LINKS) attempt(name, (path) => links.set(name, readLink(path, context)));
    // Process 1 of a capture stands in the captured namespace, wherever the real one lives.
    if (pid !== 1) attempt("ns/net", (path) => links.set("ns/net", readLink(path, context)));
    const hasFds = attempt("fd", (path) => {
      for (const [fd, link] of fdLinks(path, directory, refused)) links.set(`fd/${fd}`, link);
    });
    for (const one of refused) skipped.push(one);
    return { pid, uid, gid, files, links, hasFds };
  } catch (error) {
    if (isProcfsError(error) && error.code === "ESRCH") return undefined;
    throw error;
  }
}

/** Writes it, without its directory `net`. */
export function writeProcess(tree: CaptureTree, process: CapturedProcess, filter: Filter): void {
  const { pid, uid, gid } = process;
  tree.directory(`${pid}`);
  for (const [name, bytes] of process.files) {
    const written = filter.process(name, bytes);
    tree.write(`${pid}/${name}`, written);
    if (name === "status") tree.write(`${pid}/task/${pid}/status`, written);
  }
  if (process.hasFds) tree.directory(`${pid}/fd`);
  for (const [name, target] of process.links) tree.link(`${pid}/${name}`, filter.link(target));
  tree.own(`${pid}`, uid, gid);
}

function ownerOf(directory: string): { uid: number; gid: number } {
  try {
    return statSync(fsPath(directory));
  } catch (error) {
    throw refusal(error, directory, { processDirectory: directory });
  }
}

/** Descriptors closed since they were listed are left out, and so is what cannot be read: it must not hide the others. */
function fdLinks(path: string, directory: string, refused: SkippedFile[]): [fd: string, link: string][] {
  const found: [string, string][] = [];
  for (const fd of listFds(path, directory)) {
    try {
      found.push([fd, readLink(`${path}/${fd}`)]);
    } catch (error) {
      if (!isProcfsError(error) || error.code === "EACCES") throw error;
      if (error.code === "ENOENT" || error.code === "ESRCH") continue;
      refused.push({ name: `${basename(directory)}/fd/${fd}`, code: error.code, reason: error.message });
    }
  }
  return found;
}

function listFds(path: string, directory: string): string[] {
  try {
    return readdirSync(fsPath(path));
  } catch (error) {
    throw refusal(error, path, { action: "list", processDirectory: directory });
  }
}
