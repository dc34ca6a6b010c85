import type { Plan } from "../tables/plan.ts";

/** How much a search for owners may cost. */
export interface Budget {
  readonly descriptors: number;
  readonly milliseconds: number;
}

export const UNLIMITED: Budget = { descriptors: Number.POSITIVE_INFINITY, milliseconds: Number.POSITIVE_INFINITY };

/** That of a plan; {@link UNLIMITED} itself when it has none. */
export function budgetOf(plan: Plan): Budget {
  const { descriptors, milliseconds } = plan;
  if (descriptors === Number.POSITIVE_INFINITY && milliseconds === Number.POSITIVE_INFINITY) return UNLIMITED;
  return { descriptors, milliseconds };
}
