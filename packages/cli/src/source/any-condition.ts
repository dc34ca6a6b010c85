import type { Filter } from "procnet/query";

/*
 * Conditions that any socket of the internet passes: `sport = :` is one whose port was to come from an empty variable. Who lists sockets sees
 * what it means; who closes them would see it too late.
 */

/** What is wrong with it where sockets are to be closed. */
export const ANY_CONDITION =
  "an address or a port is missing: any is meant then, and closed; leave the condition out, or say which";

/** Whether there is such a condition in a filter. */
export function hasAny(filter: Filter): boolean {
  if (filter.kind === "and" || filter.kind === "or") return filter.filters.some(hasAny);
  if (filter.kind === "not") return hasAny(filter.filter);
  if (filter.kind === "port") return filter.port === undefined;
  return filter.kind === "address" && filter.port === undefined && filter.ranges === undefined;
}
