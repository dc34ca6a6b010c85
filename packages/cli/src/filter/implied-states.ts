import type { Filter } from "./ast.ts";

/** The states outside of which a filter lets nothing pass; `undefined` when any state may pass. */
export function impliedStates(filter: Filter): ReadonlySet<string> | undefined {
  if (filter.kind === "state") return filter.states;
  if (filter.kind !== "and" && filter.kind !== "or") return undefined;
  const left = impliedStates(filter.left);
  const right = impliedStates(filter.right);
  if (filter.kind === "or") return left && right && new Set([...left, ...right]);
  if (left === undefined || right === undefined) return left ?? right;
  return new Set([...left].filter((state) => right.has(state)));
}
