import { read } from "procnet";
import { arp as arpTable } from "procnet/tables";
import { type Family, gauge } from "../metrics/family.ts";
import { type Collector, netOf, type Source } from "./collector.ts";
import { deviceLabel } from "./devices.ts";
import { passes } from "./filters.ts";

const ENTRIES = gauge("node_arp_entries", "Neighbours of IPv4 on the device, incomplete ones too.", "device");

function* collect(source: Source): Generator<Family> {
  const { filters } = source;
  const of = netOf(source);
  const counts = new Map<string, number>();
  for (const { device: name } of read(arpTable, { of, encoding: "latin1" })) {
    const device = deviceLabel(name);
    if (passes(filters.arp, device)) counts.set(device, (counts.get(device) ?? 0) + 1);
  }
  yield { metric: ENTRIES, values: [...counts].map(([device, value]) => ({ labels: { device }, value })) };
}

/** Neighbours: `/proc/net/arp`. */
export const arp: Collector = { name: "arp", isDefault: true, metrics: [ENTRIES], collect };
