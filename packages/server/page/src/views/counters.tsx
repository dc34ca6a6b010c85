import type { JSX } from "preact";
import { useMemo, useRef } from "preact/hooks";
import { type Rate, seriesKey } from "procnet/live";
import { COUNTER_COLUMNS, countText, escapeText, ofText, onScreen, perSecondText } from "procnet/view";
import { CounterExplained } from "../parts/explained.tsx";
import { Facts } from "../parts/facts.tsx";
import { GroupView } from "../parts/group-view.tsx";
import { rates } from "../state/data.ts";
import { go, place } from "../state/location.ts";
import { Moved } from "../state/moved.ts";
import { useSignal } from "../state/signal.ts";

const COLUMNS = onScreen(COUNTER_COLUMNS);

/** Counters of the kernel: those that moved while somebody looked, or all. */
export function CountersView(): JSX.Element {
  const { all } = useSignal(place);
  const { rows, takenAt } = useSignal(rates.state);
  const moved = useRef(new Moved());
  const grown = useMemo(() => moved.current.take(rows), [rows]);
  const shown = all ? rows : grown;
  return (
    <GroupView
      title="Counters"
      rows={rows.length === 0 ? undefined : shown}
      total={shown.length}
      columns={COLUMNS}
      keyOf={seriesKey}
      nameOf={counterName}
      empty="No counter has moved since this view was opened."
      tools={
        <label class="switch">
          <input type="checkbox" checked={all} onChange={() => go({ all: !all })} /> also those that have not moved
        </label>
      }
      details={(rate) => <CounterDetails rate={rate} takenAt={takenAt} />}
    />
  );
}

function counterName({ name, of }: Rate): string {
  const whose = ofText(of);
  return escapeText(whose === undefined ? name : `${name} of ${whose}`);
}

function CounterDetails({ rate, takenAt }: { readonly rate: Rate; readonly takenAt: number }): JSX.Element {
  const { name, file, value, delta, perSecond } = rate;
  return (
    <>
      <Facts
        of={[
          ["Value", countText(value)],
          ["Grew by, since the look before", delta === undefined ? "?" : countText(delta)],
          ["A second", perSecond === undefined ? "?" : perSecondText(perSecond)],
          ["File", `/proc/${file}`],
          ["Read at", Number.isNaN(takenAt) ? undefined : new Date(takenAt).toLocaleTimeString("en-GB")],
        ]}
      />
      <h3>What it means</h3>
      <CounterExplained name={name} />
    </>
  );
}
