import { arp } from "./arp.ts";
import { bonding } from "./bonding.ts";
import type { Collector } from "./collector.ts";
import { conntrack } from "./conntrack.ts";
import { infiniband } from "./infiniband.ts";
import { ipvs } from "./ipvs.ts";
import { lnstat } from "./lnstat.ts";
import { netclass } from "./netclass.ts";
import { netdev } from "./netdev.ts";
import { netstat } from "./netstat.ts";
import { networkRoute } from "./network-route.ts";
import { nfs } from "./nfs.ts";
import { nfsd } from "./nfsd.ts";
import { sockstat } from "./sockstat.ts";
import { softnet } from "./softnet.ts";
import { tcpstat } from "./tcpstat.ts";
import { udpQueues } from "./udp-queues.ts";
import { xfrm } from "./xfrm.ts";

/** All collectors that node_exporter has too, by name. */
export const NODE_COLLECTORS: readonly Collector[] = [
  ...[arp, bonding, conntrack, infiniband, ipvs, lnstat, netclass, netdev, netstat, networkRoute, nfs, nfsd],
  ...[sockstat, softnet, tcpstat, udpQueues, xfrm],
];
