import { availableParallelism } from "node:os";

/** Cores that this process may use. */
export function availableCores(): number {
  return availableParallelism();
}
