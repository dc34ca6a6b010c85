import type { JSX } from "preact";
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { socketKey, type WatchedSocket } from "procnet/live";
import { ageText, countText } from "procnet/view";
import { ColumnChoice } from "../parts/column-choice.tsx";
import { Downloads } from "../parts/downloads.tsx";
import { FilterBox } from "../parts/filter-box.tsx";
import { useNow } from "../parts/link.tsx";
import { SocketDrawer } from "../parts/socket-drawer.tsx";
import { StateCounts } from "../parts/state-counts.tsx";
import { Table } from "../parts/table.tsx";
import { showsTraffic } from "../parts/traffic-columns.ts";
import { announce } from "../state/announce.ts";
import { useCounts } from "../state/counts.ts";
import { feed, store } from "../state/data.ts";
import { asksForOwner, readFilter } from "../state/filter-text.ts";
import { go, place } from "../state/location.ts";
import { hasTraffic, PROTOCOLS } from "../state/protocols.ts";
import { useSignal } from "../state/signal.ts";
import { looksItself, MOST_ROWS } from "../state/socket-question.ts";
import { type Frozen, useSocketRows } from "../state/socket-rows.ts";
import { markOf, socketColumnsOf } from "../state/socket-shown.ts";
import type { Sockets } from "../state/socket-store.ts";
import type { RatesTold } from "../state/use-socket-rates.ts";

/** How long nobody writes before the address of the page and the server hear of a filter, milliseconds. */
const SETTLED = 250;

