import type { Filter } from "./filter.ts";

/** The states outside of which a filter lets nothing pass; `undefined` when any state may pass. */
export function impliedStates(filter: Filter): ReadonlySet<string> | undefined {
  if (filter.kind === "state") return filter.states.isInverted ? undefined : filter.states.names;
  if (filter.kind !== "and" && filter.kind !== "or") return undefined;
  const all = filter.filters.map(impliedStates);
  const sets = all.filter((states) => states !== undefined);
  if (filter.kind === "or")
    return sets.length < all.length ? undefined : new Set(sets.flatMap((states) => [...states]));
  const [first, ...others] = sets;
  return first && new Set([...first].filter((state) => others.every((states) => states.has(state))));
}
