import { parseAddressRange, rangeText } from "procnet";

/** Bits that stay of an address, of IPv4 and of IPv6. */
const BITS = { 4: 24, 6: 48 } as const;

const V4_MAPPED = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i;

/** Networks of addresses that were asked for lately: of many sockets few addresses are told again and again. */
const known = new Map<string, string>();
const MOST_KNOWN = 4096;

/**
 * The network of an address, `192.0.2.0/24` or `2001:db8:1::/48`. Those that name no machine stay as they are: any address, and that of
 * loopback.
 */
export function networkOf(address: string): string {
  const last = known.get(address);
  if (last !== undefined) return last;
  const network = cut(address);
  if (known.size === MOST_KNOWN) known.clear();
  known.set(address, network);
  return network;
}

function cut(address: string): string {
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
  const network = cut(address);
  const [first, bits] = network.split("/");
  return bits === undefined ? `::ffff:${first}` : `::ffff:${first}/${96 + Number(bits)}`;
}
