import { read } from "procnet";
import { rpcNfs } from "procnet/tables";
import { counter, type Family, single } from "../metrics/family.ts";
import { type Collector, netOf, type Source } from "./collector.ts";
import { CLIENT_METHODS, requestsOf } from "./nfs-methods.ts";

const PACKETS = counter("node_nfs_packets_total", "Packets of the client of NFS.", "protocol");
const CONNECTIONS = counter("node_nfs_connections_total", "Connections of the client of NFS.");
const RPCS = counter("node_nfs_rpcs_total", "Calls that the client of NFS made.");
const AGAIN = counter("node_nfs_rpc_retransmissions_total", "Calls that the client of NFS sent again.");
const REFRESHES = counter("node_nfs_rpc_authentication_refreshes_total", "Times credentials were renewed for NFS.");
const REQUESTS = counter("node_nfs_requests_total", "Requests of the client of NFS by procedure.", "method", "proto");

function* collect(source: Source): Generator<Family> {
  const of = netOf(source);
  const { net, rpc, ...versions } = read(rpcNfs, { of });
  if (net !== undefined) {
    const values = [
      { labels: { protocol: "udp" }, value: net.udp },
      { labels: { protocol: "tcp" }, value: net.tcp },
    ];
    yield { metric: PACKETS, values };
  }
  yield single(CONNECTIONS, net?.tcpConnections);
  yield single(RPCS, rpc?.calls);
  yield single(AGAIN, rpc?.retransmissions);
  yield single(REFRESHES, rpc?.authRefreshes);
  const values = (["proc2", "proc3", "proc4"] as const).flatMap((line) =>
    requestsOf(line.slice(-1), CLIENT_METHODS[line], versions[line]),
  );
  yield { metric: REQUESTS, values };
}

/** The client of NFS: `/proc/net/rpc/nfs`. */
export const nfs: Collector = {
  name: "nfs",
  isDefault: true,
  metrics: [PACKETS, CONNECTIONS, RPCS, AGAIN, REFRESHES, REQUESTS],
  collect,
};
