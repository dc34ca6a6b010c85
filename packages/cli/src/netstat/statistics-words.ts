/*
 * What counters count, in words that follow a number. Only those are here that netstat describes as well: it prints all
 * others by the kernel's name, and whoever looks for one of those in the text finds it under that name.
 *
 * The terms are those of RFC 4293, 4022, 4113 and 3873 (retransmitted, discarded, delivered, reset) and of net-tools, as
 * people search for them. Where the RFCs do not say what is counted, it is from where the kernel counts.
 */

type Words = Readonly<Record<string, string>>;

const FRAGMENTS: Words = {
  ReasmTimeout: "reassemblies timed out",
  ReasmReqds: "fragments received that required reassembly",
  ReasmOKs: "packets reassembled ok",
  ReasmFails: "packet reassemblies failed",
  FragOKs: "packets fragmented ok",
  FragFails: "packets that could not be fragmented",
  FragCreates: "fragments created",
};

const IP = {
  InReceives: "total packets received",
  InHdrErrors: "packets discarded with invalid headers",
  InAddrErrors: "packets discarded with invalid addresses",
  ForwDatagrams: "packets forwarded",
  InUnknownProtos: "packets discarded for an unknown protocol",
  InDiscards: "incoming packets discarded, with no error in them",
  InDelivers: "incoming packets delivered",
  OutRequests: "requests sent out",
  OutDiscards: "outgoing packets dropped, with no error in them",
  OutNoRoutes: "outgoing packets dropped because of missing route",
  ...FRAGMENTS,
};

const IP6: Words = {
  InReceives: IP.InReceives,
  InHdrErrors: IP.InHdrErrors,
  InTooBigErrors: "packets discarded as too big for the outgoing link (MTU)",
  InNoRoutes: "incoming packets discarded because of missing route",
  InAddrErrors: IP.InAddrErrors,
  InUnknownProtos: IP.InUnknownProtos,
  InTruncatedPkts: "packets discarded as truncated",
  InDiscards: IP.InDiscards,
  InDelivers: IP.InDelivers,
  OutForwDatagrams: IP.ForwDatagrams,
  OutRequests: IP.OutRequests,
  OutDiscards: IP.OutDiscards,
  OutNoRoutes: IP.OutNoRoutes,
  ...FRAGMENTS,
  InMcastPkts: "multicast packets received",
  OutMcastPkts: "multicast packets sent",
};

const ICMP_TYPES = {
  DestUnreachs: "destination unreachable",
  TimeExcds: "time exceeded (TTL or reassembly)",
  ParmProbs: "parameter problem",
  SrcQuenchs: "source quench",
  Redirects: "redirect to a better next hop",
  Echos: "echo request (ping)",
  EchoReps: "echo reply",
  Timestamps: "timestamp request",
  TimestampReps: "timestamp reply",
  AddrMasks: "address mask request",
  AddrMaskReps: "address mask reply",
};

const ICMP6_TYPES: Words = {
  DestUnreachs: ICMP_TYPES.DestUnreachs,
  PktTooBigs: "packet too big",
  TimeExcds: "time exceeded (hop limit or reassembly)",
  ParmProblems: ICMP_TYPES.ParmProbs,
  Redirects: ICMP_TYPES.Redirects,
  Echos: ICMP_TYPES.Echos,
  EchoReplies: ICMP_TYPES.EchoReps,
  GroupMembQueries: "multicast listener query (MLD)",
  GroupMembResponses: "multicast listener report (MLD)",
  GroupMembReductions: "multicast listener done (MLD)",
  RouterSolicits: "router solicitation",
  NeighborSolicits: "neighbour solicitation",
  NeighborAdvertisements: "neighbour advertisement",
};

const ICMP6 = {
  InMsgs: "ICMP messages received",
  InErrors: "ICMP messages received with errors",
  OutMsgs: "ICMP messages sent",
};

