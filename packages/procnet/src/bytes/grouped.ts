/** Digits of a whole number in groups of three, as people read them: `12,345`. Four digits are grouped, too. */
export function grouped(digits: string): string {
  return /^-?\d{4,}$/.test(digits) ? digits.replace(/\B(?=(?:\d{3})+$)/g, ",") : digits;
}
