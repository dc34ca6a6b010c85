import type { Rate } from "../../live/counters/between.ts";
import type { Cell, Column } from "../column.ts";
import { bytesText, countText, perSecondText } from "../number-texts.ts";

/** What an interface does: numbers a second are absent until there were two looks, and where its counters began anew. */
export interface InterfaceRow {
  /** Its name. */
  readonly interface: string;
  /** Its index; absent where sysfs does not tell. */
  readonly index: number | undefined;
  /** Bytes received since it was made; absent where that was not told. */
  readonly recvBytes: number | undefined;
  /** Bytes sent since it was made; absent where that was not told. */
  readonly sentBytes: number | undefined;
  /** Bytes received a second. */
  readonly recvBytesPerSecond: number | undefined;
  /** Bytes sent a second. */
  readonly sentBytesPerSecond: number | undefined;
  /** Packets received a second. */
  readonly recvPacketsPerSecond: number | undefined;
  /** Packets sent a second. */
  readonly sentPacketsPerSecond: number | undefined;
  /** Broken packets since the look before, received and sent. */
  readonly errors: number | undefined;
  /** Packets thrown away since the look before, received and sent. */
  readonly drops: number | undefined;
}

/** A row in the making: its numbers by the name of their counter. */
interface Counters {
  readonly interface: string;
  readonly index: number | undefined;
  readonly rates: Map<string, Rate>;
}

/**
 * Interfaces with what they do, of what all counters did, in the order of the kernel. Of rates that leave out what did not move, an
 * interface that is quiet is not among them.
 *
 * @example
 * ```ts
 * import { ratesBetween, takeSample } from "procnet";
 * import { interfaceRows } from "procnet/view";
 * const { rates } = ratesBetween(undefined, await takeSample({ sockets: false }));
 * console.log(interfaceRows(rates).map((row) => row.interface));
 * ```
 */
export function interfaceRows(rates: Iterable<Rate>): InterfaceRow[] {
  const found = new Map<string, Counters>();
  for (const rate of rates) {
    const { of, name } = rate;
    if (of?.kind !== "interface" || !name.startsWith("dev.")) continue;
    let counters = found.get(of.interface);
    if (counters === undefined) {
      counters = { interface: of.interface, index: of.index, rates: new Map() };
      found.set(of.interface, counters);
    }
    counters.rates.set(name.slice("dev.".length), rate);
  }
  return [...found.values()].map(rowOf);
}

function rowOf({ interface: name, index, rates }: Counters): InterfaceRow {
  const perSecond = (counter: string): number | undefined => rates.get(counter)?.perSecond;
  const grown = (...counters: string[]): number | undefined => {
    const deltas = counters.flatMap((counter) => rates.get(counter)?.delta ?? []);
    return deltas.length === 0 ? undefined : deltas.reduce((sum, delta) => sum + delta, 0);
  };
  return {
    interface: name,
    index,
    recvBytes: rates.get("recvBytes")?.value,
    sentBytes: rates.get("sentBytes")?.value,
    recvBytesPerSecond: perSecond("recvBytes"),
    sentBytesPerSecond: perSecond("sentBytes"),
    recvPacketsPerSecond: perSecond("recvPackets"),
    sentPacketsPerSecond: perSecond("sentPackets"),
    errors: grown("recvErrs", "sentErrs"),
    drops: grown("recvDrop", "sentDrop"),
  };
}

type Known = (row: InterfaceRow) => number | undefined;

function numbers(
  key: string,
  title: string,
  of: Known,
  text: (value: number) => string,
  drop?: number,
): Column<InterfaceRow> {
  const value = (row: InterfaceRow): Cell => {
    const found = of(row);
    return found === undefined ? "?" : text(found);
  };
  return { key, title, align: "right", value, raw: of, order: of, ...(drop !== undefined && { drop }) };
}

const bytesPerSecond = (value: number): string => `${bytesText(value)}/s`;

/** Columns of the table of interfaces, in their order. */
export const INTERFACE_COLUMNS: readonly Column<InterfaceRow>[] = [
  { key: "interface", title: "INTERFACE", value: (row) => row.interface },
  /* @__PURE__ */ numbers("in", "IN", ({ recvBytesPerSecond: value }) => value, bytesPerSecond),
  /* @__PURE__ */ numbers("out", "OUT", ({ sentBytesPerSecond: value }) => value, bytesPerSecond),
  /* @__PURE__ */ numbers("inpackets", "IN-PACKETS", ({ recvPacketsPerSecond: value }) => value, perSecondText, 4),
  /* @__PURE__ */ numbers("outpackets", "OUT-PACKETS", ({ sentPacketsPerSecond: value }) => value, perSecondText, 3),
  /* @__PURE__ */ numbers("errors", "ERRORS", ({ errors }) => errors, countText, 6),
  /* @__PURE__ */ numbers("drops", "DROPS", ({ drops }) => drops, countText, 5),
  /* @__PURE__ */ numbers("inbytes", "IN-TOTAL", ({ recvBytes }) => recvBytes, bytesText, 2),
  /* @__PURE__ */ numbers("outbytes", "OUT-TOTAL", ({ sentBytes }) => sentBytes, bytesText, 1),
];
