import { type CatalogueEntry, entry } from "../form/catalogue-entry.ts";
import type { Counter } from "../form/options.ts";
import { type Snmp, snmpTable } from "./counters/snmp.ts";
import { type Snmp6, snmp6Table } from "./counters/snmp6.ts";
import { type DeviceStatus, devTable } from "./devices/dev.ts";
import { type ArpEntries, arpTable } from "./routes/arp.ts";
import { type RouteEntries, routeTable } from "./routes/route.ts";
import { type TcpNetEntries, tcp6Table, tcpTable } from "./sockets/inet/tcp.ts";
import { type UdpNetEntries, udp6Table, udpTable } from "./sockets/inet/udp.ts";
import { type UnixNetEntries, unixTable } from "./sockets/unix/unix.ts";

/** The files that nearly every program asks for. */
export interface CommonTables<Value extends Counter = number> {
  readonly arp: ArpEntries;
  readonly dev: DeviceStatus<Value>[];
  readonly route: RouteEntries;
  readonly snmp: Snmp<Value>;
  readonly snmp6: Snmp6<Value>;
  readonly tcp: TcpNetEntries;
  readonly tcp6: TcpNetEntries;
  readonly udp: UdpNetEntries;
  readonly udp6: UdpNetEntries;
  readonly unix: UnixNetEntries;
}

export const COMMON: { readonly [Name in keyof CommonTables]: CatalogueEntry<CommonTables<Counter>[Name]> } = {
  arp: entry(arpTable, { needs: "CONFIG_INET" }),
  dev: entry(devTable, { needs: "CONFIG_NET" }),
  route: entry(routeTable, { needs: "CONFIG_INET" }),
  snmp: entry(snmpTable, { needs: "CONFIG_INET" }),
  snmp6: entry(snmp6Table, { needs: "CONFIG_IPV6, module ipv6" }),
  tcp: entry(tcpTable, { needs: "CONFIG_INET" }),
  tcp6: entry(tcp6Table, { needs: "CONFIG_IPV6, module ipv6" }),
  udp: entry(udpTable, { needs: "CONFIG_INET" }),
  udp6: entry(udp6Table, { needs: "CONFIG_IPV6, module ipv6" }),
  unix: entry(unixTable, { needs: "CONFIG_UNIX" }),
};
