/** What a code without a name is called: the kernel's number, kept. */
export type Unknown = `UNKNOWN(${number})`;

/** Names to codes and codes to names in one object: `TcpState.LISTEN` is 10 and `TcpState[10]` is `"LISTEN"`. */
export type TwoWay<Codes extends Readonly<Record<string, number>>> = Codes & {
  readonly [code: number]: (keyof Codes & string) | undefined;
};

/** Builds a {@link TwoWay} table. Where two names share a code, the first one is the code's name. */
/* @__NO_SIDE_EFFECTS__ */
export function twoWay<const Codes extends Readonly<Record<string, number>>>(codes: Codes): TwoWay<Codes> {
  const table: Record<string | number, string | number> = {};
  for (const [name, code] of Object.entries(codes)) {
    table[name] = code;
    table[code] ??= name;
  }
  return Object.freeze(table) as TwoWay<Codes>;
}

/**
 * The name of a code, or `UNKNOWN(code)`: a newer kernel's value is kept, never refused.
 *
 * @example
 * ```ts
 * import { nameOf, TcpState } from "procnet/parse";
 * nameOf(TcpState, 10); // "LISTEN"
 * ```
 */
export function nameOf<Codes extends Readonly<Record<string, number>>>(
  table: TwoWay<Codes>,
  code: number,
): (keyof Codes & string) | Unknown {
  return table[code] ?? `UNKNOWN(${code})`;
}

/** Whether a value is what {@link nameOf} calls a code from 0 to `most`. */
export function isName<Codes extends Readonly<Record<string, number>>>(
  table: TwoWay<Codes>,
  value: unknown,
  most: number,
): value is (keyof Codes & string) | Unknown {
  if (typeof value !== "string") return false;
  const [, code] = /^UNKNOWN\(([0-9]{1,10})\)$/.exec(value) ?? [];
  const names: Readonly<Record<string, unknown>> = table;
  if (code === undefined) return Object.hasOwn(names, value) && typeof names[value] === "number";
  return Number(code) <= most && nameOf(table, Number(code)) === value;
}

/**
 * The names of the bits set in `flags`, lowest bit first; bits without a name as `UNKNOWN(0x100)`.
 *
 * @example
 * ```ts
 * import { flagNames, RouteFlags } from "procnet";
 * flagNames(RouteFlags, 3); // ["UP", "GATEWAY"]
 * ```
 */
export function flagNames<Codes extends Readonly<Record<string, number>>>(
  table: TwoWay<Codes>,
  flags: number,
): ((keyof Codes & string) | `UNKNOWN(${string})`)[] {
  const names: ((keyof Codes & string) | `UNKNOWN(${string})`)[] = [];
  // Bitwise operators give a negative number where bit 31 is set.
  const unsigned = flags >>> 0;
  for (let bit = 0; bit < 32; bit++) {
    const value = 2 ** bit;
    if (Math.floor(unsigned / value) % 2 === 1) names.push(table[value] ?? `UNKNOWN(0x${value.toString(16)})`);
  }
  return names;
}