/** All sockets, or those that pass a filter. */
export function SocketsView(): JSX.Element {
  const here = useSignal(place);
  const sockets = useSignal(store.state);
  const link = useSignal(feed.link);
  const { head, changes, version } = sockets;
  const counts = useCounts();
  const [opened, setOpened] = useState<WatchedSocket>();
  const [draft, setDraft] = useDraft(here.filter);
  const expose = head?.expose ?? counts?.expose ?? "owners";
  const isItself = looksItself(sockets, here);
  const { tree, problem } = useMemo(
    () => readFilter(draft, here.protocol, head?.expose),
    [draft, here.protocol, head?.expose],
  );
  const filter = useLast(problem === undefined && isItself ? tree : undefined, problem !== undefined);
  const hasRates = counts?.traffic.told === true && hasTraffic(here.protocol);
  const columns = useMemo(
    () => socketColumnsOf(expose, counts?.namespaces ?? 1, hasRates),
    [expose, (counts?.namespaces ?? 1) > 1, hasRates],
  );
  const { sort } = here;
  const showsRates = hasRates && head?.aggregated !== true && showsTraffic(here.columns, sort);
  const { rows, closed, rates, frozen, freeze } = useSocketRows({ columns, sort, filter, hasRates: showsRates });
  const shown = useMemo(
    () => columns.filter(({ key, extra }) => (here.columns === undefined ? !extra : here.columns.includes(key))),
    [columns, here.columns],
  );
  const refusal = link.state === "refused" ? { message: link.why, column: link.column } : undefined;
  const isCounted = head?.aggregated === true && frozen === undefined;
  useSaid(problem === undefined ? `${countText(rows.length)} sockets` : "", draft);
  const sum = useMemo(
    () => (head === undefined ? "" : sumText(rows.length, closed, sockets, isCounted) + busiestText(rates)),
    [rows, closed, sockets, isCounted, rates],
  );
  // Those of the question before stay until there is an answer.
  const asking = head === undefined || sockets.asked === feed.asked ? "" : ", as they were; asking …";
  const hidden = tree !== undefined && asksForOwner(tree) ? (counts?.hiddenOwners ?? 0) : 0;
  const empty = emptyText(head !== undefined, draft, hidden);
  // Numbers of the machine come with each look, too, and are no reason to draw the rows again.
  const table = useMemo(
    () => (
      <Table
        name="Sockets"
        rows={rows}
        columns={shown}
        isChosen={here.columns !== undefined}
        keyOf={socketKey}
        sort={sort}
        onSort={(wished) => go({ sort: wished })}
        onOpen={setOpened}
        onKey={(key) => {
          if (key === " ") freeze(frozen === undefined);
          return key === " ";
        }}
        rowClass={(row) => markOf(row) ?? ""}
        empty={empty}
      />
    ),
    [rows, version, rates, shown, here.columns, sort, frozen, empty],
  );
  const close = useCallback(() => setOpened(undefined), []);
  return (
    <>
      <div class="bar">
        <h1>Sockets</h1>
        <FilterBox text={draft} onText={setDraft} problem={problem ?? refusal} />
        <label>
          <span class="unseen">Protocols</span>
          <select value={here.protocol} onChange={(event) => go({ protocol: event.currentTarget.value, all: false })}>
            {[...PROTOCOLS].map(([name, { title }]) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
          </select>
        </label>
        <ColumnChoice
          columns={columns}
          shown={shown.map(({ key }) => key)}
          onChoice={(keys) => go({ columns: keys })}
        />
        <Freeze frozen={frozen} changes={changes} onFreeze={freeze} />
        <Downloads name="sockets" rows={rows} columns={shown} />
      </div>
      <p class="sum">
        {sum}
        {asking}
      </p>
      <div class="beside">
        {isCounted ? (
          <StateCounts
            matched={sockets.matched}
            counts={head.counts ?? []}
            onAll={sockets.matched <= MOST_ROWS && !here.all ? () => go({ all: true }) : undefined}
          />
        ) : (
          table
        )}
        {opened !== undefined && <SocketDrawer socket={opened} expose={expose} onClose={close} />}
      </div>
    </>
  );
}

function emptyText(isHeard: boolean, filter: string, hidden: number): string {
  if (!isHeard) return "Nothing was heard yet.";
  if (filter === "") return "No socket is there.";
  const unseen = hidden === 0 ? "" : ` Of ${countText(hidden)} sockets it cannot be seen who holds them.`;
  return `No socket passes the filter.${unseen}`;
}

/** How many rows there are, of how many sockets; those that closed are still shown for a while. */
function sumText(rows: number, closed: number, { matched, isWhole }: Sockets, isCounted: boolean): string {
  if (isCounted) return `${countText(matched)} sockets`;
  const shown = rows - closed;
  const open = shown === matched ? countText(shown) : `${countText(shown)} of ${countText(matched)}`;
  return `${open} sockets${closed === 0 ? "" : `, ${countText(closed)} closed`}${isWhole ? "" : ", more come …"}`;
}

/** Not of all that send or receive it is told how much, where these are very many. */
function busiestText(rates: RatesTold | undefined): string {
  if (rates === undefined || rates.total <= rates.sockets.length) return "";
  return `, traffic of the busiest ${countText(rates.sockets.length)} of ${countText(rates.total)}`;
}

interface FreezeProps {
  readonly frozen: Frozen | undefined;
  readonly changes: number;
  readonly onFreeze: (isFrozen: boolean) => void;
}

/** Holds everything as it is, and says for how long, and what came meanwhile. */
function Freeze({ frozen, changes, onFreeze }: FreezeProps): JSX.Element {
  const now = useNow(frozen !== undefined);
  return (
    <span class="group">
      <button type="button" aria-pressed={frozen !== undefined} onClick={() => onFreeze(frozen === undefined)}>
        Freeze
      </button>
      {frozen !== undefined && (
        <span class="frozen">
          for {ageText(Math.max(1000, now - frozen.at))}, {countText(changes - frozen.changes)} changes wait
        </span>
      )}
    </span>
  );
}

/** What is written into the filter; where the address of the page says another one than was put there, that. */
function useDraft(filter: string): [string, (text: string) => void] {
  const [draft, setDraft] = useState(filter);
  // More may have been written by the time when the address has what was written before: that is no other filter.
  const put = useRef<string>();
  useEffect(() => {
    if (draft === filter) return;
    const timer = setTimeout(() => {
      put.current = draft;
      go({ filter: draft });
    }, SETTLED);
    return () => clearTimeout(timer);
  }, [draft]);
  useEffect(() => {
    if (filter !== put.current) setDraft(filter);
    put.current = undefined;
  }, [filter]);
  return [draft, setDraft];
}

/** The last value while this one is no good. */
function useLast<Value>(value: Value, isBad: boolean): Value {
  const [last, setLast] = useState(value);
  useEffect(() => {
    if (!isBad) setLast(() => value);
  }, [value, isBad]);
  return isBad ? last : value;
}

/** Says how many rows there are once nobody writes any more. */
function useSaid(text: string, draft: string): void {
  useEffect(() => {
    if (draft === "" || text === "") return;
    const timer = setTimeout(() => announce(text), 1000);
    return () => clearTimeout(timer);
  }, [draft]);
}
