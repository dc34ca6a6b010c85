import { networkPlace, type RouteWay } from "procnet";
import { type Family, gauge } from "../metrics/family.ts";
import { type Collector, netOf, type Source } from "./collector.ts";

const INFO = gauge(
  "node_network_route_info",
  "Ways that routes lead, in all tables; always 1.",
  ...["dest", "device", "gw", "priority", "proto", "src", "weight"],
);
const ROUTES = gauge("node_network_routes", "Ways that routes lead, in all tables.", "device");

async function* collect(source: Source): AsyncGenerator<Family> {
  const ways = await waysOf(source);
  yield { metric: INFO, values: ways.map((way) => ({ labels: labelsOf(way), value: 1 })) };
  const counts = new Map<string, number>();
  for (const { iface = "" } of ways) counts.set(iface, (counts.get(iface) ?? 0) + 1);
  yield { metric: ROUTES, values: [...counts].map(([device, value]) => ({ labels: { device }, value })) };
}

/** Those that lead somewhere else. Two that differ in their table alone have one series, as in node_exporter. */
async function waysOf(source: Source): Promise<RouteWay[]> {
  let why = "nobody is asked who knows of all tables";
  const ways = await source.network?.routes(networkPlace(netOf(source)), (note) => {
    why = note;
  });
  if (ways === undefined) throw new Error(why);
  const known = new Set<string>();
  return ways.filter((way) => {
    if (way.type !== "UNICAST") return false;
    const key = JSON.stringify(labelsOf(way));
    return !known.has(key) && known.add(key);
  });
}

function labelsOf(way: RouteWay): Record<string, string> {
  const { destination, prefixLength, iface = "", gateway = "", metric, protocol, preferredSource = "", weight } = way;
  return {
    dest: prefixLength === 0 ? "default" : `${destination}/${prefixLength}`,
    device: iface,
    gw: gateway,
    priority: String(metric),
    proto: protocol.startsWith("UNKNOWN") ? "unknown" : protocol.toLowerCase(),
    src: preferredSource,
    weight: weight === undefined ? "" : String(weight),
  };
}

/** Routes of all tables: the kernel alone tells them. */
export const networkRoute: Collector = { name: "network_route", isDefault: false, metrics: [INFO, ROUTES], collect };
