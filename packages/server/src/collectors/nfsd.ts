import { type RpcNfsd, read } from "procnet";
import { rpcNfsd } from "procnet/tables";
import { counter, type Family, gauge, type Metric, single } from "../metrics/family.ts";
import { type Collector, netOf, type Source } from "./collector.ts";
import { requestsOf, SERVER_METHODS } from "./nfs-methods.ts";

type Single = readonly [metric: Metric, value: (stats: RpcNfsd) => number | undefined];

const SINGLES: readonly Single[] = [
  [counter("node_nfsd_reply_cache_hits_total", "Requests answered from the cache."), ({ rc }) => rc?.hits],
  [counter("node_nfsd_reply_cache_misses_total", "Requests that were not in the cache."), ({ rc }) => rc?.misses],
  [counter("node_nfsd_reply_cache_nocache_total", "Requests that are never cached."), ({ rc }) => rc?.nocache],
  [counter("node_nfsd_file_handles_stale_total", "Handles of files that were stale."), ({ fh }) => fh?.stale],
  [counter("node_nfsd_disk_bytes_read_total", "Bytes that clients read."), ({ io }) => io?.read],
  [counter("node_nfsd_disk_bytes_written_total", "Bytes that clients wrote."), ({ io }) => io?.write],
  [gauge("node_nfsd_server_threads", "Threads of the server."), ({ th }) => th?.threads],
  [
    gauge("node_nfsd_read_ahead_cache_size_blocks", "Size of the cache of what is read ahead; 0 where there is none."),
    ({ ra }) => ra?.numbers[0] ?? 0,
  ],
  [
    counter("node_nfsd_read_ahead_cache_not_found_total", "What was not in the cache of what is read ahead."),
    ({ ra }) => ra?.numbers[11] ?? 0,
  ],
  [counter("node_nfsd_connections_total", "Connections to the server of NFS."), ({ net }) => net?.tcpConnections],
  [counter("node_nfsd_server_rpcs_total", "Calls to the server of NFS."), ({ rpc }) => rpc?.calls],
];

const PACKETS = counter("node_nfsd_packets_total", "Packets to the server of NFS.", "proto");
const ERRORS = counter(
  "node_nfsd_rpc_errors_total",
  "Calls to the server of NFS that were wrong, by what was.",
  "error",
);
const REQUESTS = counter("node_nfsd_requests_total", "Requests to the server of NFS by procedure.", "method", "proto");

function* collect(source: Source): Generator<Family> {
  const of = netOf(source);
  const stats = read(rpcNfsd, { of });
  for (const [metric, value] of SINGLES) yield single(metric, value(stats));
  const { net, rpc } = stats;
  yield valuesOf(PACKETS, "proto", net && { udp: net.udp, tcp: net.tcp });
  yield valuesOf(ERRORS, "error", rpc && { fmt: rpc.badFormat, auth: rpc.badAuth, cInt: rpc.badClient });
  const values = [
    ...requestsOf("2", SERVER_METHODS.proc2, stats.proc2),
    ...requestsOf("3", SERVER_METHODS.proc3, stats.proc3),
    ...requestsOf("4", SERVER_METHODS.proc4, stats.proc4ops),
    { labels: { method: "WdelegGetattr", proto: "4" }, value: stats.wdeleg_getattr?.count ?? 0 },
  ];
  yield { metric: REQUESTS, values };
}

function valuesOf(metric: Metric, label: string, counts: Readonly<Record<string, number>> = {}): Family {
  return { metric, values: Object.entries(counts).map(([name, value]) => ({ labels: { [label]: name }, value })) };
}

/** The server of NFS: `/proc/net/rpc/nfsd`. */
export const nfsd: Collector = {
  name: "nfsd",
  isDefault: true,
  metrics: [...SINGLES.map(([metric]) => metric), PACKETS, ERRORS, REQUESTS],
  collect,
};
