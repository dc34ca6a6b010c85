import { inRange, parseAddressRange } from "../codes/address-range.ts";
import { byName, type DeviceStatus, dev } from "../files/devices/dev.ts";
import { ifInet6 } from "../files/devices/if-inet6.ts";
import { type FibTrieRows, fibTrie, localAddresses } from "../files/routes/fib-trie.ts";
import { type RouteEntries, route } from "../files/routes/route.ts";
import type { Located } from "../read/place.ts";
import { read } from "../read/read.ts";
import { type DefaultRoute, defaultRoutesOf, unlessMissing } from "./default-routes.ts";
import type { AddressKernelFields, InterfaceKernelFields } from "./interface-kernel-fields.ts";
import { type LinkInfo, linkInfo, showsInterfaces } from "./sysfs.ts";

/** An address of an interface. */
export interface InterfaceAddress extends AddressKernelFields {
  /** IP version of the address. */
  readonly family: "IPv4" | "IPv6";
  /** The address as text, without the prefix. */
  readonly address: string;
  /** Length of the network's prefix, bits. */
  readonly prefixLength: number;
  /** IPv6: see `Inet6Scope`. */
  readonly scope: number | undefined;
  /** Bits of `AddressFlags`; of IPv4 where the kernel was asked. */
  readonly flags: number | undefined;
}

/** An interface with what procfs and sysfs know of it. */
export interface Interface extends LinkInfo, InterfaceKernelFields {
  /** Its name. */
  readonly name: string;
  /** Its addresses of both families. */
  readonly addresses: readonly InterfaceAddress[];
  /** Its counters. */
  readonly status: DeviceStatus;
}

/** The interfaces of a namespace: see the function `interfaces`. */
export function interfacesOf(net: Located, sysfs: string | false | undefined): Interface[] {
  const ipv4 = ipv4Addresses(read(route, { of: net }), unlessMissing(() => read(fibTrie, { of: net })) ?? []);
  const ipv6 = unlessMissing(() => read(ifInet6, { of: net })) ?? [];
  const devices = byName(read(dev, { of: net }));
  const indexes = new Map(ipv6.map(({ device, ifIndex }) => [device, ifIndex]));
  const linked = sysfs !== false && showsInterfaces(new Set(devices.keys()), sysfs, indexes);
  return [...devices.values()].map((status) => {
    const { name } = status;
    const own6 = ipv6.filter(({ device }) => device === name).sort((a, b) => nearness(a) - nearness(b));
    const link = linked ? linkInfo(name, sysfs) : undefined;
    return {
      name,
      index: own6[0]?.ifIndex ?? link?.index,
      flags: link?.flags,
      mtu: link?.mtu,
      hwAddress: link?.hwAddress,
      hwType: link?.hwType,
      operState: link?.operState,
      addresses: [
        ...(ipv4.get(name) ?? []),
        ...own6.map(({ address, prefixLength, scope, flags }) => ({
          family: "IPv6" as const,
          address,
          prefixLength,
          scope,
          flags,
        })),
      ],
      status,
    };
  });
}

/** Bits of `Inet6Scope`. */
const HOST_OR_LINK = 0x30;
const SITE = 0x40;

/**
 * The kernel keeps addresses of IPv6 that reach farthest first (ipv6_link_dev_addr, net/ipv6/addrconf.c), and tells them so by rtnetlink;
 * `if_inet6` has them as they lie in a table of hashes.
 */
function nearness({ scope }: { readonly scope: number }): number {
  return scope & HOST_OR_LINK ? 2 : scope & SITE ? 1 : 0;
}

/**
 * Local IPv4 addresses by interface. `fib_trie` has the addresses without interfaces and `route` the networks of the
 * interfaces: an address belongs to the interface with the narrowest network that holds it. 127.0.0.0/8 is in no route.
 */
function ipv4Addresses(routes: RouteEntries, trie: FibTrieRows): Map<string, InterfaceAddress[]> {
  const networks = routes
    .filter((route) => route.gateway === "0.0.0.0" && route.iface !== "*")
    .map((route) => ({ ...route, prefixLength: prefixLengthOf(route.mask) }))
    .filter((route) => route.prefixLength > 0)
    .sort((a, b) => b.prefixLength - a.prefixLength || a.metric - b.metric);
  const found = new Map<string, InterfaceAddress[]>();
  for (const address of localAddresses(trie)) {
    const network = networks.find((route) => holds(route.destination, route.prefixLength, address));
    const isLoopback = network === undefined && holds("127.0.0.0", 8, address);
    const iface = network?.iface ?? (isLoopback ? "lo" : undefined);
    if (iface === undefined) continue; // an address without a network, as on some tunnels: no text says whose it is
    const list = found.get(iface) ?? [];
    const prefixLength = network?.prefixLength ?? 8;
    list.push({ family: "IPv4", address, prefixLength, scope: undefined, flags: undefined });
    found.set(iface, list);
  }
  return found;
}

function prefixLengthOf(mask: string): number {
  const bits = mask.split(".").map((part) => Number(part).toString(2).padStart(8, "0"));
  return bits.join("").lastIndexOf("1") + 1;
}

function holds(network: string, prefixLength: number, address: string): boolean {
  const range = parseAddressRange(`${network}/${prefixLength}`);
  return range !== undefined && inRange(range, address);
}

/** The address under which others on the network reach this machine. */
export interface LanAddress {
  /** IP version of the address. */
  readonly family: "IPv4" | "IPv6";
  /** The address as text. */
  readonly address: string;
  /** Interface that has it. */
  readonly iface: string;
}

/** See the function `lanAddress`. */
export function lanAddressOf(net: Located, family: "IPv4" | "IPv6" | undefined): LanAddress | undefined {
  const interfaces = interfacesOf(net, false);
  for (const route of defaultRoutesOf(net)) {
    if (family !== undefined && route.family !== family) continue;
    const addresses = interfaces.find(({ name }) => name === route.iface)?.addresses ?? [];
    const best = bestAddress(addresses, route);
    if (best !== undefined) return { family: route.family, address: best.address, iface: route.iface };
  }
  return undefined;
}

/** IPv6: temporary and deprecated ones change or go; link-local ones mean nothing without a scope. */
function bestAddress(addresses: readonly InterfaceAddress[], route: DefaultRoute): InterfaceAddress | undefined {
  const own = addresses.filter(({ family, scope }) => family === route.family && (scope === undefined || scope === 0));
  if (route.family === "IPv6") return own.find(({ flags }) => ((flags ?? 0) & UNSTEADY) === 0) ?? own[0];
  const { gateway } = route;
  return own.find((own4) => gateway !== undefined && holds(own4.address, own4.prefixLength, gateway)) ?? own[0];
}

/** TEMPORARY, DADFAILED, DEPRECATED and TENTATIVE of `AddressFlags`. */
const UNSTEADY = 0x01 | 0x08 | 0x20 | 0x40;
