import type { IpAddress, Link as KernelLink } from "@procnet/kernel";
import type { SourceAsked } from "../source/kernel.ts";
import { type AskedNetwork, networkFor } from "../source/network.ts";
import type { Address4 } from "./interface-addresses.ts";
import type { Link } from "./interface-links.ts";
import type { Source } from "./source.ts";

/*
 * What net-tools asks by ioctl(2), by rtnetlink: both are answered by dev_get_flags() and the like.
 */

/** What procfs does not tell, as it is called in a sentence. */
export const MTU_AND_FLAGS = "MTU and flags of a network namespace that no sysfs here shows";

/** What the kernel tells of interfaces. */
export interface KernelInterfaces {
  /** By name, as text. */
  readonly links: ReadonlyMap<string, Link>;
  /** The first IPv4 address of each label, which is the name of its interface or was given. */
  readonly addresses: ReadonlyMap<string, Address4>;
}

/** What is told, and why nothing is. */
export interface KernelAnswered {
  readonly found: KernelInterfaces | undefined;
  readonly notes: readonly string[];
}

/**
 * Asks for the interfaces of this process's namespace, where that may be done.
 *
 * @throws UsageError, CommandFailure where the kernel must be asked and cannot
 */
export async function askInterfaces(asked: SourceAsked, of: Source): Promise<KernelAnswered> {
  const network = await networkFor(asked, "interfaces");
  return { found: await told(network, of), notes: network.notes };
}

async function told(network: AskedNetwork, of: Source): Promise<KernelInterfaces | undefined> {
  return network.ask(of, (ask) => {
    const links = ask((kernel) => kernel.links({ statistics: false }));
    const addresses = ask((kernel) => kernel.addresses({ family: "IPv4" }));
    return { links: byName(links), addresses: byLabel(addresses) };
  });
}

/** Names that are no text can become one: then it is not known whose is whose. */
function byName(links: readonly KernelLink[]): Map<string, Link> {
  const found = new Map<string, Link>();
  const names = new Set<string>();
  for (const link of links) {
    if (names.has(link.name)) found.delete(link.name);
    else found.set(link.name, linkOf(link));
    names.add(link.name);
  }
  return found;
}

function linkOf({ mtu = 0, flags, hwType, hwAddress = "", txQueueLength = -1 }: KernelLink): Link {
  const address = hwAddress === "" ? [] : hwAddress.split(":").map((byte) => Number.parseInt(byte, 16));
  return { mtu, flags: (flags << 16) >> 16, type: hwType, address, queueLength: txQueueLength };
}

const NOWHERE = "0.0.0.0";

function byLabel(addresses: readonly IpAddress[]): Map<string, Address4> {
  const found = new Map<string, Address4>();
  for (const { label, address, prefixLength, broadcast = NOWHERE, peer = address } of addresses) {
    if (label === undefined || found.has(label)) continue;
    found.set(label, { address, netmask: maskOf(prefixLength), broadcast, destination: peer });
  }
  return found;
}

function maskOf(prefixLength: number): string {
  const word = prefixLength === 0 ? 0 : (-1 << (32 - prefixLength)) >>> 0;
  return [word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255].join(".");
}
