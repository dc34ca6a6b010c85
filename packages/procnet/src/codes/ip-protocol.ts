import { type TwoWay, twoWay } from "./two-way.ts";

const IP_PROTOCOLS = {
  IP: 0,
  ICMP: 1,
  IGMP: 2,
  IPIP: 4,
  TCP: 6,
  EGP: 8,
  PUP: 12,
  UDP: 17,
  IDP: 22,
  TP: 29,
  DCCP: 33,
  IPV6: 41,
  RSVP: 46,
  GRE: 47,
  ESP: 50,
  AH: 51,
  ICMPV6: 58,
  OSPF: 89,
  MTP: 92,
  BEETPH: 94,
  ENCAP: 98,
  PIM: 103,
  COMP: 108,
  VRRP: 112,
  L2TP: 115,
  SCTP: 132,
  UDPLITE: 136,
  MPLS: 137,
  ETHERNET: 143,
  AGGFRAG: 144,
  RAW: 255,
  SMC: 256,
  MPTCP: 262,
} as const;

/**
 * Protocols above IP: the `IPPROTO_` numbers of include/uapi/linux/in.h, and `OSPF` and `VRRP`, which Linux leaves to
 * programs with raw sockets.
 */
export const IpProtocol: TwoWay<typeof IP_PROTOCOLS> = twoWay(IP_PROTOCOLS);
