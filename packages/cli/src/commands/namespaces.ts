import {
  type BaseProcess,
  type BaseProcFs,
  isProcfsError,
  networkNamespaces,
  placementOf,
  programOf,
  read,
} from "procnet";
import { dev } from "procnet/tables";
import { containerText } from "procnet/view";
import { flowOf } from "../output/flow.ts";
import type { Answer } from "../output/repeat.ts";
import { columnsOf, orderBy } from "../output/report.ts";
import type { Column } from "../output/table.ts";
import type { CommandIo } from "../terminal.ts";
import { output, type TableOptions } from "./context.ts";
import { procfsOf, type RootOptions } from "./where.ts";

/** A namespace with what is known of its first process. */
export interface Namespace {
  readonly inode: number | undefined;
  readonly current: boolean | undefined;
  readonly processes: number;
  readonly pid: number;
  /** The name a person knows, as in the other commands. */
  readonly program: string | undefined;
  readonly comm: string | undefined;
  readonly container: ReturnType<typeof placementOf>["container"];
  readonly unit: string | undefined;
  readonly interfaces: readonly string[] | undefined;
}

export const NAMESPACE_COLUMNS: readonly Column<Namespace>[] = [
  { key: "netns", title: "NETNS", align: "right", value: ({ inode }) => inode ?? "?", raw: ({ inode }) => inode },
  {
    key: "current",
    title: "CURRENT",
    value: ({ current }) => (current ? "yes" : ""),
    style: () => "green",
    ifAny: true,
    drop: 2,
  },
  { key: "processes", title: "PROCESSES", align: "right", value: ({ processes }) => processes, drop: 3 },
  { key: "first", title: "FIRST", value: ({ program, pid }) => `${program ?? "?"}[${pid}]`, keep: /\[\d+\]$/ },
  { key: "container", title: "CONTAINER", value: ({ container }) => containerText(container), ifAny: true, drop: 5 },
  { key: "unit", title: "UNIT", value: ({ unit }) => unit, ifAny: true, drop: 1, enough: 24 },
  { key: "interfaces", title: "INTERFACES", value: ({ interfaces }) => interfaces?.join(","), drop: 4, enough: 20 },
];

/** `procnet namespaces` */
export function namespacesCommand(options: TableOptions & RootOptions, io: CommandIo): Promise<number> {
  const procfs = procfsOf(options, io);
  return output(() => report(procfs, options), options, io, "namespaces");
}

function report(procfs: BaseProcFs, { columns, sort }: TableOptions): Answer {
  return flowOf<Namespace>({
    head: { kind: "namespaces", takenAt: new Date() },
    field: "namespaces",
    rows: namespacesOf(procfs),
    columns: columnsOf(NAMESPACE_COLUMNS, columns),
    ...(sort !== undefined && { order: orderBy(NAMESPACE_COLUMNS, sort) }),
    end: () => ({ document: {} }),
  });
}

function* namespacesOf(procfs: BaseProcFs): Generator<Namespace> {
  for (const { inode, current, pids } of networkNamespaces(procfs)) {
    const process = procfs.process(pids[0]!);
    const { container, unit } = placementOf(unlessRefused(() => process.cgroup()) ?? []);
    const interfaces = unlessRefused(() => read(dev, { of: process }).map(({ name }) => name));
    const comm = unlessRefused(() => process.comm());
    const program = comm === undefined ? undefined : programName(process, comm);
    yield { inode, current, processes: pids.length, pid: process.pid, program, comm, container, unit, interfaces };
  }
}

function programName(process: BaseProcess, comm: string): string {
  const cmdline = unlessRefused(() => process.cmdline()) ?? [];
  return programOf({ comm, cmdline, exe: unlessRefused(() => process.exe()) });
}

/** The process may end at any time, and not everything is for everybody. */
function unlessRefused<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (isProcfsError(error)) return undefined;
    throw error;
  }
}
