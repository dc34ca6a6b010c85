/*
 * What counters count, in words that follow a number. Only those are here that netstat describes as well: it prints all
 * others by the kernel's name, and whoever looks for one of those in the text finds it under that name.
 *
 * Where the meaning is not plain from RFC 4293, 4022, 4113 and 3873, it is from where the kernel counts.
 */

type Words = Readonly<Record<string, string>>;

const FRAGMENTS: Words = {
  ReasmTimeout: "reassemblies given up, as a fragment did not come in time",
  ReasmReqds: "fragments received",
  ReasmOKs: "packets made whole from fragments",
  ReasmFails: "reassemblies that came to nothing",
  FragOKs: "packets split into fragments",
  FragFails: "packets too large that could not be split",
  FragCreates: "fragments made by splitting",
};

const IP = {
  InReceives: "packets received, faulty ones too",
  InHdrErrors: "packets received whose header was wrong",
  InAddrErrors: "packets received for an address that cannot be served here",
  ForwDatagrams: "packets passed on to other hosts",
  InUnknownProtos: "packets received of a protocol that nobody here speaks",
  InDiscards: "packets received without fault and yet thrown away",
  InDelivers: "packets given to their protocol",
  OutRequests: "packets that protocols here wanted sent",
  OutDiscards: "packets to be sent, without fault and yet thrown away",
  OutNoRoutes: "packets to be sent that no route was found for",
  ...FRAGMENTS,
};

const IP6: Words = {
  InReceives: IP.InReceives,
  InHdrErrors: IP.InHdrErrors,
  InTooBigErrors: "packets received that the next link is too small for",
  InNoRoutes: "packets received that no route was found for",
  InAddrErrors: IP.InAddrErrors,
  InUnknownProtos: IP.InUnknownProtos,
  InTruncatedPkts: "packets received that ended before their length",
  InDiscards: IP.InDiscards,
  InDelivers: IP.InDelivers,
  OutForwDatagrams: IP.ForwDatagrams,
  OutRequests: IP.OutRequests,
  OutDiscards: IP.OutDiscards,
  OutNoRoutes: IP.OutNoRoutes,
  ...FRAGMENTS,
  InMcastPkts: "packets received that were sent to a group",
  OutMcastPkts: "packets sent to a group",
};

const ICMP_TYPES = {
  DestUnreachs: "about a destination out of reach",
  TimeExcds: "about a packet whose time was over",
  ParmProbs: "about a bad header field",
  SrcQuenchs: "asking to send more slowly",
  Redirects: "naming a better next hop",
  Echos: "asking for an echo",
  EchoReps: "answering with an echo",
  Timestamps: "asking for the time",
  TimestampReps: "answering with the time",
  AddrMasks: "asking for the address mask",
  AddrMaskReps: "answering with the address mask",
};

const ICMP6_TYPES: Words = {
  DestUnreachs: ICMP_TYPES.DestUnreachs,
  PktTooBigs: "about a packet too large for a link",
  TimeExcds: ICMP_TYPES.TimeExcds,
  ParmProblems: ICMP_TYPES.ParmProbs,
  Redirects: ICMP_TYPES.Redirects,
  Echos: ICMP_TYPES.Echos,
  EchoReplies: ICMP_TYPES.EchoReps,
  GroupMembQueries: "asking who listens to groups",
  GroupMembResponses: "joining a group",
  GroupMembReductions: "leaving a group",
  RouterSolicits: "asking for routers",
  NeighborSolicits: "asking for a neighbour's link address",
  NeighborAdvertisements: "telling a link address to a neighbour",
};

const ICMP6 = {
  InMsgs: "messages received, faulty ones too",
  InErrors: "messages received with a fault",
  OutMsgs: "messages sent",
};

const ICMP: Words = {
  ...ICMP6,
  OutErrors: "messages not sent, for reasons of ICMP itself",
};

const TCP: Words = {
  ActiveOpens: "connections asked for by this side",
  PassiveOpens: "connections asked for by the other side",
  AttemptFails: "connections that ended before they stood",
  EstabResets: "standing connections that ended without a farewell",
  CurrEstab: "connections that stand now",
  InSegs: "segments taken in, faulty ones too",
  OutSegs: "segments sent for the first time",
  RetransSegs: "segments sent again",
  InErrs: "segments taken in with a fault",
  OutRsts: "segments sent with the flag RST",
};

const UDP6 = {
  InDatagrams: "datagrams taken by their socket",
  NoPorts: "datagrams for a port without a socket",
  InErrors: "datagrams lost on their way to a socket",
  OutDatagrams: "datagrams handed to IP for sending",
};

const UDP: Words = {
  ...UDP6,
  RcvbufErrors: "datagrams lost to a full receive buffer",
  SndbufErrors: "datagrams not sent for want of buffer space",
};

