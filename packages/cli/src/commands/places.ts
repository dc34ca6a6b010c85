import {
  type BaseProcFs,
  isProcfsError,
  type Located,
  networkNamespaces,
  placementOf,
  type SocketOwner,
} from "procnet";
import { containerText } from "procnet/view";
import { CommandFailure, UsageError } from "../errors.ts";
import { EXIT } from "../io.ts";
import type { Column } from "../output/table.ts";
import { visible } from "../text/safe.ts";
import { type AnywhereOptions, netOf } from "./where.ts";

/** One of several network namespaces: its number, and the container whose it is. */
export interface Place {
  readonly namespace?: number;
  readonly container?: NonNullable<SocketOwner["container"]>;
}

/** A namespace that is read through one of its processes. */
interface Namespace extends Place {
  /** Processes in it, one after the other for the case that some end; none for the usual namespace. */
  readonly pids: readonly number[];
}

/** What was found in all of them, and what is to be said of those that could not be read. */
export interface FoundIn<Row> {
  readonly rows: readonly (Row & Place)[];
  readonly notes: readonly string[];
}

/** Columns that tell the rows of several namespaces apart. */
export const PLACE_COLUMNS: readonly Column<Place>[] = [
  { key: "netns", title: "NETNS", align: "right", value: ({ namespace }) => namespace },
  { key: "container", title: "CONTAINER", value: ({ container }) => containerText(container), ifAny: true, drop: 3 },
];

/** The columns of a table, with those of namespaces where all of them are meant. */
export function columnsIn<Row>(columns: readonly Column<Row>[], options: AnywhereOptions): Column<Row & Place>[] {
  const own: Column<Row & Place>[] = [...columns];
  return options.allNamespaces
    ? [...own, ...PLACE_COLUMNS.filter(({ key }) => !own.some((one) => one.key === key))]
    : own;
}

/** Reads in the namespace that is meant, or in all. One of several that cannot be read costs a line. */
export function readEach<Row extends object>(
  options: AnywhereOptions,
  procfs: BaseProcFs,
  read: (of: Located) => readonly Row[],
): FoundIn<Row> {
  if (!options.allNamespaces) return { rows: read(netOf(options, procfs)), notes: [] };
  const notes: string[] = [];
  const rows: (Row & Place)[] = [];
  const all = allPlaces(options, procfs);
  for (const { pids, ...place } of all) {
    const found = readThrough(pids, (pid) => read(pid === undefined ? procfs : procfs.process(pid)));
    if (typeof found === "string") notes.push(unreadNote(place, found));
    else for (const row of found) rows.push({ ...row, ...place });
  }
  if (notes.length === all.length && all.length > 0) throw new CommandFailure(notes[0]!, EXIT.failure);
  return { rows, notes };
}

/** The same where more than procfs is asked. */
export async function readEachInTurn<Row extends object>(
  options: AnywhereOptions,
  procfs: BaseProcFs,
  read: (of: Located) => Promise<readonly Row[]>,
): Promise<FoundIn<Row>> {
  if (!options.allNamespaces) return { rows: await read(netOf(options, procfs)), notes: [] };
  const notes: string[] = [];
  const rows: (Row & Place)[] = [];
  const all = allPlaces(options, procfs);
  for (const { pids, ...place } of all) {
    const found = await readThroughInTurn(pids, (pid) => read(pid === undefined ? procfs : procfs.process(pid)));
    if (typeof found === "string") notes.push(unreadNote(place, found));
    else for (const row of found) rows.push({ ...row, ...place });
  }
  if (notes.length === all.length && all.length > 0) throw new CommandFailure(notes[0]!, EXIT.failure);
  return { rows, notes };
}

/** Every namespace with a process in it. */
export function allPlaces(options: AnywhereOptions, procfs: BaseProcFs): Namespace[] {
  for (const key of ["netns", "pid"] as const) {
    if (options[key] !== undefined) throw new UsageError(`--${key} cannot be used with --all-namespaces`);
  }
  return networkNamespaces(procfs).map(({ inode, pids, current }) => {
    const container = containerOf(procfs, pids[0]!);
    return {
      pids: current ? [] : pids,
      ...(inode !== undefined && { namespace: inode }),
      ...(container !== undefined && { container }),
    };
  });
}

/** The first answer that one of the processes gives; what is wrong where none does. */
export function readThrough<Value>(pids: readonly number[], read: (pid: number | undefined) => Value): Value | string {
  let problem = "";
  for (const pid of pids.length === 0 ? [undefined] : pids) {
    try {
      return read(pid);
    } catch (error) {
      if (!isProcfsError(error)) throw error;
      problem = error.message;
    }
  }
  return problem;
}

async function readThroughInTurn<Value>(
  pids: readonly number[],
  read: (pid: number | undefined) => Promise<Value>,
): Promise<Value | string> {
  let problem = "";
  for (const pid of pids.length === 0 ? [undefined] : pids) {
    try {
      return await read(pid);
    } catch (error) {
      if (!isProcfsError(error)) throw error;
      problem = error.message;
    }
  }
  return problem;
}

function unreadNote({ namespace }: Place, problem: string): string {
  return `network namespace ${namespace ?? "?"} is not read: ${visible(problem)}`;
}

function containerOf(procfs: BaseProcFs, pid: number): Place["container"] {
  try {
    return placementOf(procfs.process(pid).cgroup()).container;
  } catch (error) {
    if (isProcfsError(error)) return undefined;
    throw error;
  }
}
