import { parseAddressRange, rangeText } from "procnet";

/** Bits that stay of an address, of IPv4 and of IPv6. */
const BITS = { 4: 24, 6: 48 } as const;

const V4_MAPPED = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i;

/**
 * The network of an address, `192.0.2.0/24` or `2001:db8:1::/48`. Those that name no machine stay as they are: any address, and that of
 * loopback.
 */
export function networkOf(address: string): string {
  const mapped = V4_MAPPED.exec(address)?.[1];
  if (mapped !== undefined) return mappedNetworkOf(mapped);
  if (address === "0.0.0.0" || address === "::" || address === "::1" || address === "127.0.0.1") return address;
  const isV4 = !address.includes(":");
  const range = parseAddressRange(`${address}/${isV4 ? BITS[4] : BITS[6]}`);
  if (range === undefined) return ""; // no address: better nothing than all of it
  const bytes = Uint8Array.from(range.bytes, (byte, at) => (at < Math.ceil(range.bits / 8) ? byte : 0));
  return rangeText({ bytes, bits: range.bits });
}

function mappedNetworkOf(address: string): string {
  const network = networkOf(address);
  const [first, bits] = network.split("/");
  return bits === undefined ? `::ffff:${first}` : `::ffff:${first}/${96 + Number(bits)}`;
}
