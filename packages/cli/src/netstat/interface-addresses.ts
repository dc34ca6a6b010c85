import { read } from "procnet";
import { localAddresses, type RouteEntry, RouteFlags } from "procnet/parse";
import { fibTrie, route } from "procnet/tables";
import { type Source, unlessAbsent } from "./source.ts";
import type { ToldAddress } from "./told-addresses.ts";

/*
 * The first IPv4 address of each interface, as far as it can be known without ioctl(2).
 */

/** An address with what belongs to it. */
export interface Address4 {
  readonly address: string;
  readonly netmask: string;
  readonly broadcast: string;
  readonly destination: string;
}

const NOWHERE = "0.0.0.0";

/**
 * Addresses by interface, or by the label that an address has (`eth0:1`). Those that are `told` come first; others are found
 * by the routes that belong to them, of which interfaces that are down have none. Broadcast addresses are told by
 * neither: it is taken that the usual one was set.
 */
export function addresses4(of: Source, told: readonly ToldAddress[]): Map<string, Address4> {
  const routes = rowsOf((onIssue) => read(route, { of, onIssue })).filter(
    ({ flags }) => (flags & RouteFlags.GATEWAY) === 0,
  );
  const found = new Map<string, Address4>();
  for (const { label, address, netmask } of told) {
    if (!found.has(label)) found.set(label, complete(label, wordOf(address), wordOf(netmask), routes));
  }
  const known = new Set(told.map(({ address }) => address));
  const networks = routes
    .filter(({ mask, iface }) => mask !== NOWHERE && iface !== "*" && !found.has(iface))
    .sort((a, b) => wordOf(b.mask) - wordOf(a.mask) || a.metric - b.metric);
  for (const text of localAddresses(rowsOf((onIssue) => read(fibTrie, { of, onIssue })))) {
    const address = wordOf(text);
    const network = networks.find(({ destination, mask }) => (address & wordOf(mask)) >>> 0 === wordOf(destination));
    const iface = network?.iface ?? (address >>> 24 === 127 ? "lo" : undefined);
    if (iface === undefined || known.has(text) || found.has(iface)) continue;
    found.set(iface, complete(iface, address, network === undefined ? 0xff000000 : wordOf(network.mask), routes));
  }
  return found;
}

function complete(label: string, address: number, mask: number, routes: readonly RouteEntry[]): Address4 {
  const device = label.split(":")[0];
  const peer = routes.find(({ iface, flags }) => iface === device && (flags & RouteFlags.HOST) !== 0);
  return {
    address: textOf(address),
    netmask: textOf(mask),
    broadcast: mask === 0xffffffff ? NOWHERE : textOf((address | ~mask) >>> 0),
    destination: mask === 0xffffffff && peer ? peer.destination : textOf(address),
  };
}

function rowsOf<Row>(rows: (onIssue: () => void) => Row[]): Row[] {
  return unlessAbsent(() => rows(() => {})) ?? [];
}

function wordOf(dotted: string): number {
  return dotted.split(".").reduce((word, part) => word * 256 + Number(part), 0);
}

function textOf(word: number): string {
  return [word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255].join(".");
}
