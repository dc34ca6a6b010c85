import type { TrafficRow } from "procnet/view";
import type { TrafficTold } from "../state/use-traffic.ts";

const RATES = ["sentrate", "receivedrate"];

/** Whether what is sent and received a second is among the columns that were chosen, or the usual ones, or what rows are ordered by. */
export function showsTraffic(chosen: readonly string[] | undefined, sort: string): boolean {
  return chosen === undefined || RATES.some((key) => chosen.includes(key) || sort.endsWith(key));
}

/** Traffic of processes, by their numbers: what groups of kind `pid` are called ends with them. */
export function byProcess({ told }: TrafficTold): ReadonlyMap<number, TrafficRow> {
  return new Map((told?.traffic ?? []).map((row) => [Number(/\[(\d+)\]$/.exec(row.name ?? "")?.[1]), row]));
}
