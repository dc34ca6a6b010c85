import { escapeText } from "procnet";

/** Options that do not exist are refused: ignored, a door that was meant to be closed would stand open. */
export function checkNames(what: string, options: object, names: object): void {
  if (typeof options !== "object" || options === null) throw new TypeError("the options must be an object");
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(names, name));
  if (unknown === undefined) return;
  const shown = escapeText(unknown.slice(0, 40));
  throw new TypeError(`${what} has no option "${shown}"; it has ${Object.keys(names).join(", ")}`);
}

/** A whole number, or what it is where none is given. */
export function numberOf(
  name: string,
  value: number | undefined,
  otherwise: number,
  least: number,
  most: number = Number.MAX_SAFE_INTEGER,
): number {
  if (value === undefined) return otherwise;
  if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
  const limits = most === Number.MAX_SAFE_INTEGER ? `of ${least} at least` : `from ${least} to ${most}`;
  throw new TypeError(`${name} must be a whole number ${limits}, not ${value}`);
}
