import { type CatalogueEntry, entry } from "../../form/catalogue-entry.ts";
import type { Counter } from "../../form/options.ts";
import { type Bonding, bondingTable } from "./bonding.ts";
import { type ConnectorRows, connectorTable } from "./connector.ts";
import { type DevMcastRows, devMcastTable } from "./dev-mcast.ts";
import { type IfInet6Rows, ifInet6Table } from "./if-inet6.ts";
import { type NtpServers, ntpServersTable } from "./ntp-servers.ts";
import { pktgenTable } from "./pktgen.ts";
import { type Pnp, pnpTable } from "./pnp.ts";
import { type PppoeRows, pppoeTable } from "./pppoe.ts";
import { type Pppol2tpRows, pppol2tpTable } from "./pppol2tp.ts";
import { type Psched, pschedTable } from "./psched.ts";
import { type Vlan, vlanTable } from "./vlan.ts";
import { type VlanConfigRows, vlanConfigTable } from "./vlan-config.ts";
import { type WirelessRows, wirelessTable } from "./wireless.ts";

/** Devices, and what the kernel set up by itself. */
export interface DeviceTables<Value extends Counter = number> {
  readonly "bonding/*": Bonding | undefined;
  readonly connector: ConnectorRows;
  readonly dev_mcast: DevMcastRows;
  readonly if_inet6: IfInet6Rows;
  readonly "ipconfig/ntp_servers": NtpServers;
  readonly "pktgen/*": string;
  readonly pnp: Pnp | undefined;
  readonly pppoe: PppoeRows;
  readonly pppol2tp: Pppol2tpRows<Value>;
  readonly psched: Psched | undefined;
  readonly "vlan/*": Vlan<Value> | undefined;
  readonly "vlan/config": VlanConfigRows;
  readonly wireless: WirelessRows;
}

const VLAN = { needs: "CONFIG_VLAN_8021Q, module 8021q", readers: "root" } as const;
const IP_PNP = { needs: "CONFIG_IP_PNP", scope: "initial" } as const;

export const DEVICES: { readonly [Name in keyof DeviceTables]: CatalogueEntry<DeviceTables<Counter>[Name]> } = {
  "bonding/*": entry(bondingTable, { needs: "CONFIG_BONDING, module bonding" }),
  connector: entry(connectorTable, { needs: "CONFIG_CONNECTOR", scope: "initial" }),
  dev_mcast: entry(devMcastTable, { needs: "CONFIG_NET" }),
  if_inet6: entry(ifInet6Table, { needs: "CONFIG_IPV6, module ipv6" }),
  "ipconfig/ntp_servers": entry(ntpServersTable, { ...IP_PNP, since: "4.18" }),
  "pktgen/*": entry(pktgenTable, { needs: "CONFIG_NET_PKTGEN, module pktgen", readers: "root" }),
  pnp: entry(pnpTable, IP_PNP),
  pppoe: entry(pppoeTable, { needs: "CONFIG_PPPOE, module pppoe" }),
  pppol2tp: entry(pppol2tpTable, { needs: "CONFIG_PPPOL2TP, module l2tp_ppp", since: "2.6.23" }),
  psched: entry(pschedTable, { needs: "CONFIG_NET_SCHED", scope: "machine" }),
  "vlan/*": entry(vlanTable, VLAN),
  "vlan/config": entry(vlanConfigTable, VLAN),
  wireless: entry(wirelessTable, {
    needs: "CONFIG_WEXT_PROC and a wireless driver",
    sideEffect: "takes away the marks of values that were renewed since the last read",
  }),
};
