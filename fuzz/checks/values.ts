import type { Check } from "./check.ts";
import { isParser } from "./check.ts";
import { isSigned } from "./signed.ts";

/** The only prototypes that results may have. */
const PROTOTYPES: ReadonlySet<object | null> = new Set([
  null,
  Object.prototype,
  Array.prototype,
  Map.prototype,
  Set.prototype,
  Uint8Array.prototype,
]);

/** Numbers are numbers: finite, no minus zero, negative only where the kernel prints signed ones. */
export const numbers: Check = {
  name: "numbers",
  oneIn: 1,
  fits: isParser,
  problem: ({ target, outcome }) => badNumber(outcome.value, target.name, ""),
};

function badNumber(value: unknown, target: string, path: string): string | undefined {
  if (typeof value === "number") return wrongNumber(value, target, path);
  if (typeof value === "bigint")
    return value < 0n && !isSigned(target, path) ? `${path || "value"}: ${value}` : undefined;
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return undefined;
  if (Array.isArray(value)) {
    for (const item of value) {
      const found = badNumber(item, target, path);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  const entries = value instanceof Map ? value : Object.entries(value);
  for (const [key, item] of entries) {
    if (typeof item === "string" || item === undefined || (typeof item === "number" && item > 0)) {
      if (item !== Number.POSITIVE_INFINITY) continue;
    }
    const found = badNumber(item, target, path === "" ? String(key) : `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function wrongNumber(value: number, target: string, path: string): string | undefined {
  const isWrong = !Number.isFinite(value) || Object.is(value, -0) || (value < 0 && !isSigned(target, path));
  return isWrong ? `${path || "value"}: ${Object.is(value, -0) ? "-0" : value}` : undefined;
}

/** Results are plain: nothing of another kind, and nothing that text put in the place of a prototype. */
export const plain: Check = {
  name: "plain results",
  oneIn: 2,
  fits: () => true,
  problem: ({ outcome }) => foreign(outcome.value, ""),
};

/** What a value holds that is not plain, and where. */
export function foreign(value: unknown, path: string): string | undefined {
  if (typeof value === "function" || typeof value === "symbol") return `${path}: a ${typeof value}`;
  if (typeof value !== "object" || value === null) return undefined;
  if (!PROTOTYPES.has(Object.getPrototypeOf(value))) return `${path || "value"}: a foreign prototype`;
  if (ArrayBuffer.isView(value)) return undefined;
  for (const [key, item] of value instanceof Map ? value : Object.entries(value)) {
    const found = typeof item === "object" ? foreign(item, `${path}.${key}`) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

const GUARDED = [Object.prototype, Array.prototype, Map.prototype, Function.prototype, Object, Array] as const;
const keysNow = (): string => GUARDED.map((object) => Reflect.ownKeys(object).map(String).join()).join(";");
const BEFORE = keysNow();

/** No text changes what all objects share. */
export const prototypes: Check = {
  name: "prototypes untouched",
  oneIn: 8,
  fits: () => true,
  problem: () => (keysNow() === BEFORE ? undefined : "the keys of a built-in prototype have changed"),
};
