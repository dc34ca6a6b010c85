/** TcpExt: what was received, queues, memory, ends of connections, the rest. See lines.ts for the columns. */
export const TCP_EXT_MEMORY = `
PruneCalled|tcp_prune_queue tcp_input.c|times a receive queue outgrew its memory and was squeezed
RcvPruned|tcp_prune_queue tcp_input.c|times squeezing did not free enough, so that what arrived was dropped
OfoPruned|tcp_prune_ofo_queue tcp_input.c|times data that waited out of order was thrown away for want of memory
OutOfWindowIcmps|tcp_v4_err tcp_ipv4.c|ICMP messages ignored because they quote a sequence number that is not in flight
LockDroppedIcmps|tcp_v4_err tcp_ipv4.c|ICMP messages that met a socket its program was just using; most were ignored
ArpFilter|arp_process arp.c|ARP requests not answered because of the setting arp_filter
PAWSEstab|tcp_validate_incoming tcp_input.c|segments on open connections refused because their time stamp is old
PAWSOldAck|tcp_validate_incoming tcp_input.c|old bare ACKs refused because of their time stamp: harmless reordering|6.14
BeyondWindow|tcp_validate_incoming tcp_input.c|segments refused because they end behind the window that was offered|6.17
DelayedACKs|tcp_delack_timer_handler tcp_timer.c|ACKs sent when the timer for delayed ones ran out
DelayedACKLocked|tcp_delack_timer tcp_timer.c|delayed ACKs that had to wait because the program was using the socket
DelayedACKLost|tcp_data_queue tcp_input.c|segments that came although they had been received: an ACK was lost, or came late
TCPPrequeued|tcp_prequeue include/net/tcp.h|packets queued for the program that was waiting to read; gone since Linux 4.14
TCPDirectCopyFromBacklog|tcp_recvmsg tcp.c|bytes copied from the backlog to the program; gone since Linux 4.14
TCPDirectCopyFromPrequeue|tcp_recvmsg tcp.c|bytes copied from the prequeue to the program; gone since Linux 4.14
TCPPrequeueDropped|tcp_prequeue tcp_ipv4.c|packets taken from the prequeue early because of memory; gone since Linux 4.14
TCPHPHits|tcp_rcv_established tcp_input.c|segments with data received on the fast path
TCPHPHitsToUser|tcp_rcv_established tcp_input.c|segments copied to the program on the fast path; gone since Linux 4.14
TCPPureAcks|tcp_ack tcp_input.c|ACKs without data handled on the slow path
TCPHPAcks|tcp_ack tcp_input.c|ACKs handled on the fast path
TCPRcvCollapsed|tcp_collapse_one tcp_input.c|buffers freed by squeezing a receive queue
TCPBacklogCoalesce|tcp_add_backlog tcp_ipv4.c|packets joined with another one while the program was using the socket|5.0
TCPAbortOnSyn|tcp_validate_incoming tcp_input.c|connections reset because a SYN came inside their window; gone since Linux 3.x
TCPAbortOnData|tcp_rcv_state_process tcp_input.c|connections reset because data came after the program had closed, or closed by a program with SO_LINGER of no time
TCPAbortOnClose|__tcp_close tcp.c|connections reset because the program closed them with data unread
TCPAbortOnMemory|tcp_check_oom tcp.c|connections without a process given up because there were too many, or memory was short
TCPAbortOnTimeout|tcp_write_err tcp_timer.c|connections given up because a peer did not answer repeats, window probes or keepalives
TCPAbortOnLinger|__tcp_close tcp.c|connections ended right after their close because TCP_LINGER2 forbids to wait for the peer's
TCPAbortFailed|tcp_send_active_reset tcp_output.c|resets that could not be sent, for want of memory or a route
TCPMemoryPressures|tcp_enter_memory_pressure tcp.c|times TCP's memory went over the second number of tcp_mem
TCPMemoryPressuresChrono|tcp_leave_memory_pressure tcp.c|milliseconds under memory pressure, added when it ends|4.13
TCPBacklogDrop|tcp_add_backlog tcp_ipv4.c|packets dropped: too much arrived while the program was using the socket|2.6.34
PFMemallocDrop|sk_filter_trim_cap net/core/filter.c|packets dropped because they lie in memory kept for swapping over the network|4.10
TCPMinTTLDrop|tcp_v4_rcv tcp_ipv4.c|packets dropped because they came from further away than IP_MINTTL allows|2.6.34
IPReversePathFilter|ip_rcv_finish_core ip_input.c|packets dropped by rp_filter: an answer would leave by another interface|2.6.36
TCPRcvCoalesce|tcp_try_coalesce tcp_input.c|packets received that were joined with the one before|3.5
TCPOFOQueue|tcp_data_queue_ofo tcp_input.c|packets that came out of order and were kept|3.6
TCPOFODrop|tcp_data_queue_ofo tcp_input.c|packets that came out of order and were dropped for want of memory|3.6
TCPOFOMerge|tcp_data_queue_ofo tcp_input.c|packets out of order that another one covered|3.6
TCPChallengeACK|tcp_send_challenge_ack tcp_input.c|ACKs sent to ask whether a suspicious segment was the peer's (RFC 5961)|3.6
TCPSYNChallenge|tcp_validate_incoming tcp_input.c|those of them that answer a SYN on an open connection|3.6
BusyPollRxPackets|__napi_busy_loop net/core/dev.c|packets received by a program that polls the device itself|3.11
TCPAutoCorking|tcp_push tcp.c|small writes held back to go with the next|3.15
TCPFromZeroWindowAdv|tcp_select_window tcp_output.c|times the window offered to a peer opened again|3.15
TCPToZeroWindowAdv|tcp_select_window tcp_output.c|times the window offered to a peer closed: a program reads too slowly|3.15
TCPWantZeroWindowAdv|tcp_select_window tcp_output.c|times the window should have closed and could not be taken back|3.15
TCPACKSkippedSynRecv|tcp_check_req tcp_minisocks.c|ACKs to half-open connections held back by tcp_invalid_ratelimit|4.0
TCPACKSkippedPAWS|tcp_validate_incoming tcp_input.c|ACKs to old time stamps held back by tcp_invalid_ratelimit|4.0
TCPACKSkippedSeq|tcp_validate_incoming tcp_input.c|ACKs to sequence numbers outside the window held back by tcp_invalid_ratelimit|4.0
TCPACKSkippedFinWait2|tcp_timewait_state_process tcp_minisocks.c|ACKs in FIN_WAIT2 held back by tcp_invalid_ratelimit|4.0
TCPACKSkippedTimeWait|tcp_timewait_state_process tcp_minisocks.c|ACKs in TIME_WAIT held back by tcp_invalid_ratelimit|4.0
TCPACKSkippedChallenge|tcp_send_challenge_ack tcp_input.c|challenge ACKs held back by tcp_invalid_ratelimit|4.0
TCPWinProbe|tcp_write_wakeup tcp_output.c|probes of a peer's closed window|4.2
TCPKeepAlive|tcp_keepalive_timer tcp_timer.c|keepalive probes sent|4.2
TCPAckCompressed|tcp_event_ack_sent tcp_output.c|ACKs left out because a later one says the same|4.18
TCPZeroWindowDrop|tcp_data_queue tcp_input.c|packets dropped because the window offered was closed|4.19
TCPRcvQDrop|tcp_data_queue tcp_input.c|packets dropped because there was no memory for the receive queue|4.19
`;
