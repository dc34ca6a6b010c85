import type { Cell, Column } from "../column.ts";
import { bytesText, countText, rttText } from "../number-texts.ts";

/** What TCP connections that have something in common send and receive; bytes are those of programs. */
export interface TrafficRow {
  /** What they have in common, in words: `curl[812]`, `docker:0123456789ab`, `10.0.0.1:443`; absent where nothing is known. */
  readonly name: string | undefined;
  /** Bytes sent a second, between the last two looks. */
  readonly sentPerSecond: number;
  /** Bytes received a second. */
  readonly receivedPerSecond: number;
  /** Bytes sent since the looks began. */
  readonly sent: number;
  /** Bytes received since the looks began. */
  readonly received: number;
  /** Bytes sent again since the looks began. */
  readonly retransmitted: number;
  /** Round-trip time in microseconds, smoothed by the kernel: the median of the connections; absent where none is known. */
  readonly rtt: number | undefined;
  /** Connections that sent or received something between the last two looks. */
  readonly connections: number;
}

/** What something sends and receives a second, in bytes. */
export type TrafficRates = Pick<TrafficRow, "sentPerSecond" | "receivedPerSecond">;

/**
 * Columns of what rows send and receive a second, behind a column of a table of something else. A row of which nothing was counted has
 * nothing in them; where nobody counts (`of` is `undefined`) they are not there.
 *
 * @example
 * ```ts
 * import { PROCESS_COLUMNS, withRates } from "procnet/view";
 * const columns = withRates(PROCESS_COLUMNS, "sockets", ({ pid }) => (pid === 1 ? { sentPerSecond: 10, receivedPerSecond: 0 } : undefined));
 * ```
 */
export function withRates<Row>(
  columns: readonly Column<Row>[],
  behind: string,
  of: ((row: Row) => TrafficRates | undefined) | undefined,
): readonly Column<Row>[] {
  if (of === undefined) return columns;
  const rates = (["sent", "received"] as const).map((name): Column<Row> => {
    const value = (row: Row): number | undefined => of(row)?.[`${name}PerSecond`];
    const text = (row: Row): string | undefined => {
      const bytes = value(row);
      return bytes === undefined ? undefined : perSecond(bytes);
    };
    const [key, title] = [`${name}rate`, `${name.toUpperCase()}/S`];
    return { key, title, align: "right", value: text, raw: value, order: value, drop: 9 };
  });
  return columns.flatMap((column) => (column.key === behind ? [column, ...rates] : [column]));
}

function numbers(
  key: string,
  title: string,
  of: (row: TrafficRow) => number | undefined,
  text: (value: number) => string,
  drop?: number,
): Column<TrafficRow> {
  const value = (row: TrafficRow): Cell => {
    const found = of(row);
    return found === undefined ? "-" : text(found);
  };
  return { key, title, align: "right", value, raw: of, order: of, ...(drop !== undefined && { drop }) };
}

const perSecond = (value: number): string => `${bytesText(value)}/s`;

/** Columns of the table of traffic, in their order. */
export const TRAFFIC_COLUMNS: readonly Column<TrafficRow>[] = [
  { key: "name", title: "NAME", value: ({ name }) => name ?? "-", raw: ({ name }) => name, enough: 32 },
  /* @__PURE__ */ numbers("sentrate", "SENT/S", (row) => Math.round(row.sentPerSecond), perSecond),
  /* @__PURE__ */ numbers("receivedrate", "RECEIVED/S", (row) => Math.round(row.receivedPerSecond), perSecond),
  /* @__PURE__ */ numbers("sent", "SENT", ({ sent }) => sent, bytesText, 3),
  /* @__PURE__ */ numbers("received", "RECEIVED", ({ received }) => received, bytesText, 4),
  /* @__PURE__ */ numbers("retransmitted", "RESENT", ({ retransmitted }) => retransmitted, bytesText, 2),
  /* @__PURE__ */ numbers("rtt", "RTT", ({ rtt }) => rtt, rttText, 5),
  /* @__PURE__ */ numbers("connections", "CONNS", ({ connections }) => connections, countText, 1),
];
