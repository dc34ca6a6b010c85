import type { Link, Neighbour } from "@procnet/kernel";
import { ARPFlags, NeighbourFlags } from "procnet";
import type { AskNetwork } from "../../source/network.ts";
import type { ShownNeighbour } from "./shown.ts";

/*
 * Neighbours as rtnetlink tells them: of both families, with their states and ages, then the entries of the proxy.
 */

/** All of a namespace; those that need no resolution where they are asked for. */
export function kernelNeighbours(ask: AskNetwork, isAll: boolean): ShownNeighbour[] {
  const links = new Map(ask((kernel) => kernel.links({ statistics: false })).map((link) => [link.index, link]));
  const known = ask((kernel) => kernel.neighbours());
  const proxies = ask((kernel) => kernel.neighbours({ isProxy: true }));
  return [...known, ...proxies].filter((row) => isAll || !isUnasked(row)).map((row) => neighbourOf(row, links));
}

/** Of devices that need no resolution, or that nothing was asked for yet: procfs and ip(8) leave these out. */
function isUnasked({ state, flags }: Neighbour): boolean {
  return (flags & NeighbourFlags.PROXY) === 0 && (state === "NOARP" || state === "NONE");
}

function neighbourOf(row: Neighbour, links: ReadonlyMap<number, Link>): ShownNeighbour {
  const link = links.get(row.ifIndex);
  const isProxy = (row.flags & NeighbourFlags.PROXY) !== 0;
  return {
    family: row.family,
    ipAddress: row.address,
    hwType: link?.hwType ?? 0,
    flags: isProxy ? ARPFlags.PERM | ARPFlags.PUBL : arpFlags(row),
    hwAddress: row.hwAddress,
    mask: "*",
    device: link?.name ?? (row.ifIndex === 0 ? "*" : String(row.ifIndex)),
    ...(!isProxy && { state: row.state }),
    isRouter: (row.flags & NeighbourFlags.ROUTER) !== 0,
    isProxy,
    ...(row.usedAgo !== undefined && { usedAgo: row.usedAgo }),
    ...(row.confirmedAgo !== undefined && { confirmedAgo: row.confirmedAgo }),
    ...(row.updatedAgo !== undefined && { updatedAgo: row.updatedAgo }),
    ...(row.probes !== undefined && { probes: row.probes }),
  };
}

const VALID: ReadonlySet<string> = new Set(["PERMANENT", "NOARP", "REACHABLE", "PROBE", "STALE", "DELAY"]);

/** arp_state_to_flags (net/ipv4/arp.c). */
function arpFlags({ state }: Neighbour): number {
  if (state === "PERMANENT") return ARPFlags.PERM | ARPFlags.COM;
  return VALID.has(state) ? ARPFlags.COM : 0;
}
