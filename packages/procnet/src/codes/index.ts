export { ipv4Text, ipv6Text } from "./address.ts";
export { type AddressRange, inRange, parseAddressRange, rangeText } from "./address-range.ts";
export { ARPFlags, ARPHardware } from "./arp.ts";
export type { ByteOrder } from "./byte-order.ts";
export { CanIdFlags } from "./can.ts";
export {
  ConntrackExpectFlags,
  type ConntrackStateName,
  ConntrackStatus,
  DccpConntrackState,
  SctpConntrackState,
  TcpConntrackState,
} from "./conntrack.ts";
export { EtherType } from "./ethertype.ts";
export { FlowLabelShare } from "./flowlabel.ts";
export { AddressFlags, Inet6Scope } from "./if-inet6.ts";
export { InterfaceFlags } from "./interface-flags.ts";
export { IpProtocol } from "./ip-protocol.ts";
export { Krb5Enctype } from "./krb5.ts";
export { MembershipFlags, MifFlags, VifFlags } from "./multicast.ts";
export { NeighbourFlags, NeighbourState } from "./neighbour.ts";
export { NetfilterProtocol, NfnetlinkCopyMode } from "./netfilter.ts";
export { NetlinkProtocol } from "./netlink.ts";
export { OperState } from "./oper-state.ts";
export { PacketFanoutFlags, PacketFanoutType, PacketMembershipType, PacketVersion } from "./packet.ts";
export { PppoxState } from "./pppox.ts";
export { RouteFlags } from "./route-flags.ts";
export { NextHopFlags, RouteEncapsulation, RouteProtocol, RuleAction, RuleFlags } from "./route-protocol.ts";
export {
  ROUTER_PREFERENCE_MASK,
  RouteCacheFlags,
  RouterPreference,
  RouteScope,
  RouteTableId,
  RouteType,
  routerPreference,
} from "./route-type.ts";
export { SctpPathState, SctpState, SctpStyle } from "./sctp.ts";
export { IpForwarding, TcpRtoAlgorithm } from "./snmp.ts";
export { TcpState, type TcpStateName, TcpTimer, UdpState } from "./tcp-state.ts";
export { flagNames, nameOf, type TwoWay, type Unknown } from "./two-way.ts";
export { SocketType, UnixFlags, UnixState } from "./unix.ts";
