import type { Filter } from "./filter.ts";

/**
 * What passes all of these filters; `undefined` among them lets everything pass.
 *
 * @example
 * ```ts
 * import { compileFilter, everyFilter, heldBy, parseFilter } from "procnet/query";
 * const filter = everyFilter(heldBy([process.pid]), parseFilter("dport = :443"))!;
 * const { options } = compileFilter(filter); // { protocol: [...], pid: [...], remotePort: [443] }
 * ```
 */
export function everyFilter(...given: readonly (Filter | undefined)[]): Filter | undefined {
  const filters = given.filter((filter) => filter !== undefined);
  return filters.length < 2 ? filters[0] : { kind: "and", filters };
}

/**
 * Sockets that one of these processes holds.
 *
 * @example
 * ```ts
 * import { heldBy, matches } from "procnet/query";
 * import { sockets } from "procnet";
 * const own = (await sockets()).sockets.filter((socket) => matches(heldBy([process.pid]), socket));
 * ```
 */
export function heldBy(pids: readonly number[]): Filter {
  return { kind: "or", filters: pids.map((value) => ({ kind: "number", field: "pid", comparison: "=", value })) };
}
