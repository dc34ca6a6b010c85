import type { Column } from "../output/table.ts";

/** Which columns of a table are wanted. */
interface Chosen {
  readonly columns?: readonly string[];
  readonly sort?: string;
}

/** Columns of a table that procfs has nothing for, by their keys. */
export type KernelColumns = ReadonlySet<string>;

/** Those of them that are asked for by their names. */
export function namedColumns(kernel: KernelColumns, { columns = [], sort }: Chosen): string[] {
  const named = sort === undefined ? columns : [...columns, sort.replace(/^-/, "")];
  return [...new Set(named)].filter((key) => kernel.has(key));
}

/** Those that the kernel alone fills are there where it is asked, or where columns are chosen: what procfs tells looks as ever. */
export function columnsBySource<Row>(
  all: readonly Column<Row>[],
  kernel: KernelColumns,
  isAsked: boolean,
  chosen: Chosen,
): readonly Column<Row>[] {
  if (isAsked || chosen.columns !== undefined || namedColumns(kernel, chosen).length > 0) return all;
  return all.filter(({ key }) => !kernel.has(key));
}
