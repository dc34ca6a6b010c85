import { read } from "procnet";
import { dev, devMcast, igmp6 } from "procnet/tables";
import { nameText } from "./device-names.ts";
import { propertiesOf } from "./interface-links.ts";
import { type Source, unlessAbsent } from "./source.ts";
import type { ToldInterfaces } from "./told-addresses.ts";

/*
 * Whether a sysfs shows this network namespace. It shows that of whoever mounted it, and nothing in it says which that was: two namespaces
 * have a `lo` each, and mostly an `eth0`. What is known without it is compared.
 */

/** Nothing speaks against it and something for it; something speaks against it; or neither. */
export type Verdict = "same" | "other" | "open";

/** Received and sent bytes by interface. */
export type Counters = ReadonlyMap<string, { readonly recvBytes: bigint; readonly sentBytes: bigint }>;

/** What is known of the namespace itself. */
export interface Evidence {
  readonly of: Source;
  /** Counters before sysfs is looked at. */
  readonly before: Counters;
  readonly told: ToldInterfaces | undefined;
}

const UP = 0x1;
const DIGITS = /^[0-9]{1,20}$/;

export function verdictOf(directory: string, { of, before, told }: Evidence): Verdict {
  const indexes = indexesOf(of);
  let isProven = false;
  const bytes = new Map<string, readonly [bigint, bigint]>();
  for (const name of before.keys()) {
    const property = propertiesOf(directory, name);
    const index = indexes.get(name);
    if (index !== undefined && isOther(property("ifindex"), String(index))) return "other";
    const address = told?.hwAddresses.get(nameText(name));
    if (address !== undefined) {
      if (!isSameAddress(property("address"), address)) return "other";
      isProven = true;
    }
    const [received, sent] = [property("statistics/rx_bytes"), property("statistics/tx_bytes")];
    if (received === undefined || sent === undefined) continue;
    if (!DIGITS.test(received) || !DIGITS.test(sent)) return "other"; // no file of the kernel's
    bytes.set(name, [BigInt(received), BigInt(sent)]);
  }
  const after = new Map(
    read(dev, { of, encoding: "latin1", bigint: true, onIssue: () => {} }).map((row) => [row.name, row] as const),
  );
  for (const [name, [received, sent]] of bytes) {
    const [least, most] = [before.get(name)!, after.get(name)];
    if (most === undefined) continue; // gone meanwhile
    if (received < least.recvBytes || received > most.recvBytes) return "other";
    if (sent < least.sentBytes || sent > most.sentBytes) return "other";
    isProven ||= received > 0n || sent > 0n;
  }
  return isProven ? "same" : loopbackAlone(directory, before, of, told);
}

/** Of a namespace that has nothing but its `lo`, and in which nothing was ever sent, what would be told of it decides. */
function loopbackAlone(directory: string, before: Counters, of: Source, told: ToldInterfaces | undefined): Verdict {
  if (told === undefined || before.size !== 1 || !before.has("lo")) return "open";
  const property = propertiesOf(directory, "lo");
  // Of what is down no address is told.
  const isUp = (Number(property("flags")) & UP) !== 0;
  if (told.names.has("lo") !== isUp) return "other";
  const mtu = mtuOfLoopback(of);
  if (mtu === undefined) return "open";
  return property("mtu") === mtu ? "same" : "other";
}

/** That of IPv6, which follows the interface's: a file that shows the namespace of who reads it. */
function mtuOfLoopback({ place }: Source): string | undefined {
  return propertiesOf(`${place.context.root}/sys/net/ipv6/conf`, "lo")("mtu");
}

/** Of an address six bytes are told, with zeros where it is shorter. */
function isSameAddress(found: string | undefined, told: string): boolean {
  return found === undefined || told.startsWith(found) || found.startsWith(told);
}

function isOther(found: string | undefined, known: string): boolean {
  return found !== undefined && found !== known;
}

/** Indexes by name, of tables that have a row for nearly every interface. */
function indexesOf(of: Source): Map<string, number> {
  const options = { of, encoding: "latin1", onIssue: () => {} } as const;
  const rows = [
    ...(unlessAbsent(() => read(igmp6, options)) ?? []),
    ...(unlessAbsent(() => read(devMcast, options)) ?? []),
  ];
  return new Map(rows.map(({ device, ifIndex }) => [device, ifIndex]));
}
