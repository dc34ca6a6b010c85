import { type BaseProcFs, type DescribedNamespace, describeNamespace, networkNamespaces } from "procnet";
import { containerText } from "procnet/view";
import { flowOf } from "../output/flow.ts";
import type { Answer } from "../output/repeat.ts";
import { columnsOf, orderBy } from "../output/report.ts";
import type { Column } from "../output/table.ts";
import type { CommandIo } from "../terminal.ts";
import { output, type TableOptions } from "./context.ts";
import { procfsOf, type RootOptions } from "./where.ts";

export const NAMESPACE_COLUMNS: readonly Column<DescribedNamespace>[] = [
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
  return flowOf<DescribedNamespace>({
    head: { kind: "namespaces", takenAt: new Date() },
    field: "namespaces",
    rows: namespacesOf(procfs),
    columns: columnsOf(NAMESPACE_COLUMNS, columns),
    ...(sort !== undefined && { order: orderBy(NAMESPACE_COLUMNS, sort) }),
    end: () => ({ document: {} }),
  });
}

function* namespacesOf(procfs: BaseProcFs): Generator<DescribedNamespace> {
  for (const one of networkNamespaces(procfs)) yield describeNamespace(procfs, one);
}
