/** Findings, each with the counters it looks at: id, then names. A counter of several is with the one that is about it. */
const JUDGED = `
tcp-accept-queue-overflow TcpExt.ListenOverflows
tcp-listen-drops-other TcpExt.ListenDrops
tcp-syn-queue-full TcpExt.TCPReqQFullDrop TcpExt.TCPReqQFullDoCookies TcpExt.SyncookiesSent TcpExt.SyncookiesRecv
tcp-syn-cookies-bad TcpExt.SyncookiesFailed
tcp-owner-not-reading TcpExt.TCPToZeroWindowAdv
tcp-retransmissions Tcp.RetransSegs Tcp.OutSegs
tcp-spurious TcpExt.TCPSpuriousRTOs TcpExt.TCPDSACKRecv
tcp-timeouts TcpExt.TCPTimeouts TcpExt.TCPAbortOnTimeout
tcp-connect-unanswered TcpExt.TCPSynRetrans Tcp.ActiveOpens
tcp-attempt-fails Tcp.AttemptFails Tcp.EstabResets Tcp.OutRsts
tcp-time-wait TCP.tw TcpExt.TCPTimeWaitOverflow
tcp-orphans TCP.orphan
tcp-memory TCP.mem
tcp-memory-pressure TcpExt.TCPMemoryPressures TcpExt.TCPMemoryPressuresChrono
tcp-abort-memory TcpExt.TCPAbortOnMemory
tcp-receive-drops TcpExt.TCPRcvQDrop TcpExt.TCPBacklogDrop TcpExt.TCPZeroWindowDrop TcpExt.RcvPruned TcpExt.OfoPruned TcpExt.TCPOFODrop TcpExt.PruneCalled
udp-receive-buffer Udp.RcvbufErrors Udp6.RcvbufErrors Udp.InDatagrams Udp6.InDatagrams
udp-send-buffer Udp.SndbufErrors Udp6.SndbufErrors
udp-memory Udp.MemErrors Udp6.MemErrors UDP.mem
udp-no-port Udp.NoPorts Udp6.NoPorts
udp-checksum IpExt.InCsumErrors Tcp.InCsumErrors Udp.InCsumErrors Udp6.InCsumErrors Icmp.InCsumErrors Icmp6.InCsumErrors
softnet-dropped softnet_stat.dropped
softnet-squeezed softnet_stat.timeSqueeze
softnet-flow-limit softnet_stat.flowLimitCount
conntrack-full stat/nf_conntrack.entries
conntrack-drop stat/nf_conntrack.drop stat/nf_conntrack.earlyDrop
conntrack-insert-failed stat/nf_conntrack.insertFailed stat/nf_conntrack.clashres
neighbour-table stat/arp_cache.entries stat/arp_cache.tableFulls stat/arp_cache.unresolvedDiscards stat/arp_cache.forcedGcRuns stat/ndisc_cache.entries stat/ndisc_cache.tableFulls stat/ndisc_cache.unresolvedDiscards stat/ndisc_cache.forcedGcRuns
interface-errors dev.recvErrs dev.sentErrs
interface-drops dev.recvDrop dev.sentDrop
interface-fifo dev.recvFifo dev.sentFifo
interface-saturated dev.recvBytes dev.sentBytes
interface-storm dev.recvPackets dev.sentPackets
ip-no-route Ip.OutNoRoutes Ip6.OutNoRoutes
ip-discards Ip.InDiscards Ip.OutDiscards Ip6.InDiscards Ip6.OutDiscards
ip-reassembly Ip.ReasmFails Ip6.ReasmFails
ip-rpfilter TcpExt.IPReversePathFilter
`;

/** The finding that a counter belongs to; `undefined` where none looks at it. */
export function judgedBy(counter: string): string | undefined {
  for (const line of JUDGED.trim().split("\n")) {
    const [id, ...counters] = line.split(" ");
    if (counters.includes(counter)) return id;
  }
  if (/^xfrm_stat\.(?!.*PolBlock$)/.test(counter)) return "xfrm-errors";
  if (/^tls_stat\..*Error/.test(counter)) return "tls-errors";
  return undefined;
}
