/** Counts by code as counts by name, the most common first; `more` holds counts already by name. */
export function countsByName(
  counts: Float64Array,
  name: (code: number) => string,
  more: ReadonlyMap<string, number> = new Map(),
): Map<string, number> {
  const found = new Map(more);
  counts.forEach((count, code) => {
    if (count > 0) found.set(name(code), (found.get(name(code)) ?? 0) + count);
  });
  return new Map([...found].sort((a, b) => b[1] - a[1]));
}
