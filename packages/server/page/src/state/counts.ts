import { useMemo } from "preact/hooks";
import type { Column } from "procnet/view";
import { feed } from "./data.ts";
import { useSignal } from "./signal.ts";
import type { Expose } from "./socket-store.ts";

/** What a look came to, as event `counts` says it. */
export interface Counts {
  readonly takenAt: string;
  /** Name of the machine; absent where it does not say. */
  readonly host?: string;
  readonly took: number;
  readonly interval: number;
  readonly expose: Expose;
  /** Whether traffic may be asked for, and why not. */
  readonly traffic: { readonly told: boolean; readonly why?: string };
  readonly sockets: number;
  readonly counts: readonly { readonly protocol: string; readonly state: string; readonly sockets: number }[];
  readonly hiddenOwners: number;
  /** Connections that no look saw; absent with the first look. */
  readonly missed?: { readonly connections?: number; readonly unknownNamespaces: number };
  /** `uid` is absent where little is told. */
  readonly rights: { readonly uid?: number; readonly allProcesses: boolean };
  readonly namespaces: number;
  readonly skipped: readonly { readonly message: string }[];
  readonly skippedInAll?: number;
}

/** The last counts; `undefined` before the first. Every view asks for them. */
export function useCounts(): Counts | undefined {
  return useSignal(feed.document("counts")) as Counts | undefined;
}

/** Columns without the number of the network namespace unless it is chosen, where all rows are of one. */
export function useColumnsHere<Row>(columns: readonly Column<Row>[]): readonly Column<Row>[] {
  const isOne = (useCounts()?.namespaces ?? 1) < 2;
  return useMemo(
    () => columns.map((column) => (isOne && column.key === "netns" ? { ...column, extra: true } : column)),
    [columns, isOne],
  );
}
