import type { Destination, SocketDigest } from "../digest.ts";
import type { Limits } from "../limit-names.ts";
import type { Sample } from "../sample.ts";
import { isUnjudged, type Unjudged, unjudged } from "./unjudged.ts";
import { Window } from "./window.ts";

export const RANGE = "net.ipv4.ip_local_port_range";
const RESERVED = "net.ipv4.ip_local_reserved_ports";
const REUSE = "net.ipv4.tcp_tw_reuse";

/** How many of the local ports for connections to one destination are taken. */
export interface LocalPortUse {
  /** Where the connections lead, and from which address. */
  readonly destination: Destination;
  /** Local ports that are taken: in the range, listened on by nobody, and not free to be taken again. */
  readonly used: number;
  /** Local ports that the kernel chooses from. */
  readonly usable: number;
}

/**
 * Local ports that connections to each destination take, of those the kernel chooses from, as the finding `tcp-ephemeral-ports` counts
 * them; the ones with the most connections first. Destinations with fewer than 50 connections are left out. `undefined` where sockets or
 * the range are not known: that of another network namespace is not shown to its reader.
 *
 * @example
 * ```ts
 * import { limits, localPortUse, takeSample } from "procnet";
 * const [most] = localPortUse(await takeSample(), limits()) ?? [];
 * if (most !== undefined) console.log(most.destination.remoteAddress, most.used / most.usable);
 * ```
 */
export function localPortUse(sample: Sample, limits: Limits): LocalPortUse[] | undefined {
  const window = new Window([sample], limits);
  const [sockets, usable] = [window.sockets("tcp"), usablePorts(window)];
  if (isUnjudged(sockets) || isUnjudged(usable)) return undefined;
  return portUseOf(sockets, usable, window).filter(({ used }) => used > 0);
}

/** The same where both are known. */
export function portUseOf(sockets: SocketDigest, usable: Usable, window: Window): LocalPortUse[] {
  const listening = new Set(sockets.listeners.map(({ localPort }) => localPort));
  return sockets.destinations.map((destination) => {
    const used = usedPorts(destination, window).filter((port) => usable.has(port) && !listening.has(port));
    return { destination, used: used.length, usable: usable.size };
  });
}

/** Local ports of a destination without those that may be taken again. */
function usedPorts({ localPorts, timeWait, localAddress }: Destination, window: Window): readonly number[] {
  const reuse = window.limit(REUSE);
  const [mode = 0] = isUnjudged(reuse) ? [] : reuse;
  if (mode !== 1 && !(mode === 2 && isLoopback(localAddress))) return localPorts;
  const again = new Set(timeWait);
  return localPorts.filter((port) => !again.has(port));
}

function isLoopback(address: string): boolean {
  return address.startsWith("127.") || address.startsWith("::ffff:127.") || address === "::1";
}

/** Ports that the kernel chooses from. */
export interface Usable {
  readonly size: number;
  has(port: number): boolean;
  count(isUsed: (port: number) => boolean): number;
}

const PORTS_OF_ALL = 65_536;

export function usablePorts(window: Window): Usable | Unjudged {
  const range = window.limit(RANGE);
  if (isUnjudged(range)) return range;
  const reserved = window.limit(RESERVED);
  if (isUnjudged(reserved)) return reserved;
  const [first = 0, last = 0] = range;
  // A byte for each port: a file that somebody made up may name any numbers, and ranges that overlap.
  const all = new Uint8Array(PORTS_OF_ALL);
  all.fill(1, Math.max(0, first), Math.max(0, last + 1));
  for (const [from, to] of pairsOf(reserved)) all.fill(0, Math.max(0, from), Math.max(0, to + 1));
  const size = all.reduce((sum, one) => sum + one, 0);
  if (size === 0) return unjudged("no-limit", "net.ipv4.ip_local_port_range without reserved ports has no port");
  return {
    size,
    has: (port) => all[port] === 1,
    count: (isUsed) => all.reduce((sum, one, port) => (one === 1 && isUsed(port) ? sum + 1 : sum), 0),
  };
}

/** First and last of each range. */
function pairsOf(numbers: readonly number[]): [first: number, last: number][] {
  return numbers.flatMap((from, i): [number, number][] => (i % 2 === 0 ? [[from, numbers[i + 1] ?? from]] : []));
}
