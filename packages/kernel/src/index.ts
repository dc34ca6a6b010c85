/**
 * What the Linux kernel tells of sockets by system call: netlink and a BPF iterator, through the runtime's own foreign-function interface.
 *
 * @packageDocumentation
 */

export { type ClosableSocket, type ClosedSocket, type CloseOptions, closeSockets } from "./close/close.ts";
export { bytecodeOf, type DiagCondition, type DiagSide } from "./diag/bytecode.ts";
export { NETLINK_SOCK_DIAG } from "./diag/constants.ts";
export { allRows, type Dump, eachRow, eachRowInTurns, type Told } from "./diag/dump.ts";
export { type CompiledInetFilter, compileInetFilter, type DiagTest } from "./diag/filter.ts";
export {
  countInetSockets,
  type InetQuestion,
  type InetSocketOf,
  type InetWanted,
  inetSockets,
} from "./diag/inet.ts";
export type { InetProtocol } from "./diag/inet-request.ts";
export { type NetlinkQuestion, netlinkSockets } from "./diag/netlink.ts";
export { destroyInetSocket, type InetEndpoints, inetSocket, type NamedInetSocket } from "./diag/one.ts";
export { fillPackets, type PacketPart, type PacketQuestion, packetSockets } from "./diag/packet.ts";
export { AS_PROCFS, stateMask } from "./diag/states.ts";
export { TCP_INFO_FIELDS, type TcpInfoField, USUAL_FIELDS } from "./diag/tcp-info.ts";
export { type UnixQuestion, type UnixWanted, unixSockets } from "./diag/unix.ts";
export { type VsockSocket, vsockSockets } from "./diag/vsock.ts";
export type { DoorName, KernelDoor } from "./door/door.ts";
export { NoDoor, openDoor } from "./door/open.ts";
export { KernelError } from "./netlink/errors.ts";
export { BrokenMessage } from "./netlink/message.ts";
export { NetlinkSocket } from "./netlink/socket.ts";
export type { UnknownAttributes } from "./netlink/value.ts";
export { PinFailure } from "./owners/bpffs.ts";
export { type Pinned, type PinOptions, pinOwners, type UnpinOptions, unpinOwners } from "./owners/pin.ts";
export { type AddressQuestion, addresses, type IpAddress } from "./route/addresses.ts";
export { type Family, NETLINK_ROUTE } from "./route/constants.ts";
export type { LinkData } from "./route/link-data.ts";
export type { Link, LinkIpv6, LinkMap, LinkXdp } from "./route/link-types.ts";
export { type LinkQuestion, links } from "./route/links.ts";
export { type Neighbour, type NeighbourQuestion, neighbours } from "./route/neighbours.ts";
export type { Encapsulation, IpRoute, NextHop, RouteCacheInfo, RouteMetrics } from "./route/route-types.ts";
export { type RouteQuestion, routes } from "./route/routes.ts";
export { type NumberRange, type RoutingRule, type RuleQuestion, rules } from "./route/routing-rules.ts";
export { createKernelSource, KernelSource, type KernelSourceOptions } from "./source/source.ts";
export { networkSocket } from "./threads/network-socket.ts";
export type { Moved } from "./traffic/figures.ts";
export { TRAFFIC_KINDS, type TrafficGroup, type TrafficKind, trafficBy } from "./traffic/groups.ts";
export { TrafficSums } from "./traffic/sums.ts";
export type { KernelTotals } from "./traffic/totals.ts";
export { type ConnectionTraffic, type TrafficLook, type TrafficOptions, traffic } from "./traffic/traffic.ts";
