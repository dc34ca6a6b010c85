import type { LimitName } from "../limit-names.ts";
import { Interfaces } from "./interfaces.ts";
import { isUnjudged } from "./unjudged.ts";
import type { Window } from "./window.ts";

/** How much of a resource is used, of the part of it that is used most; `undefined` where that was not read. */
export function usedOf(resource: string, window: Window): number | undefined {
  const { sockstat, conntrack, arpCache, ndiscCache, sockets } = window.last;
  switch (resource) {
    case "interface":
      return most(linksOf(window));
    case "accept path":
      return most((sockets?.listeners ?? []).map(({ rxQueue }) => part(window, rxQueue, "net.core.somaxconn")));
    case "memory of TCP, UDP":
      return most([
        part(window, sockstat?.TCP?.mem, "net.ipv4.tcp_mem", 2),
        part(window, sockstat?.UDP?.mem, "net.ipv4.udp_mem", 2),
      ]);
    case "conntrack":
      return part(window, conntrack?.[0]?.entries, "net.netfilter.nf_conntrack_max");
    case "neighbours":
      return most([
        part(window, arpCache?.[0]?.entries, "net.ipv4.neigh.default.gc_thresh3"),
        part(window, ndiscCache?.[0]?.entries, "net.ipv6.neigh.default.gc_thresh3"),
      ]);
    case "TIME_WAIT":
      return part(window, sockstat?.TCP?.tw, "net.ipv4.tcp_max_tw_buckets");
    case "orphans":
      return part(window, sockstat?.TCP?.orphan, "net.ipv4.tcp_max_orphans");
    default:
      return undefined;
  }
}

/** What each link carries, of its speed: the busier direction. */
function linksOf(window: Window): (number | undefined)[] {
  const interfaces = Interfaces.of(window);
  return interfaces.last.flatMap((device) => {
    const { speed } = device;
    if (speed === undefined) return [];
    const both = [
      interfaces.grown(device, "recvBytes", ({ status }) => status.recvBytes),
      interfaces.grown(device, "sentBytes", ({ status }) => status.sentBytes),
    ];
    return both.map((bytes) => (isUnjudged(bytes) ? undefined : (bytes.perSecond * 8) / speed));
  });
}

/** A number held against one of the values of a setting. */
function part(window: Window, value: number | undefined, name: LimitName, at: number = 0): number | undefined {
  const values = window.limit(name);
  const limit = isUnjudged(values) ? undefined : values[at];
  return value === undefined || limit === undefined || limit <= 0 ? undefined : value / limit;
}

function most(shares: readonly (number | undefined)[]): number | undefined {
  let found: number | undefined;
  for (const share of shares) if (share !== undefined && !(found !== undefined && found >= share)) found = share;
  return found;
}
