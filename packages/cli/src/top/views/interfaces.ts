import { ratesBetween } from "procnet";
import { bytesText, type Column, INTERFACE_COLUMNS, type InterfaceRow, interfaceRows } from "procnet/view";
import { safe } from "../../text/safe.ts";
import { wrapped } from "../../text/wrap.ts";
import type { Asked, ViewSpec } from "../table/view.ts";
import { graphLines, mostOf } from "./graph.ts";

/** Characters of the graphs in the table. */
const SMALL = 12;

/** Where bytes of single connections are to be had: procfs does not have them. */
export const NO_BYTES =
  "Bytes of single connections are not in procfs: procnet top --source kernel shows them of sockets and processes, and procnet traffic sums them up.";

export const INTERFACES: ViewSpec<InterfaceRow> = {
  name: "interfaces",
  columns: columnsOf,
  rows: ({ picture }) => {
    const { rates, sample } = picture;
    return interfaceRows(rates?.rates ?? (sample === undefined ? [] : ratesBetween(undefined, sample).rates));
  },
  idOf: (row) => row.interface,
  panel: (row, asked, room) => [...panelOf(row, asked, room)],
  explain: (row, asked) => ({
    title: `interface ${row.interface}`,
    lines: (columns) => [
      ...panelOf(row, asked, { columns, rows: GRAPH_ROWS }),
      "",
      ...countersOf(row, asked),
      "",
      ...wrapped(NO_BYTES, columns),
    ],
  }),
};

const GRAPH_ROWS = 10;
/** Lines of a graph at most: more would say no more. */
const HIGHEST = 8;

/** A small graph behind each number a second. */
function columnsOf(asked: Asked): readonly Column<InterfaceRow>[] {
  const graphs = [
    { key: "ingraph", title: "IN-GRAPH", value: (row: InterfaceRow) => small(`in ${row.interface}`, asked), drop: 1.5 },
    {
      key: "outgraph",
      title: "OUT-GRAPH",
      value: (row: InterfaceRow) => small(`out ${row.interface}`, asked),
      drop: 1.4,
    },
  ] as const;
  return INTERFACE_COLUMNS.flatMap((column): readonly Column<InterfaceRow>[] => {
    if (column.key === "out") return [column, ...graphs];
    return [column];
  });
}

function small(series: string, { picture, isAscii }: Asked): string {
  const { values } = picture.history.points(series);
  const [line = ""] = graphLines(values, { columns: SMALL, rows: 1, most: mostOf(values), isAscii });
  return line;
}

/** Two graphs one above the other, each with its scale. */
function* panelOf(
  row: InterfaceRow,
  { picture, isAscii }: Asked,
  { columns, rows }: { readonly columns: number; readonly rows: number },
): Generator<string> {
  const each = Math.min(HIGHEST, Math.floor((rows - 2) / 2));
  if (each < 1) return;
  for (const [name, series, now] of [
    ["in", `in ${row.interface}`, row.recvBytesPerSecond] as const,
    ["out", `out ${row.interface}`, row.sentBytesPerSecond] as const,
  ]) {
    const { values } = picture.history.points(series);
    const most = mostOf(values);
    const scale = `${now === undefined ? "?" : perSecond(now)}, at most ${perSecond(most)}`;
    yield `${safe(row.interface)} ${name}: ${scale}`;
    yield* graphLines(values, { columns, rows: each, most, isAscii });
  }
}

function perSecond(bytes: number): string {
  return `${bytesText(bytes)}/s`;
}

/** All of its counters that are not 0, and what they do. */
function countersOf(row: InterfaceRow, { picture }: Asked): string[] {
  const own = (picture.rates?.rates ?? []).filter(
    ({ of }) => of?.kind === "interface" && of.interface === row.interface,
  );
  return own.flatMap(({ name, value, perSecond: rate }) =>
    value === 0 ? [] : [`${name.padEnd(28)} ${String(value).padStart(16)}${rate ? `  ${rate.toFixed(1)}/s` : ""}`],
  );
}