const ICMP: Words = {
  ...ICMP6,
  OutErrors: "ICMP messages failed to send",
};

const TCP: Words = {
  ActiveOpens: "active connection openings",
  PassiveOpens: "passive connection openings",
  AttemptFails: "failed connection attempts",
  EstabResets: "established connections reset, by either side",
  CurrEstab: "connections established now",
  InSegs: "segments received",
  OutSegs: "segments sent out, without those retransmitted",
  RetransSegs: "segments retransmitted",
  InErrs: "bad segments received",
  OutRsts: "resets sent (RST)",
};

const UDP6 = {
  InDatagrams: "datagrams received and delivered",
  NoPorts: "datagrams received for an unknown port",
  InErrors: "datagrams received with errors, or dropped",
  OutDatagrams: "datagrams sent",
};

const UDP: Words = {
  ...UDP6,
  RcvbufErrors: "receive buffer errors: datagrams dropped, buffer full",
  SndbufErrors: "send buffer errors: datagrams not sent, no buffer",
};

const TCP_EXT: Words = {
  SyncookiesSent: "SYN cookies sent",
  SyncookiesRecv: "SYN cookies received",
  SyncookiesFailed: "invalid SYN cookies received",
  EmbryonicRsts: "resets received for embryonic (SYN_RECV) sockets",
  PruneCalled: "receive queues pruned because of socket buffer overrun",
  RcvPruned: "packets pruned from receive queue, socket buffer overrun",
  OfoPruned: "out-of-order queues pruned because of socket buffer overrun",
  OutOfWindowIcmps: "ICMP packets dropped because they were out of window",
  LockDroppedIcmps: "ICMP packets dropped because socket was locked",
  TW: "sockets finished TIME_WAIT, timer expired",
  TWRecycled: "sockets in TIME_WAIT recycled",
  PAWSActive: "active connections rejected because of timestamp (PAWS)",
  PAWSPassive: "passive connections rejected because of timestamp (PAWS)",
  PAWSEstab: "packets rejected on established connections, timestamp (PAWS)",
  DelayedACKs: "delayed ACKs sent",
  DelayedACKLocked: "delayed ACKs further delayed because socket was locked",
  DelayedACKLost: "duplicate segments received, so quick ACK mode activated",
  ListenOverflows: "times the listen (accept) queue of a socket overflowed",
  ListenDrops: "SYNs to LISTEN sockets dropped, overflows included",
  TCPHPHits: "data segments received by header prediction (fast path)",
  TCPPureAcks: "pure ACKs received, without data payload",
  TCPHPAcks: "ACKs received by header prediction (fast path)",
  TCPHPHitsToUser: "header predicted segments directly queued to user",
  TCPRenoRecovery: "fast recoveries after packet loss, without SACK (Reno)",
  TCPSACKReorder: "reordering detected using SACK",
  TCPRenoReorder: "reordering detected using duplicate ACKs (Reno)",
  TCPTSReorder: "reordering detected using timestamps",
  TCPFACKReorder: "reordering detected using FACK",
  TCPFullUndo: "congestion windows fully recovered: spurious retransmits undone",
  TCPPartialUndo: "congestion windows partially recovered, Hoe heuristic",
  TCPLossUndo: "congestion windows recovered after a spurious timeout (RTO)",
  TCPRenoFailures: "timeouts (RTO) after Reno fast retransmit",
  TCPLossFailures: "timeouts (RTO) in loss state",
  TCPFastRetrans: "fast retransmits",
  TCPForwardRetrans: "forward retransmits",
  TCPSlowStartRetrans: "retransmits in slow start, after a timeout (RTO)",
  TCPLostRetransmits: "retransmits lost, detected by SACK",
  TCPRcvCollapsed: "packets collapsed in receive queue, low socket buffer",
  TCPPrequeued: "packets directly queued to prequeue",
  TCPDirectCopyFromBacklog: "bytes directly received from backlog",
  TCPSchedulerFailed: "times receiver scheduled too late for direct processing",
  TCPAbortOnData: "connections reset because of unexpected data after close",
  TCPAbortOnClose: "connections reset because of early user close, data unread",
  TCPAbortOnSyn: "connections reset because of unexpected SYN",
  TCPAbortOnMemory: "connections aborted because of memory pressure, or too many orphans",
  TCPAbortOnTimeout: "connections aborted because of timeout",
  TCPAbortOnLinger: "connections aborted after user close in linger timeout",
  TCPAbortFailed: "times unable to send RST, for lack of memory",
  TCPMemoryPressures: "times TCP ran low on memory (memory pressure)",
};

