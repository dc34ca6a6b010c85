import { closeSync, constants, fstatSync, openSync, type Stats, statSync } from "node:fs";
import { escapeHidden } from "../bytes/escape-hidden.ts";
import { ProcfsError } from "../errors.ts";
import { MACHINE_ROOT } from "./context.ts";
import { type FailureContext, refusal } from "./failure.ts";
import { fsPath } from "./fs-path.ts";

/** Windows has neither. A pipe opened so does not wait for a writer, and a terminal does not become this process's own. */
const WITHOUT_WAITING: number = /* @__PURE__ */ openFlags();

function openFlags(): number {
  return constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);
}

const OWN = `${MACHINE_ROOT}/`;
/** Links of procfs that lead out of it, to what others have put there. */
const WAY_OUT = /\/(?:root|cwd|fd|map_files)(?:\/|$)/;

/**
 * Opens a file to be read. In the procfs of a running kernel nothing blocks, and one call opens it. Anywhere else somebody
 * may have put a pipe, a socket or a device in place of the file: opening one can wait for ever or change something, so what
 * is there is looked at first, and again once it is open.
 *
 * @throws `ProcfsError` with code `ERR_FILE_TYPE` for what is neither a regular file nor a directory
 */
export function openFile(path: string, context: FailureContext): number {
  try {
    if (isOwn(path)) return openSync(fsPath(path), "r");
    if (context.live === true) return openSync(fsPath(path), WITHOUT_WAITING);
    return openForeign(path);
  } catch (error) {
    throw refusal(error, path, context);
  }
}

function isOwn(path: string): boolean {
  return path.startsWith(OWN) && !WAY_OUT.test(path);
}

function openForeign(path: string): number {
  check(path, statSync(fsPath(path)));
  const fd = openSync(fsPath(path), WITHOUT_WAITING);
  try {
    check(path, fstatSync(fd));
    return fd;
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** A directory is refused by the system, when it is read. */
function check(path: string, stat: Stats): void {
  if (stat.isFile() || stat.isDirectory()) return;
  const kind = stat.isFIFO() ? "a pipe (FIFO)" : stat.isSocket() ? "a socket" : "a device";
  const message = `cannot read ${escapeHidden(path)}: it is ${kind} and no regular file (ERR_FILE_TYPE); no procfs or captured tree has one there`;
  throw new ProcfsError({ code: "ERR_FILE_TYPE", message, path });
}
