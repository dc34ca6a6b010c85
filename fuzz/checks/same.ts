/** Where two values differ, and how; `undefined` when they are the same. `leaf` may call two leaves the same. */
export function difference(
  left: unknown,
  right: unknown,
  leaf: (left: unknown, right: unknown) => boolean = Object.is,
): string | undefined {
  if (typeof left !== "object" || left === null || typeof right !== "object" || right === null) {
    return leaf(left, right) ? undefined : `${shownValue(left)} and ${shownValue(right)}`;
  }
  if (Object.getPrototypeOf(left) !== Object.getPrototypeOf(right)) return "objects of two kinds";
  if (left instanceof Map) {
    const keys = difference([...left.keys()], [...(right as Map<unknown, unknown>).keys()], leaf);
    if (keys !== undefined) return `keys: ${keys}`;
    return difference([...left.values()], [...(right as Map<unknown, unknown>).values()], leaf);
  }
  const keys = Object.keys(left);
  const others = Object.keys(right);
  if (keys.length !== others.length) return `${keys.length} and ${others.length} entries`;
  for (const key of keys) {
    if (!Object.hasOwn(right, key)) return `only one has ${JSON.stringify(key)}`;
    const found = difference((left as never)[key], (right as never)[key], leaf);
    if (found !== undefined) return `${JSON.stringify(key)}: ${found}`;
  }
  return undefined;
}

function shownValue(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, 80));
  return Object.is(value, -0) ? "-0" : typeof value === "bigint" ? `${value}n` : String(value);
}