const SCTP: Words = {
  SctpCurrEstab: "associations established now",
  SctpActiveEstabs: "active associations established",
  SctpPassiveEstabs: "passive associations established",
  SctpAborteds: "associations aborted",
  SctpShutdowns: "associations shut down gracefully",
  SctpOutOfBlues: "out of the blue packets received: of no association",
  SctpChecksumErrors: "packets received with invalid checksum",
  SctpOutCtrlChunks: "control chunks sent",
  SctpOutOrderChunks: "ordered data chunks sent",
  SctpOutUnorderChunks: "unordered data chunks sent",
  SctpInCtrlChunks: "control chunks received",
  SctpInOrderChunks: "ordered data chunks received",
  SctpInUnorderChunks: "unordered data chunks received",
  SctpFragUsrMsgs: "user messages fragmented",
  SctpReasmUsrMsgs: "user messages reassembled",
  SctpOutSCTPPacks: "SCTP packets sent",
  SctpInSCTPPacks: "SCTP packets received",
};

/** Words by section of the output, then by the kernel's name, which for IPv6 has the section in front. */
export const WORDS: Readonly<Record<string, Words>> = {
  Ip: IP,
  Icmp: { ...ICMP, ...bothWays(ICMP_TYPES) },
  Tcp: TCP,
  Udp: UDP,
  TcpExt: TCP_EXT,
  Sctp: SCTP,
  Ip6: prefixed("Ip6", IP6),
  Icmp6: prefixed("Icmp6", {
    ...ICMP6,
    ...bothWays(ICMP6_TYPES),
    InRouterAdvertisements: "received: router advertisement",
  }),
  Udp6: prefixed("Udp6", UDP6),
};

function bothWays(types: Words): Words {
  const all: Record<string, string> = {};
  for (const [name, about] of Object.entries(types)) {
    all[`In${name}`] = `received: ${about}`;
    all[`Out${name}`] = `sent: ${about}`;
  }
  return all;
}

function prefixed(section: string, words: Words): Words {
  return Object.fromEntries(Object.entries(words).map(([name, text]) => [`${section}${name}`, text]));
}

/** Described counters that say something although they are 0: the others are left out then, as unknown ones are. */
export const EVEN_ZERO: Readonly<Record<string, readonly string[]>> = {
  Ip: ["InReceives", "ForwDatagrams", "InDiscards", "InDelivers", "OutRequests"],
  Icmp: Object.keys(ICMP),
  Tcp: Object.keys(TCP),
  Udp: Object.keys(UDP),
  TcpExt: ["TCPHPHits"],
  Sctp: Object.keys(SCTP),
  Ip6: ["Ip6InReceives", "Ip6InDiscards", "Ip6InDelivers", "Ip6OutForwDatagrams", "Ip6OutRequests"],
  Icmp6: Object.keys(prefixed("Icmp6", ICMP6)),
  Udp6: Object.keys(prefixed("Udp6", UDP6)),
};

/** Settings rather than counters, which are not shown. */
export const SETTINGS: Readonly<Record<string, readonly string[]>> = {
  Ip: ["DefaultTTL"],
  Tcp: ["RtoAlgorithm", "RtoMin", "RtoMax", "MaxConn"],
};
