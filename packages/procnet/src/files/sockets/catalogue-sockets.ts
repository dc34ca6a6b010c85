import { type CatalogueEntry, entry } from "../../form/catalogue-entry.ts";
import type { Counter } from "../../form/options.ts";
import { type IcmpNetEntries, icmp6Table, icmpTable } from "./inet/icmp.ts";
import { type RawNetEntries, raw6Table, rawTable } from "./inet/raw.ts";
import { type UdpliteNetEntries, udplite6Table, udpliteTable } from "./inet/udplite.ts";
import { type NetlinkNetEntries, netlinkTable } from "./netlink.ts";
import { type PacketNetEntries, packetTable } from "./packet.ts";
import { type ProtocolEntries, protocolsTable } from "./protocols.ts";
import { type PtypeEntries, ptypeTable } from "./ptype.ts";

/** Tables of sockets other than TCP, UDP and unix, and what else the kernel tells of its sockets. */
export interface SocketTables<_Value extends Counter = number> {
  readonly icmp: IcmpNetEntries;
  readonly icmp6: IcmpNetEntries;
  readonly netlink: NetlinkNetEntries;
  readonly packet: PacketNetEntries;
  readonly protocols: ProtocolEntries;
  readonly ptype: PtypeEntries;
  readonly raw: RawNetEntries;
  readonly raw6: RawNetEntries;
  readonly udplite: UdpliteNetEntries;
  readonly udplite6: UdpliteNetEntries;
}

export const SOCKETS: { readonly [Name in keyof SocketTables]: CatalogueEntry<SocketTables<Counter>[Name]> } = {
  icmp: entry(icmpTable, { since: "3.0", needs: "CONFIG_INET" }),
  icmp6: entry(icmp6Table, { since: "3.12", needs: "CONFIG_IPV6, module ipv6" }),
  netlink: entry(netlinkTable, { needs: "CONFIG_NET" }),
  packet: entry(packetTable, { needs: "CONFIG_PACKET, module af_packet" }),
  protocols: entry(protocolsTable, { needs: "CONFIG_NET" }),
  ptype: entry(ptypeTable, { since: "2.6.26", needs: "CONFIG_NET" }),
  raw: entry(rawTable, { needs: "CONFIG_INET" }),
  raw6: entry(raw6Table, { needs: "CONFIG_IPV6, module ipv6" }),
  udplite: entry(udpliteTable, { since: "2.6.20", until: "7.1", needs: "CONFIG_INET" }),
  udplite6: entry(udplite6Table, { since: "2.6.20", until: "7.1", needs: "CONFIG_IPV6, module ipv6" }),
};
