import { hex4 } from "../../../bytes/hex.ts";
import { ipv4Text, ipv6Text } from "../../../codes/address.ts";
import { type ByteOrder, swap32 } from "../../../codes/byte-order.ts";
import { inetAddress4, inetAddress6 } from "./inet-row.ts";

/** How a family of tables prints addresses. Each its own, so that who reads one family does not carry the other. */
export interface InetAddresses {
  readonly digits: 8 | 32;
  /** Text of the address at `at`, printed by a machine of that byte order; `undefined` when it is not hexadecimal. */
  textAt(bytes: Uint8Array, at: number, littleEndian: boolean): string | undefined;
  /** The same of words that were read one by one. */
  textOf(word: (index: number) => number, byteOrder: ByteOrder): string;
}

export const IPV4: InetAddresses = {
  digits: 8,
  textAt(bytes, at, littleEndian) {
    const high = hex4(bytes, at);
    const low = hex4(bytes, at + 4);
    return (high | low) < 0 ? undefined : ipv4Text(wordOf(high, low, littleEndian));
  },
  textOf: (word, byteOrder) => inetAddress4(word(0), byteOrder),
};

export const IPV6: InetAddresses = {
  digits: 32,
  textAt(bytes, at, littleEndian) {
    const high0 = hex4(bytes, at);
    const low0 = hex4(bytes, at + 4);
    const high1 = hex4(bytes, at + 8);
    const low1 = hex4(bytes, at + 12);
    const high2 = hex4(bytes, at + 16);
    const low2 = hex4(bytes, at + 20);
    const high3 = hex4(bytes, at + 24);
    const low3 = hex4(bytes, at + 28);
    if ((high0 | low0 | high1 | low1 | high2 | low2 | high3 | low3) < 0) return undefined;
    return ipv6Text(
      wordOf(high0, low0, littleEndian),
      wordOf(high1, low1, littleEndian),
      wordOf(high2, low2, littleEndian),
      wordOf(high3, low3, littleEndian),
    );
  },
  textOf: (word, byteOrder) => inetAddress6(word(0), word(1), word(2), word(3), byteOrder),
};

/** The two halves of a printed word as one 32-bit number of either sign, in the order of the network. */
function wordOf(high: number, low: number, littleEndian: boolean): number {
  const value = (high << 16) | low;
  return littleEndian ? swap32(value) : value;
}
