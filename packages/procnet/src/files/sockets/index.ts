// Tables of sockets, and of the protocols and packet handlers that they use: what is public of each file. `npm run lists` makes the doors of it.
export { type IcmpNetEntries, type IcmpNetEntry, icmp, icmp6, parseIcmp, parseIcmp6 } from "./inet/icmp.ts";
export type { InetOptions } from "./inet/inet-format.ts";
export type { InetSocketEntry, InetWhere } from "./inet/inet-row.ts";
export { parseRaw, parseRaw6, type RawNetEntries, type RawNetEntry, raw, raw6 } from "./inet/raw.ts";
export { parseTcp, parseTcp6, type TcpNetEntries, type TcpNetEntry, tcp, tcp6 } from "./inet/tcp.ts";
export { parseUdp, parseUdp6, type UdpNetEntries, type UdpNetEntry, udp, udp6 } from "./inet/udp.ts";
export {
  parseUdplite,
  parseUdplite6,
  type UdpliteNetEntries,
  type UdpliteNetEntry,
  udplite,
  udplite6,
} from "./inet/udplite.ts";
export { type NetlinkNetEntries, type NetlinkNetEntry, netlink, parseNetlink } from "./netlink.ts";
export { type PacketNetEntries, type PacketNetEntry, packet, parsePacket } from "./packet.ts";
export {
  type ProtocolEntries,
  type ProtocolEntry,
  type ProtocolMethods,
  parseProtocols,
  protocols,
} from "./protocols.ts";
export { type PtypeEntries, type PtypeEntry, parsePtype, ptype } from "./ptype.ts";
export {
  parseUnix,
  type UnixNetEntries,
  type UnixNetEntry,
  type UnixOptions,
  type UnixWhere,
  unix,
} from "./unix/unix.ts";
