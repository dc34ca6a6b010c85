import type { History } from "procnet/live";
import type { InterfaceRow } from "procnet/view";

/**
 * Interfaces that have a series, those that carried the most in the time that is kept first. Hosts of containers have thousands, of which
 * a history keeps a hundred: the points of all others are not even asked for.
 */
export function busiest(
  rows: readonly Pick<InterfaceRow, "interface">[],
  history: Pick<History, "names" | "points">,
): string[] {
  const known = new Set(history.names());
  const names = new Set(rows.map((row) => row.interface));
  const carried = [...names].flatMap((name) => {
    const series = [`in ${name}`, `out ${name}`].filter((one) => known.has(one));
    if (series.length === 0) return [];
    return { name, bytes: series.reduce((sum, one) => sum + total(history.points(one).values), 0) };
  });
  return carried.sort((a, b) => b.bytes - a.bytes).map(({ name }) => name);
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => (Number.isNaN(value) ? sum : sum + value), 0);
}
