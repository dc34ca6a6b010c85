import type { Rate } from "./counters/between.ts";
import type { WatchCount } from "./watch/batch.ts";

/** Interfaces that have a series at most: hosts of containers have thousands, and a history keeps 400 series in all. */
const MOST_INTERFACES = 100;

/** Counters of which the rate is kept, by their series. */
const RATES: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([
  ["Tcp.ActiveOpens", "opened here"],
  ["Tcp.PassiveOpens", "accepted"],
  ["Tcp.RetransSegs", "retransmitted"],
  ["Tcp.OutSegs", "segments out"],
  ["Tcp.InSegs", "segments in"],
  ["TcpExt.ListenOverflows", "overflows"],
  ["TcpExt.ListenDrops", "listen drops"],
  ["Udp.InDatagrams", "datagrams in"],
  ["Udp.OutDatagrams", "datagrams out"],
  ["Udp.RcvbufErrors", "datagrams lost"],
]);

/** A series for `History`, with its value. */
export type HistoryValue = readonly [name: string, value: number | undefined];

/**
 * What a screen or a page draws over time, of one look: `tcp ESTABLISHED` and the like are sockets of both families in a state, `udp`
 * and `unix` are sockets; `in eth0` and `out eth0` bytes a second of an interface; `retransmitted`, `overflows` and others what happens
 * a second.
 *
 * @example
 * ```ts
 * import { History, historyValues } from "procnet";
 * const history = new History();
 * history.add(Date.now(), historyValues([{ protocol: "tcp", state: "LISTEN", sockets: 3 }], []));
 * history.last("tcp LISTEN"); // 3
 * ```
 */
export function historyValues(counts: Iterable<WatchCount>, rates: Iterable<Rate>): HistoryValue[] {
  const sums = new Map<string, number>();
  for (const { protocol, state, sockets } of counts) {
    const family = protocol.replace(/6$/, "");
    const name = family === "tcp" ? `tcp ${state}` : family;
    sums.set(name, (sums.get(name) ?? 0) + sockets);
  }
  const values: HistoryValue[] = [...sums];
  let interfaces = 0;
  for (const { name, of, perSecond } of rates) {
    const series = RATES.get(name);
    if (series !== undefined && of === undefined) values.push([series, perSecond]);
    if (of?.kind !== "interface") continue;
    if (name === "dev.recvBytes" && interfaces < MOST_INTERFACES) values.push([`in ${of.interface}`, perSecond]);
    if (name === "dev.sentBytes" && interfaces++ < MOST_INTERFACES) values.push([`out ${of.interface}`, perSecond]);
  }
  return values;
}
