/*
 * Numbers as C's printf writes them.
 */

/** `%.6g`: so many digits that tell something, without zeros behind them. */
export function general(value: number, digits = 6): string {
  if (value === 0) return "0";
  const [mantissa = "", exponent = ""] = value.toExponential(digits - 1).split("e");
  const power = Number(exponent);
  if (power >= -4 && power < digits) return trimmed(value.toFixed(Math.max(0, digits - 1 - power)));
  const sign = power < 0 ? "-" : "+";
  return `${trimmed(mantissa)}e${sign}${String(Math.abs(power)).padStart(2, "0")}`;
}

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
