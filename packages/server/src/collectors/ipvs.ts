import { type IpVsCounters, type IpVsDestination, type IpVsService, read } from "procnet";
import { ipVs, ipVsStats } from "procnet/tables";
import { counter, type Family, gauge, type Metric, single } from "../metrics/family.ts";
import { type Collector, netOf, type Source } from "./collector.ts";

const TOTALS: readonly (readonly [column: keyof IpVsCounters, metric: Metric])[] = [
  ["conns", counter("node_ipvs_connections_total", "Connections to virtual services.")],
  ["inPkts", counter("node_ipvs_incoming_packets_total", "Packets of clients of virtual services.")],
  ["outPkts", counter("node_ipvs_outgoing_packets_total", "Packets of servers behind virtual services.")],
  ["inBytes", counter("node_ipvs_incoming_bytes_total", "Bytes of clients of virtual services.")],
  ["outBytes", counter("node_ipvs_outgoing_bytes_total", "Bytes of servers behind virtual services.")],
];

const LABELS = ["local_address", "local_mark", "local_port", "proto", "remote_address", "remote_port"] as const;

const BACKENDS: readonly (readonly [column: "activeConns" | "inactConns" | "weight", metric: Metric])[] = [
  [
    "activeConns",
    gauge("node_ipvs_backend_connections_active", "Connections to a server that are established.", ...LABELS),
  ],
  [
    "inactConns",
    gauge("node_ipvs_backend_connections_inactive", "Connections to a server in any other state.", ...LABELS),
  ],
  ["weight", gauge("node_ipvs_backend_weight", "Share of new connections that a server gets.", ...LABELS)],
];

function* collect(source: Source): Generator<Family> {
  const of = netOf(source);
  const { total } = read(ipVsStats, { of });
  for (const [column, metric] of TOTALS) yield single(metric, total?.[column]);
  const backends = read(ipVs, { of }).services.flatMap((service) =>
    service.destinations.map((server) => ({ server, labels: labelsOf(service, server) })),
  );
  for (const [column, metric] of BACKENDS) {
    yield { metric, values: backends.map(({ server, labels }) => ({ labels, value: server[column] })) };
  }
}

function labelsOf(service: IpVsService, server: IpVsDestination): Record<(typeof LABELS)[number], string> {
  const mark = service.fwmark?.toString(16).toUpperCase().padStart(8, "0");
  return {
    local_address: service.address ?? "",
    local_mark: mark ?? "",
    local_port: String(service.port ?? 0),
    proto: service.protocol,
    remote_address: server.address,
    remote_port: String(server.port),
  };
}

/** Virtual servers: `/proc/net/ip_vs` and `ip_vs_stats`. */
export const ipvs: Collector = {
  name: "ipvs",
  isDefault: true,
  metrics: [...TOTALS, ...BACKENDS].map(([, metric]) => metric),
  collect,
};
