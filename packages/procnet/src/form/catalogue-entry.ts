import type { ParseOptions } from "./options.ts";
import type { RowTable, TextTable } from "./table.ts";

/** What is known about a file under `/proc/net` before it is opened. */
export interface FileFacts {
  /** The Linux release that brought the file; `2.6` stands for 2.6.18 and older. */
  readonly since: string;
  /** The first release without it; absent while it lives. */
  readonly until?: string;
  /** Option of the kernel's configuration, or module, that brings it. */
  readonly needs: string;
  /** Who may open it: everybody, or only root of the user namespace that owns the network namespace. */
  readonly readers: "everyone" | "root";
  /** Whose data it shows: its namespace's, the whole machine's, or it exists in the initial namespace only. */
  readonly scope: "namespace" | "machine" | "initial";
  /** What reading it changes. Such a file is opened only when the caller names it. */
  readonly sideEffect?: string;
}

/** A file's facts, and how it is read. */
export interface CatalogueEntry<Result> extends FileFacts {
  /**
   * Rows, a whole, or raw text for what has no form. A table of rows has the type of its rows erased here: `Result` is
   * what callers see.
   */
  readonly table: RowTable<RowOf<Result>, never> | TextTable<Result, never>;
}

/** The row of a table given as an array; `never` for the others. */
export type RowOf<Result> = Result extends readonly (infer Row)[] ? Row : never;

/** A catalogue entry with the usual facts; `facts` says what differs. */
export function entry<Result, Options extends ParseOptions>(
  table: RowTable<RowOf<Result>, Options> | TextTable<Result, Options>,
  facts: Partial<FileFacts> & Pick<FileFacts, "needs">,
): CatalogueEntry<Result> {
  return { table, since: "2.6", readers: "everyone", scope: "namespace", ...facts };
}
