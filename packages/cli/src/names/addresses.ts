/*
 * Addresses as the C library writes them, from the library's canonical text.
 */

const MAPPED = "::ffff:";

/** `::1.2.3.4`, which RFC 5952 writes as `::102:304` and the C library as it was meant once. */
const COMPATIBLE = /^::([0-9a-f]{1,4}):([0-9a-f]{1,4})$/;

/** The IPv4 address within a mapped one; `undefined` for any other. */
export function mapped(address: string): string | undefined {
  return address.startsWith(MAPPED) && address.includes(".") ? address.slice(MAPPED.length) : undefined;
}

/** An address in digits: mapped ones are shown as what they stand for. */
export function numericAddress(address: string): string {
  if (!address.startsWith("::") || address.length < 5) return address;
  return mapped(address) ?? compatible(address) ?? address;
}

/** `::1.2.3.4` of such an address; `undefined` of any other. */
export function compatible(address: string): string | undefined {
  const [, high, low] = COMPATIBLE.exec(address) ?? [];
  if (high === undefined || low === undefined) return undefined;
  const word = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return `::${word.flatMap((half) => [half >> 8, half & 255]).join(".")}`;
}
