import type { Filter } from "./filter.ts";
import { globOf } from "./pattern.ts";
import { statesNamed } from "./state-set.ts";

/**
 * What passes all of these filters; `undefined` among them lets everything pass.
 *
 * @example
 * ```ts
 * import { compileFilter, everyFilter, heldBy, listening } from "procnet/query";
 * const { options } = compileFilter(everyFilter(listening(), heldBy([process.pid])) ?? listening());
 * ```
 */
export function everyFilter(...given: readonly (Filter | undefined)[]): Filter | undefined {
  const filters = given.filter((filter) => filter !== undefined);
  return filters.length < 2 ? filters[0] : { kind: "and", filters };
}

/** Sockets that wait for others, as `ss -l` shows them: listeners, and those of datagrams, frames and messages without a peer. */
export function listening(): Filter {
  const unconnected: Filter = {
    kind: "and",
    filters: [
      { kind: "state", states: statesNamed("UNCONN") },
      { kind: "text", field: "proto", negated: true, pattern: globOf("unix") },
    ],
  };
  return { kind: "or", filters: [{ kind: "state", states: statesNamed("LISTEN") }, unconnected] };
}

/** Sockets that one of these processes holds. */
export function heldBy(pids: readonly number[]): Filter {
  return { kind: "or", filters: pids.map((value) => ({ kind: "number", field: "pid", comparison: "=", value })) };
}
