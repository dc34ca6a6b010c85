// Devices: what is public of each file. `npm run lists` makes the doors of it.
export {
  type Bonding,
  type BondingAggregator,
  type BondingLacp,
  type BondingPort,
  type BondingSlave,
  bonding,
  parseBonding,
} from "./bonding.ts";
export { type Connector, type ConnectorRows, connector, parseConnector } from "./connector.ts";
export { type DeviceStatus, dev, type InterfaceDeviceStatus, parseDev } from "./dev.ts";
export { type DevMcast, type DevMcastRows, devMcast, parseDevMcast } from "./dev-mcast.ts";
export { type IfInet6, type IfInet6Rows, ifInet6, parseIfInet6 } from "./if-inet6.ts";
export { ipconfigNtpServers, type NtpServers, parseNtpServers } from "./ntp-servers.ts";
export { parsePktgen, pktgen } from "./pktgen.ts";
export { type Pnp, parsePnp, pnp } from "./pnp.ts";
export { type Pppoe, type PppoeRows, parsePppoe, pppoe } from "./pppoe.ts";
export {
  type Pppol2tp,
  type Pppol2tpCounters,
  type Pppol2tpRows,
  type Pppol2tpSession,
  parsePppol2tp,
  pppol2tp,
} from "./pppol2tp.ts";
export { type Psched, parsePsched, psched } from "./psched.ts";
export { parseVlan, type Vlan, type VlanPriority, vlan } from "./vlan.ts";
export { parseVlanConfig, type VlanConfig, type VlanConfigRows, vlanConfig } from "./vlan-config.ts";
export { parseWireless, type Wireless, type WirelessRows, wireless } from "./wireless.ts";
