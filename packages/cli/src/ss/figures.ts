/*
 * Numbers as C's printf writes them.
 */

/** `%.6g`: so many digits that tell something, without zeros behind them. */
export function general(value: number, digits = 6): string {
  if (value === 0) return "0";
  const [mantissa = "", exponent = ""] = value.toExponential(digits - 1).split("e");
  const power = Number(exponent);
  if (power >= -4 && power < digits) return trimmed(fixed(value, Math.max(0, digits - 1 - power)));
  const sign = power < 0 ? "-" : "+";
  return `${trimmed(mantissa)}e${sign}${String(Math.abs(power)).padStart(2, "0")}`;
}

/** `%.1f`: what lies exactly between two numbers becomes the even one, where JavaScript takes the larger one. */
export function fixed(value: number, digits: number): string {
  const text = value.toFixed(digits);
  if ((value * 10 ** digits) % 1 !== 0.5) return text;
  const exact = value.toFixed(EXACT);
  const end = exact.length - EXACT + digits;
  const isBetween = /^50*$/.test(exact.slice(end));
  return isBetween && /[13579]$/.test(text) ? exact.slice(0, digits === 0 ? end - 1 : end) : text;
}

/** As many digits as JavaScript gives: more than any number of interest here has behind its point. */
const EXACT = 100;

function trimmed(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

const UNITS = [
  [1e12, "T"],
  [1e9, "G"],
  [1e6, "M"],
  [1e3, "k"],
] as const;

/** Bits a second: three digits and a unit, or all of them where numbers are wanted. */
export function rate(bits: number, isNumeric: boolean): string {
  if (isNumeric) return bits.toFixed(0);
  for (const [size, unit] of UNITS) if (bits >= size) return `${general(bits / size, 3)}${unit}`;
  return general(bits);
}
