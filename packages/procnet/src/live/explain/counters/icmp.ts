/** Icmp and Icmp6, without the counters of single messages. See lines.ts for the columns. */
export const ICMP = `
InMsgs|icmp_rcv icmp.c|messages received, faulty ones among them
InErrors|icmp_rcv icmp.c|messages received that were faulty or of an unknown kind
InCsumErrors|icmp_rcv icmp.c|messages received with a wrong checksum|3.10
OutMsgs|icmp_out_count icmp.c|messages sent, or begun to be
OutErrors|icmp_push_reply icmp.c|messages not sent, for want of memory say
OutRateLimitGlobal|icmpv4_global_allow icmp.c|messages held back by the limit of the host, icmp_msgs_per_sec|6.4
OutRateLimitHost|icmpv4_xrlim_allow icmp.c|messages held back by the limit of one destination, icmp_ratelimit|6.4
`;

export const ICMP6 = `
InMsgs|icmpv6_rcv icmp.c|messages received, faulty ones among them
InErrors|icmpv6_rcv icmp.c|messages received that were faulty, or errors about a packet of no socket
OutMsgs|icmp6_send icmp.c|messages sent, or begun to be
OutErrors|icmp6_send icmp.c|messages not sent, for want of memory say
InCsumErrors|icmpv6_rcv icmp.c|messages received with a wrong checksum|3.10
OutRateLimitHost|icmpv6_xrlim_allow icmp.c|messages held back by the limit of one destination|6.4
`;

/** What stands behind `In` or `Out`, with what such a message says. */
export const ICMP_MESSAGES: Readonly<Record<string, string>> = {
  DestUnreachs: "destination unreachable",
  TimeExcds: "time exceeded: the time to live ran out, or fragments did not come",
  ParmProbs: "parameter problem: a header could not be understood",
  SrcQuenchs: "source quench, obsolete: send more slowly",
  Redirects: "redirect: there is a better way",
  Echos: "echo request, as ping sends it",
  EchoReps: "echo reply, as it answers ping",
  Timestamps: "time stamp request",
  TimestampReps: "time stamp reply",
  AddrMasks: "address mask request, obsolete",
  AddrMaskReps: "address mask reply, obsolete",
  PktTooBigs: "packet too big: the way does not take packets of this size",
  ParmProblems: "parameter problem: a header could not be understood",
  EchoReplies: "echo reply, as it answers ping",
  GroupMembQueries: "question which multicast groups are wanted (MLD)",
  GroupMembResponses: "multicast group wanted (MLD version 1)",
  GroupMembReductions: "multicast group no longer wanted (MLD version 1)",
  RouterSolicits: "question for routers",
  RouterAdvertisements: "announcement of a router",
  NeighborSolicits: "question for the link address of a neighbour",
  NeighborAdvertisements: "link address of a neighbour",
  MLDv2Reports: "multicast groups wanted (MLD version 2)",
};
