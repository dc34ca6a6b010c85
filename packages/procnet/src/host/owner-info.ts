import { utf8 } from "../bytes/strings.ts";
import { isProcfsError } from "../errors.ts";
import { parseCgroup } from "../process/cgroup.ts";
import { type ContainerRef, type Placement, placementOf } from "../process/container.ts";
import { programOf } from "../process/program.ts";
import { readAll, readLinkBytes, withFile } from "../read/file.ts";
import { argumentsIn, type BaseProcess } from "./process.ts";

/** What is told about a process that holds a socket. */
export interface OwnerInfo {
  readonly pid: number;
  readonly startTime: number;
  readonly program: string;
  readonly comm: string;
  readonly cmdline: readonly string[];
  readonly exe: string | undefined;
  readonly uid: number;
  readonly cgroup: string | undefined;
  readonly container: ContainerRef | undefined;
  readonly unit: string | undefined;
}

/** Arguments can be megabytes: this much of them is kept. */
const CMDLINE_BYTES = 4096;

/**
 * Reads all of it; what the reader may not see is absent. Throws `ESRCH` when the process has ended. `directory` is that of
 * the process, or of another thread when its main one has ended.
 */
export function readOwnerInfo(process: BaseProcess, directory: string): OwnerInfo {
  const { starttime: startTime, comm } = process.briefStat();
  const { cgroup, container, unit } = unlessRefused(() => placementIn(directory)) ?? placementOf([]);
  const cmdline = unlessRefused(() => boundedCmdline(directory)) ?? [];
  const exe = unlessRefused(() => exeOf(directory));
  return {
    pid: process.pid,
    startTime,
    program: programOf({ comm, cmdline, exe }),
    comm,
    cmdline,
    exe,
    uid: process.uid,
    cgroup,
    container,
    unit,
  };
}

let last: { readonly text: Uint8Array; readonly placement: Placement } | undefined;

/** Neighbours mostly are in the same groups: the same text as before is not read by its parts again. */
function placementIn(directory: string): Placement {
  const path = `${directory}/cgroup`;
  const text = readAll(path, { processDirectory: directory });
  if (last === undefined || !isSame(last.text, text))
    last = { text, placement: placementOf(parseCgroup(text, { path })) };
  return last.placement;
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}

function exeOf(directory: string): string {
  const bytes = readLinkBytes(`${directory}/exe`, { processDirectory: directory });
  return utf8(bytes, 0, bytes.length);
}

function boundedCmdline(directory: string): string[] {
  return withFile(`${directory}/cmdline`, { processDirectory: directory }, (source, buffer) => {
    const length = Math.min(source(buffer, 0), CMDLINE_BYTES);
    return argumentsIn(buffer, length);
  });
}

function unlessRefused<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    // Whatever else a runtime throws costs this detail only.
    if (isProcfsError(error) && error.code === "ESRCH") throw error;
    return undefined;
  }
}
