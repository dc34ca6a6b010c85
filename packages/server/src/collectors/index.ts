import type { Collector } from "./collector.ts";
import { netdev } from "./netdev.ts";
import { netstat } from "./netstat.ts";

/** All collectors that node_exporter has too, by name. */
export const NODE_COLLECTORS: readonly Collector[] = [netdev, netstat];
