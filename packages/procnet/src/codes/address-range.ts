import { NINE, ZERO } from "../bytes/ascii.ts";
import { ipv4Text, ipv6Text } from "./address.ts";

/** A range of addresses, `10.0.0.0/8`: addresses as sixteen bytes, IPv4 as mapped (RFC 4291 section 2.5.5.2). */
export interface AddressRange {
  /** The sixteen bytes of an address in the range. */
  readonly bytes: Uint8Array;
  /** Leading bits that count, of 128. */
  readonly bits: number;
}

const MAPPED_BITS = 96;
const DOT = 46;

/**
 * Reads an address or a range in CIDR notation (RFC 4632, RFC 4291): `192.0.2.1`, `10.0.0.0/8`, `fe80::/10`. A range of
 * IPv4 holds the mapped addresses of IPv6 sockets too. `undefined` when the text is neither.
 *
 * @example
 * ```ts
 * import { parseAddressRange } from "procnet";
 * parseAddressRange("fe80::/10")?.bits; // 10
 * ```
 */
export function parseAddressRange(text: string): AddressRange | undefined {
  const slash = text.indexOf("/");
  const address = slash < 0 ? text : text.slice(0, slash);
  const bytes = addressBytes(address);
  if (bytes === undefined) return undefined;
  const width = address.includes(":") ? 128 : 32;
  const length = slash < 0 ? width : Number(text.slice(slash + 1));
  const given = slash < 0 || /^\d{1,3}$/.test(text.slice(slash + 1));
  if (!given || length > width) return undefined;
  return { bytes, bits: width === 32 ? MAPPED_BITS + length : length };
}

/**
 * Whether an address, as the tables give it, lies in the range. Addresses of IPv4 lie in those ranges of IPv6 only that hold
 * nothing but mapped addresses: `::/0` is every address of IPv6, not every one there is.
 *
 * @example
 * ```ts
 * import { inRange, parseAddressRange } from "procnet";
 * inRange(parseAddressRange("10.0.0.0/8")!, "::ffff:10.1.2.3"); // true
 * ```
 */
export function inRange(range: AddressRange, address: string): boolean {
  if (!address.includes(":")) {
    if (range.bits < MAPPED_BITS) return false;
    // Asked of every row of a table: this takes a fifth of the time that its bytes do.
    const word = dottedWord(address);
    if (word >= 0) return holdsWord(range, word);
  }
  const bytes = addressBytes(address);
  if (bytes === undefined) return false;
  for (let bit = 0; bit < range.bits; bit += 8) {
    const mask = range.bits - bit >= 8 ? 0xff : (0xff00 >> (range.bits - bit)) & 0xff;
    if (((bytes[bit / 8]! ^ range.bytes[bit / 8]!) & mask) !== 0) return false;
  }
  return true;
}

/** The number of an address of IPv4 as tables give it, from 0 to 2^32 - 1; -1 for any other text. */
function dottedWord(text: string): number {
  let word = 0;
  let part = 0;
  let digits = 0;
  let dots = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === DOT && digits > 0) {
      word = word * 256 + part;
      part = 0;
      digits = 0;
      dots++;
    } else if (code >= ZERO && code <= NINE && digits < 3 && !(digits > 0 && part === 0)) {
      part = part * 10 + code - ZERO;
      digits++;
      if (part > 255) return -1;
    } else return -1;
  }
  return dots === 3 && digits > 0 ? word * 256 + part : -1;
}

/** Whether a mapped address is in a range of at least as many bits as all of these have in common. */
function holdsWord(range: AddressRange, word: number): boolean {
  if (!isMappedRange(range)) return false;
  const { bytes, bits } = range;
  const own = bytes[12]! * 2 ** 24 + bytes[13]! * 2 ** 16 + bytes[14]! * 2 ** 8 + bytes[15]!;
  const size = 2 ** (128 - bits);
  return Math.floor(own / size) === Math.floor(word / size);
}

/**
 * A range in text: what {@link parseAddressRange} reads as the same.
 *
 * @example
 * ```ts
 * import { parseAddressRange, rangeText } from "procnet";
 * rangeText(parseAddressRange("2001:db8::1/128")!); // "2001:db8::1/128"
 * ```
 */
export function rangeText({ bytes, bits }: AddressRange): string {
  const [first, second, third, fourth] = [0, 4, 8, 12].map(
    (at) => (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!,
  ) as [number, number, number, number];
  return isMappedRange({ bytes, bits })
    ? `${ipv4Text(fourth)}/${bits - MAPPED_BITS}`
    : `${ipv6Text(first, second, third, fourth)}/${bits}`;
}

/** Whether it holds nothing but mapped addresses. */
export function isMappedRange({ bytes, bits }: AddressRange): boolean {
  if (bits < MAPPED_BITS) return false;
  for (let at = 0; at < 12; at++) if (bytes[at] !== (at < 10 ? 0 : 0xff)) return false;
  return true;
}

/** The sixteen bytes of an address in text; `undefined` when it is none. */
function addressBytes(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(16);
  if (!text.includes(":")) {
    bytes.set([0xff, 0xff], 10);
    return setIpv4(bytes, text) ? bytes : undefined;
  }
  const halves = text.split("::");
  if (halves.length > 2 || text.length > 45) return undefined;
  const head = groups(halves[0]!, halves.length === 1);
  const tail = halves.length === 2 ? groups(halves[1]!, true) : [];
  if (head === undefined || tail === undefined) return undefined;
  const given = head.length + tail.length;
  if (halves.length === 2 ? given > 14 : given !== 16) return undefined;
  bytes.set(head);
  bytes.set(tail, 16 - tail.length);
  return bytes;
}

/** The bytes of groups with colons between, the last of which may be dotted where the address ends with it. */
function groups(text: string, isEnd: boolean): number[] | undefined {
  if (text === "") return [];
  const bytes: number[] = [];
  const parts = text.split(":");
  for (const [index, part] of parts.entries()) {
    if (isEnd && index === parts.length - 1 && part.includes(".")) {
      const dotted = new Uint8Array(16);
      if (!setIpv4(dotted, part)) return undefined;
      bytes.push(...dotted.subarray(12));
    } else {
      if (!/^[0-9a-fA-F]{1,4}$/.test(part)) return undefined;
      const value = Number.parseInt(part, 16);
      bytes.push(value >> 8, value & 0xff);
    }
  }
  return bytes;
}

function setIpv4(bytes: Uint8Array, text: string): boolean {
  const parts = text.split(".");
  if (parts.length !== 4) return false;
  return parts.every((part, index) => {
    bytes[12 + index] = Number(part);
    return /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255;
  });
}