const TCP_EXT: Words = {
  SyncookiesSent: "SYNs answered with a cookie",
  SyncookiesRecv: "cookies that came back and were valid",
  SyncookiesFailed: "cookies that came back and were wrong",
  EmbryonicRsts: "half-open connections ended by a RST from the other side",
  PruneCalled: "times a receive queue over its limit had to be made smaller",
  RcvPruned: "times a receive queue stayed over its limit and new segments were dropped",
  OfoPruned: "times segments that had come too early were thrown away for space",
  OutOfWindowIcmps: "ICMP errors ignored for a sequence number outside the window",
  LockDroppedIcmps: "ICMP errors dropped, as they met a socket in use",
  TW: "connections whose time in TIME_WAIT passed",
  TWRecycled: "connections in TIME_WAIT replaced by a new one early",
  PAWSActive: "answers to a SYN refused for their timestamp",
  PAWSPassive: "SYNs refused for their timestamp",
  PAWSEstab: "segments of a connection refused for an old timestamp",
  DelayedACKs: "acknowledgements that waited for their timer",
  DelayedACKLocked: "times the acknowledgement timer met a socket in use and was set anew",
  DelayedACKLost: "segments received a second time and acknowledged at once",
  ListenOverflows: "connections refused because a listener's queue was full",
  ListenDrops: "connections a listener could not take, for whatever reason",
  TCPHPHits: "data segments that took the fast path",
  TCPPureAcks: "acknowledgements received without data",
  TCPHPAcks: "acknowledgements received that took the fast path",
  TCPHPHitsToUser: "data segments copied from the fast path straight to a reader",
  TCPRenoRecovery: "fast recoveries begun without SACK",
  TCPSACKReorder: "reorderings noticed by SACK",
  TCPRenoReorder: "reorderings noticed by duplicate acknowledgements",
  TCPTSReorder: "reorderings noticed by timestamps",
  TCPFACKReorder: "reorderings noticed by forward acknowledgement",
  TCPFullUndo: "recoveries that were needless and fully taken back",
  TCPPartialUndo: "recoveries taken back on an acknowledgement of a part",
  TCPLossUndo: "recoveries after a timeout taken back",
  TCPRenoFailures: "timeouts in the midst of a fast recovery without SACK",
  TCPLossFailures: "timeouts while still recovering from a timeout",
  TCPFastRetrans: "segments sent again in fast recovery",
  TCPForwardRetrans: "segments sent again beyond those known lost",
  TCPSlowStartRetrans: "segments sent again after a timeout",
  TCPLostRetransmits: "segments sent again and lost again",
  TCPRcvCollapsed: "segments merged with a neighbour in a full receive queue",
  TCPPrequeued: "segments left for a waiting reader to work on",
  TCPDirectCopyFromBacklog: "bytes copied to a reader from its socket's backlog",
  TCPSchedulerFailed: "times a reader came too late for the segments left to it",
  TCPAbortOnData: "connections reset because data came for a closed socket",
  TCPAbortOnClose: "connections reset because a socket was closed with data unread",
  TCPAbortOnSyn: "connections reset because a SYN came within the window",
  TCPAbortOnMemory: "connections cut because too many were orphans or took too much memory",
  TCPAbortOnTimeout: "connections cut because a timer tried too often",
  TCPAbortOnLinger: "closed connections cut because the peer did not close in time",
  TCPAbortFailed: "RSTs not sent, for lack of memory",
  TCPMemoryPressures: "times the memory for TCP became scarce",
};

const SCTP: Words = {
  SctpCurrEstab: "associations that stand now",
  SctpActiveEstabs: "associations asked for by this side",
  SctpPassiveEstabs: "associations asked for by the other side",
  SctpAborteds: "associations that were aborted",
  SctpShutdowns: "associations that were shut down in good order",
  SctpOutOfBlues: "packets of no association known here",
  SctpChecksumErrors: "packets whose checksum was wrong",
  SctpOutCtrlChunks: "control chunks sent",
  SctpOutOrderChunks: "chunks of data sent in order",
  SctpOutUnorderChunks: "chunks of data sent without order",
  SctpInCtrlChunks: "control chunks taken in",
  SctpInOrderChunks: "chunks of data taken in by order",
  SctpInUnorderChunks: "chunks of data taken in without order",
  SctpFragUsrMsgs: "messages that were split",
  SctpReasmUsrMsgs: "messages that were put together",
  SctpOutSCTPPacks: "packets sent",
  SctpInSCTPPacks: "packets taken in",
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
    InRouterAdvertisements: "messages received from a router about itself",
  }),
  Udp6: prefixed("Udp6", UDP6),
};

function bothWays(types: Words): Words {
  const all: Record<string, string> = {};
  for (const [name, about] of Object.entries(types)) {
    all[`In${name}`] = `messages received ${about}`;
    all[`Out${name}`] = `messages sent ${about}`;
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
