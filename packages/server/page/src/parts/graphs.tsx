import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { History } from "procnet/live";
import { bytesText, countText, INTERFACE_COLUMNS, type InterfaceRow, interfaceRows, perSecondText } from "procnet/view";
import { past, rates } from "../state/data.ts";
import { useSignal } from "../state/signal.ts";
import { busiest } from "./busiest.ts";
import { stateClass } from "./cell.tsx";
import { Chart } from "./chart.tsx";
import { type Line, pointsOf } from "./lines.ts";
import { SmallTable } from "./small-table.tsx";

/** Interfaces of which there is a graph. */
const GRAPHS = 2;

/** Interfaces in the table before all are asked for: hosts of containers have thousands. */
const MOST = 30;

const NO_TCP = "There was no socket of TCP.";

const DASHES: readonly (readonly number[])[] = [[], [8, 4], [2, 3], [8, 3, 2, 3]];

/** States of TCP, in the order in which a connection has them. */
const STATES = [
  ...["LISTEN", "SYN_SENT", "SYN_RECV", "NEW_SYN_RECV", "ESTABLISHED", "CLOSE_WAIT", "LAST_ACK"],
  ...["FIN_WAIT1", "FIN_WAIT2", "CLOSING", "TIME_WAIT", "CLOSE", "BOUND_INACTIVE"],
];

interface Asked {
  readonly series: string;
  readonly name: string;
  readonly look: string;
}

/** What happens a second. */
const DEEDS: readonly Asked[] = [
  { series: "accepted", name: "connections accepted", look: "is-established" },
  { series: "opened here", name: "connections opened here", look: "is-listen" },
  { series: "retransmitted", name: "segments sent again", look: "is-close-wait" },
];

/** The last minutes. */
export function Graphs(): JSX.Element {
  const { history, version } = useSignal(past.state);
  const { rows } = useSignal(rates.state);
  const states = useMemo(() => drawn(history, stateSeries(history)), [version]);
  const deeds = useMemo(() => drawn(history, DEEDS), [version]);
  return (
    <>
      <Chart title="TCP sockets by state" {...states} text={countText} {...(version > 0 && { empty: NO_TCP })} />
      <Chart title="TCP events a second" {...deeds} text={perSecondText} />
      <Interfaces rows={interfaceRows(rows)} history={history} version={version} />
    </>
  );
}

interface InterfacesProps {
  readonly rows: readonly InterfaceRow[];
  readonly history: History;
  readonly version: number;
}

/** The busiest ones as graphs, and as a table. */
function Interfaces({ rows, history, version }: InterfacesProps): JSX.Element {
  const [isAll, setAll] = useState(false);
  const shown = isAll || rows.length <= MOST ? rows : [...rows].sort((a, b) => carries(b) - carries(a)).slice(0, MOST);
  const names = busiest(rows, history).slice(0, GRAPHS);
  return (
    <>
      {names.map((name) => (
        <InterfaceChart key={name} name={name} history={history} version={version} />
      ))}
      <section class="wide" aria-labelledby="interfaces">
        <h2 id="interfaces">Interfaces</h2>
        {rows.length === 0 ? (
          <p class="dim">Not known yet: counters are on their way.</p>
        ) : (
          <SmallTable
            name="Interfaces"
            rows={shown}
            columns={INTERFACE_COLUMNS}
            keyOf={({ interface: name, index }) => `${index} ${name}`}
          />
        )}
        {rows.length > MOST && (
          <p>
            {isAll ? "" : `The ${MOST} that carry the most of ${countText(rows.length)}. `}
            <button type="button" onClick={() => setAll(!isAll)}>
              {isAll ? "Fewer" : "All of them"}
            </button>
          </p>
        )}
      </section>
    </>
  );
}

interface InterfaceChartProps extends Omit<InterfacesProps, "rows"> {
  readonly name: string;
}

function InterfaceChart({ name, history, version }: InterfaceChartProps): JSX.Element {
  const lines = useMemo(() => {
    return drawn(history, [
      { series: `in ${name}`, name: "in", look: "is-established" },
      { series: `out ${name}`, name: "out", look: "is-closing" },
    ]);
  }, [name, version]);
  return <Chart title={`Interface ${name}`} {...lines} text={bytesPerSecond} isBytes />;
}

/** Bytes a second, in and out. */
function carries({ recvBytesPerSecond = 0, sentBytesPerSecond = 0 }: InterfaceRow): number {
  return recvBytesPerSecond + sentBytesPerSecond;
}

/** States that there were. */
function stateSeries(history: History): readonly Asked[] {
  const known = new Set(history.names());
  return STATES.filter((state) => known.has(`tcp ${state}`)).map((state) => ({
    series: `tcp ${state}`,
    name: state,
    look: stateClass(state),
  }));
}

/** Lines of series; those that share a colour have other strokes. */
function drawn(
  history: History,
  series: readonly Asked[],
): { readonly times: readonly number[]; readonly lines: readonly Line[] } {
  const found = series.map(({ series }) => history.points(series));
  const { times, values } = pointsOf(
    found[0]?.times ?? [],
    found.map(({ values }) => values),
  );
  const strokes = new Map<string, number>();
  const lines = series.map(({ name, look }, at): Line => {
    const before = strokes.get(look) ?? 0;
    strokes.set(look, before + 1);
    return { name, look, dash: DASHES[(before + at) % DASHES.length]!, values: values[at]! };
  });
  return { times, lines };
}

function bytesPerSecond(value: number): string {
  return `${bytesText(value)}/s`;
}
