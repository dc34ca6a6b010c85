import type { Counters } from "../../form/mib.ts";
import type { Counter } from "../../form/options.ts";

/**
 * Linux's own counters of TCP, both address families together: `TcpExt:` of `/proc/net/netstat`. They are machine
 * words, 32 bits wide on 32-bit kernels. Kernels before the release that a counter names lack it; those that went away
 * (`TCPPrequeued`, `TCPFACKReorder`, ...) and those of a later kernel come under their own names.
 */
export type TcpExtMib<Value extends Counter = number> = Counters<Value> & {
  /** SYN cookies sent: the queue of a listener was full. */
  readonly SyncookiesSent: Value;
  /** Valid SYN cookies that came back. */
  readonly SyncookiesRecv: Value;
  /** SYN cookies that came back invalid. */
  readonly SyncookiesFailed: Value;
  /** Resets of connections that were not established yet. */
  readonly EmbryonicRsts: Value;
  /** Times a receive buffer overran and was cleaned up. */
  readonly PruneCalled: Value;
  /** Times nothing could be freed, and packets were dropped. */
  readonly RcvPruned: Value;
  /** Times packets out of order were dropped for want of memory. */
  readonly OfoPruned: Value;
  /** ICMP messages about a sequence number outside the window. */
  readonly OutOfWindowIcmps: Value;
  /** ICMP messages dropped because a program held the socket. */
  readonly LockDroppedIcmps: Value;
  /** ARP requests not answered because of `arp_filter`. */
  readonly ArpFilter: Value;
  /** Connections left to a time-wait entry for its usual time. */
  readonly TW: Value;
  /** Time-wait connections reused for a new one. */
  readonly TWRecycled: Value;
  /** Connections left to a time-wait entry that was to last four seconds at most. */
  readonly TWKilled: Value;
  /** Segments refused in `SYN_SENT` for their time stamp. */
  readonly PAWSActive: Value;
  /** Segments refused on an open connection for their time stamp. */
  readonly PAWSEstab: Value;
  /** Segments that end behind the receive window. Since Linux 6.17. */
  readonly BeyondWindow?: Value;
  /** Since Linux 6.15. */
  readonly TSEcrRejected?: Value;
  /** Old acknowledgements refused for their time stamp, harmless. Since Linux 6.14. */
  readonly PAWSOldAck?: Value;
  /** Segments refused in time-wait for their time stamp. Since Linux 6.16. */
  readonly PAWSTimewait?: Value;
  /** Acknowledgements sent late on purpose. */
  readonly DelayedACKs: Value;
  /** Acknowledgements later still because a program held the socket. */
  readonly DelayedACKLocked: Value;
  /** Acknowledgements late enough that the peer sent again. */
  readonly DelayedACKLost: Value;
  /** Connections refused because the queue for `accept` was full. */
  readonly ListenOverflows: Value;
  /** Connections refused by listeners for any reason, `ListenOverflows` among them. */
  readonly ListenDrops: Value;
  /** Segments received on the fast path. */
  readonly TCPHPHits: Value;
  /** Acknowledgements without data on the slow path. */
  readonly TCPPureAcks: Value;
  /** Acknowledgements on the fast path. */
  readonly TCPHPAcks: Value;
  /** Times loss was repaired without SACK. */
  readonly TCPRenoRecovery: Value;
  /** Times loss was repaired with SACK. */
  readonly TCPSackRecovery: Value;
  /** Times a peer took back what it had acknowledged with SACK. */
  readonly TCPSACKReneging: Value;
  /** Times packets were found reordered, by SACK. */
  readonly TCPSACKReorder: Value;
  /** Times packets were found reordered, by duplicate ACKs without SACK. */
  readonly TCPRenoReorder: Value;
  /** Times packets were found reordered, by time stamps. */
  readonly TCPTSReorder: Value;
  /** Times a slowdown was undone because nothing had been lost. */
  readonly TCPFullUndo: Value;
  /** Times a slowdown was undone by a partial ACK. */
  readonly TCPPartialUndo: Value;
  /** Times a slowdown was undone by DSACK. */
  readonly TCPDSACKUndo: Value;
  /** Times a slowdown after a time-out was undone. */
  readonly TCPLossUndo: Value;
  /** Retransmissions that were lost too. */
  readonly TCPLostRetransmit: Value;
  /** Time-outs after packets seemed reordered, without SACK. */
  readonly TCPRenoFailures: Value;
  /** Time-outs after packets seemed reordered, with SACK. */
  readonly TCPSackFailures: Value;
  /** Time-outs while an earlier one was recovered from. */
  readonly TCPLossFailures: Value;
  /** Segments sent again by fast retransmit. */
  readonly TCPFastRetrans: Value;
  /** Segments sent again after a timeout. */
  readonly TCPSlowStartRetrans: Value;
  /** Retransmission timeouts. */
  readonly TCPTimeouts: Value;
  /** Tail loss probes sent. Since Linux 3.10. */
  readonly TCPLossProbes?: Value;
  /** Losses that such a probe repaired. Since Linux 3.10. */
  readonly TCPLossProbeRecovery?: Value;
  /** Recoveries without SACK that ended in a time-out. */
  readonly TCPRenoRecoveryFail: Value;
  /** Recoveries with SACK that ended in a time-out. */
  readonly TCPSackRecoveryFail: Value;
  /** Packets merged in a receive queue to save memory. */
  readonly TCPRcvCollapsed: Value;
  /** Packets merged while a program held the socket. Since Linux 5.0. */
  readonly TCPBacklogCoalesce?: Value;
  /** Duplicates received and told to the peer by DSACK. */
  readonly TCPDSACKOldSent: Value;
  /** DSACKs sent for data that waited out of order. */
  readonly TCPDSACKOfoSent: Value;
  /** DSACKs received: this side sent something twice for nothing. */
  readonly TCPDSACKRecv: Value;
  /** DSACKs received for data that waited out of order. */
  readonly TCPDSACKOfoRecv: Value;
  /** Connections reset because data came after the program closed, or closed with `SO_LINGER` of no time. */
  readonly TCPAbortOnData: Value;
  /** Connections reset because the program closed with data unread. */
  readonly TCPAbortOnClose: Value;
  /** Connections given up for want of memory or too many orphans. */
  readonly TCPAbortOnMemory: Value;
  /** Connections given up because a timer ran out. */
  readonly TCPAbortOnTimeout: Value;
  /** Connections ended right after their close, as `TCP_LINGER2` below 0 asks. */
  readonly TCPAbortOnLinger: Value;
  /** Resets that could not be sent. */
  readonly TCPAbortFailed: Value;
  /** Times TCP came under memory pressure. */
  readonly TCPMemoryPressures: Value;
  /** Milliseconds under memory pressure. Since Linux 4.13. */
  readonly TCPMemoryPressuresChrono?: Value;
  /** Since Linux 2.6.2x. */
  readonly TCPSACKDiscard?: Value;
  /** Since Linux 2.6.2x. */
  readonly TCPDSACKIgnoredOld?: Value;
  /** Since Linux 2.6.2x. */
  readonly TCPDSACKIgnoredNoUndo?: Value;
  /** Timeouts that turned out to be needless (F-RTO). Since Linux 2.6.2x. */
  readonly TCPSpuriousRTOs?: Value;
  /** Segments without the MD5 signature that was due. Since Linux 2.6.2x. */
  readonly TCPMD5NotFound?: Value;
  /** Segments with an MD5 signature that was not due. Since Linux 2.6.2x. */
  readonly TCPMD5Unexpected?: Value;
  /** Segments with a wrong MD5 signature. Since Linux 4.13. */
  readonly TCPMD5Failure?: Value;
  /** Since Linux 2.6.28. */
  readonly TCPSackShifted?: Value;
  /** Since Linux 2.6.28. */
  readonly TCPSackMerged?: Value;
  /** Since Linux 2.6.28. */
  readonly TCPSackShiftFallback?: Value;
  /** Packets dropped because the backlog of a socket was full. Since Linux 2.6.34. */
  readonly TCPBacklogDrop?: Value;
  /** Packets dropped because memory is for swapping over the network. Since Linux 4.10. */
  readonly PFMemallocDrop?: Value;
  /** Since Linux 2.6.34. */
  readonly TCPMinTTLDrop?: Value;
  /** Handshakes held back by `TCP_DEFER_ACCEPT`. Since Linux 2.6.34. */
  readonly TCPDeferAcceptDrop?: Value;
  /** Packets dropped by `rp_filter`. Since Linux 2.6.36. */
  readonly IPReversePathFilter?: Value;
  /** Connections that skipped time-wait: `tcp_max_tw_buckets` was reached. Since Linux 2.6.37. */
  readonly TCPTimeWaitOverflow?: Value;
  /** Full queues of a listener answered with SYN cookies. Since Linux 3.2. */
  readonly TCPReqQFullDoCookies?: Value;
  /** Connection requests dropped because the queue of a listener was full. Since Linux 3.2. */
  readonly TCPReqQFullDrop?: Value;
  /** Retransmissions that could not be sent. Since Linux 3.5. */
  readonly TCPRetransFail?: Value;
  /** Packets merged in a receive queue. Since Linux 3.5. */
  readonly TCPRcvCoalesce?: Value;
  /** Packets that came out of order. Since Linux 3.6. */
  readonly TCPOFOQueue?: Value;
  /** Packets out of order dropped for want of buffer. Since Linux 3.6. */
  readonly TCPOFODrop?: Value;
  /** Since Linux 3.6. */
  readonly TCPOFOMerge?: Value;
  /** Challenge acknowledgements sent (RFC 5961). Since Linux 3.6. */
  readonly TCPChallengeACK?: Value;
  /** Those of them that answer a SYN. Since Linux 3.6. */
  readonly TCPSYNChallenge?: Value;
  /** Connections opened with data in the SYN. Since Linux 3.6. */
  readonly TCPFastOpenActive?: Value;
  /** Since Linux 3.14. */
  readonly TCPFastOpenActiveFail?: Value;
  /** Connections accepted with data in the SYN. Since Linux 3.7. */
  readonly TCPFastOpenPassive?: Value;
  /** Since Linux 3.7. */
  readonly TCPFastOpenPassiveFail?: Value;
  /** Since Linux 3.7. */
  readonly TCPFastOpenListenOverflow?: Value;
  /** Since Linux 3.7. */
  readonly TCPFastOpenCookieReqd?: Value;
  /** Since Linux 4.13. */
  readonly TCPFastOpenBlackhole?: Value;
  /** Retransmissions left out because the first copy was still in this host. Since Linux 3.10. */
  readonly TCPSpuriousRtxHostQueues?: Value;
  /** Since Linux 3.11. */
  readonly BusyPollRxPackets?: Value;
  /** Times small writes were held back to go together. Since Linux 3.15. */
  readonly TCPAutoCorking?: Value;
  /** Times the receive window opened from zero. Since Linux 3.15. */
  readonly TCPFromZeroWindowAdv?: Value;
  /** Times the receive window went to zero: the program reads too slowly. Since Linux 3.15. */
  readonly TCPToZeroWindowAdv?: Value;
  /** Since Linux 3.15. */
  readonly TCPWantZeroWindowAdv?: Value;
  /** SYN and SYN-ACK segments sent again. Since Linux 3.15. */
  readonly TCPSynRetrans?: Value;
  /** Segments with data sent, without retransmissions. Since Linux 3.15. */
  readonly TCPOrigDataSent?: Value;
  /** Since Linux 3.19. */
  readonly TCPHystartTrainDetect?: Value;
  /** Since Linux 3.19. */
  readonly TCPHystartTrainCwnd?: Value;
  /** Since Linux 3.19. */
  readonly TCPHystartDelayDetect?: Value;
  /** Since Linux 3.19. */
  readonly TCPHystartDelayCwnd?: Value;
  /** Since Linux 4.0. */
  readonly TCPACKSkippedSynRecv?: Value;
  /** Since Linux 4.0. */
  readonly TCPACKSkippedPAWS?: Value;
  /** Since Linux 4.0. */
  readonly TCPACKSkippedSeq?: Value;
  /** Since Linux 4.0. */
  readonly TCPACKSkippedFinWait2?: Value;
  /** Since Linux 4.0. */
  readonly TCPACKSkippedTimeWait?: Value;
  /** Since Linux 4.0. */
  readonly TCPACKSkippedChallenge?: Value;
  /** Probes of a window of zero sent. Since Linux 4.2. */
  readonly TCPWinProbe?: Value;
  /** Keep-alive segments sent. Since Linux 4.2. */
  readonly TCPKeepAlive?: Value;
  /** Since Linux 4.3. */
  readonly TCPMTUPFail?: Value;
  /** Since Linux 4.3. */
  readonly TCPMTUPSuccess?: Value;
  /** Segments that reached the peer. Since Linux 4.18. */
  readonly TCPDelivered?: Value;
  /** Those of them that met congestion (ECN). Since Linux 4.18. */
  readonly TCPDeliveredCE?: Value;
  /** Acknowledgements left out because a later one says the same. Since Linux 4.18. */
  readonly TCPAckCompressed?: Value;
  /** Packets dropped because the window was zero. Since Linux 4.19. */
  readonly TCPZeroWindowDrop?: Value;
  /** Packets dropped because the receive queue was full. Since Linux 4.19. */
  readonly TCPRcvQDrop?: Value;
  /** Times a send queue was too long to split a packet in it. Since Linux 5.2. */
  readonly TCPWqueueTooBig?: Value;
  /** Since Linux 5.3. */
  readonly TCPFastOpenPassiveAltKey?: Value;
  /** Times another path was tried after a timeout. Since Linux 5.6. */
  readonly TcpTimeoutRehash?: Value;
  /** Times another path was tried after data came twice. Since Linux 5.9. */
  readonly TcpDuplicateDataRehash?: Value;
  /** Since Linux 5.9. */
  readonly TCPDSACKRecvSegs?: Value;
  /** Since Linux 5.10. */
  readonly TCPDSACKIgnoredDubious?: Value;
  /** Since Linux 5.14. */
  readonly TCPMigrateReqSuccess?: Value;
  /** Since Linux 5.14. */
  readonly TCPMigrateReqFailure?: Value;
  /** Since Linux 6.2. */
  readonly TCPPLBRehash?: Value;
  /** Since Linux 6.7. */
  readonly TCPAORequired?: Value;
  /** Segments with a wrong TCP-AO signature. Since Linux 6.7. */
  readonly TCPAOBad?: Value;
  /** Since Linux 6.7. */
  readonly TCPAOKeyNotFound?: Value;
  /** Segments with a right TCP-AO signature. Since Linux 6.7. */
  readonly TCPAOGood?: Value;
  /** Since Linux 6.7. */
  readonly TCPAODroppedIcmps?: Value;
};
