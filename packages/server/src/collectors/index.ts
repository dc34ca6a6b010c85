import { arp } from "./arp.ts";
import type { Collector } from "./collector.ts";
import { netdev } from "./netdev.ts";
import { netstat } from "./netstat.ts";
import { sockstat } from "./sockstat.ts";
import { softnet } from "./softnet.ts";
import { tcpstat } from "./tcpstat.ts";
import { udpQueues } from "./udp-queues.ts";

/** All collectors that node_exporter has too, by name. */
export const NODE_COLLECTORS: readonly Collector[] = [arp, netdev, netstat, sockstat, softnet, tcpstat, udpQueues];
