import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { countText, PROCESS_COLUMNS, type ProcessRow } from "procnet/view";
import { inOrder } from "../parts/sort.tsx";
import { Table } from "../parts/table.tsx";
import { feed } from "../state/data.ts";
import { go, place } from "../state/location.ts";
import { useSignal } from "../state/signal.ts";

interface ProcessesDocument {
  readonly total: number;
  readonly processes: readonly ProcessRow[];
}

const USUAL = PROCESS_COLUMNS.filter(({ extra }) => !extra);

/** Processes by their sockets. */
export function ProcessesView(): JSX.Element {
  const { sort } = useSignal(place);
  const told = useSignal(feed.document("processes")) as ProcessesDocument | undefined;
  const rows = useMemo(() => {
    const processes = told?.processes ?? [];
    const whole = processes.map((row) => ({ ...row, listens: row.listens ?? [], findings: row.findings ?? [] }));
    return inOrder(whole, PROCESS_COLUMNS, sort);
  }, [told, sort]);
  return (
    <>
      <div class="bar">
        <h1>Processes</h1>
        <span>{told === undefined ? "" : countText(told.total)}</span>
      </div>
      <Table
        name="Processes"
        rows={rows}
        columns={USUAL}
        keyOf={({ program, pid, startTime }) => `${program} ${pid} ${startTime}`}
        sort={sort}
        onSort={(sort) => go({ sort })}
        empty="No process holds a socket that can be seen."
      />
    </>
  );
}
