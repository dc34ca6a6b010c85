/** TcpExt: loss, repeats, reordering, congestion. See lines.ts for the columns. */
export const TCP_EXT_LOSS = `
TCPRenoRecovery|tcp_enter_recovery tcp_input.c|times a loss was noticed by duplicate ACKs and repaired, without SACK
TCPSackRecovery|tcp_enter_recovery tcp_input.c|times a loss was noticed and repaired with SACK
TCPSACKReneging|tcp_timeout_mark_lost tcp_input.c|times a peer gave up data that it had acknowledged by SACK
TCPFACKReorder|tcp_update_reordering tcp_input.c|times packets were found reordered, by forward acknowledgement; gone since Linux 4.15
TCPSACKReorder|tcp_check_sack_reordering tcp_input.c|times packets were found reordered, by SACK
TCPRenoReorder|tcp_check_reno_reordering tcp_input.c|times packets were found reordered, by duplicate ACKs
TCPTSReorder|tcp_check_sack_reordering tcp_input.c|times packets were found reordered, by time stamps
TCPFullUndo|tcp_try_undo_recovery tcp_input.c|slowdowns taken back whole: nothing had been lost
TCPPartialUndo|tcp_try_undo_partial tcp_input.c|slowdowns taken back at an ACK of a part: packets had only been late
TCPDSACKUndo|tcp_try_undo_dsack tcp_input.c|slowdowns taken back because DSACKs showed that every repeat was needless
TCPLossUndo|tcp_try_undo_loss tcp_input.c|slowdowns after a timeout that were taken back
TCPLoss|tcp_fastretrans_alert tcp_input.c|packets found lost during a recovery; gone since Linux 2.6.3x
TCPLostRetransmit|tcp_mark_skb_lost tcp_input.c|repeats that were lost too
TCPRenoFailures|tcp_retransmit_timer tcp_timer.c|timeouts while duplicate ACKs came in, without SACK
TCPSackFailures|tcp_retransmit_timer tcp_timer.c|timeouts while duplicate ACKs came in, with SACK
TCPLossFailures|tcp_retransmit_timer tcp_timer.c|timeouts while an earlier timeout was being repaired
TCPFastRetrans|tcp_xmit_retransmit_queue tcp_output.c|segments repeated before a timeout
TCPForwardRetrans|tcp_xmit_retransmit_queue tcp_output.c|segments repeated ahead of proof that they were lost; gone since Linux 4.15
TCPSlowStartRetrans|tcp_xmit_retransmit_queue tcp_output.c|segments repeated after a timeout
TCPTimeouts|tcp_retransmit_timer tcp_timer.c|times the retransmission timer ran out
TCPLossProbes|tcp_send_loss_probe tcp_output.c|probes sent to find out whether the end of what was sent got lost|3.10
TCPLossProbeRecovery|tcp_process_tlp_ack tcp_input.c|losses at the end that such a probe repaired|3.10
TCPRenoRecoveryFail|tcp_retransmit_timer tcp_timer.c|repairs without SACK that ended in a timeout
TCPSackRecoveryFail|tcp_retransmit_timer tcp_timer.c|repairs with SACK that ended in a timeout
TCPSchedulerFailed|tcp_delack_timer tcp_timer.c|delayed ACKs that found unread data left in the prequeue; gone since Linux 4.14
TCPDSACKOldSent|tcp_dsack_set tcp_input.c|DSACKs sent for data that had been acknowledged before
TCPDSACKOfoSent|tcp_dsack_set tcp_input.c|DSACKs sent for data that waits out of order already
TCPDSACKRecv|tcp_check_dsack tcp_input.c|DSACKs received for acknowledged data: a repeat was needless
TCPDSACKOfoRecv|tcp_check_dsack tcp_input.c|DSACKs received for data that waits out of order at the peer
TCPDSACKRecvSegs|tcp_dsack_seen tcp_input.c|segments that DSACKs received say came twice|5.9
TCPSACKDiscard|tcp_sacktag_write_queue tcp_input.c|blocks of SACK ignored because they are invalid|2.6.24
TCPDSACKIgnoredOld|tcp_sacktag_write_queue tcp_input.c|invalid DSACK blocks ignored while repeats could be taken back|2.6.24
TCPDSACKIgnoredNoUndo|tcp_sacktag_write_queue tcp_input.c|invalid DSACK blocks ignored while there was no repeat to take back|2.6.24
TCPDSACKIgnoredDubious|tcp_sacktag_write_queue tcp_input.c|DSACKs ignored because they tell of more repeats than were sent|5.10
TCPSpuriousRTOs|tcp_try_undo_loss tcp_input.c|timeouts that F-RTO found needless: only late, not lost|2.6.24
TCPSackShifted|tcp_shifted_skb tcp_input.c|acknowledged parts moved into the buffer before, to save memory|2.6.28
TCPSackMerged|tcp_shifted_skb tcp_input.c|buffers joined whole with the one before|2.6.28
TCPSackShiftFallback|tcp_shift_skb_data tcp_input.c|times acknowledged parts could not be moved, and the buffer was split|2.6.28
TCPRetransFail|__tcp_retransmit_skb tcp_output.c|repeats that could not be sent: the device or the queue below refused|3.5
TCPSpuriousRtxHostQueues|skb_still_in_host_queue tcp_output.c|repeats left out because the first copy has not left this host|3.10
TCPSynRetrans|__tcp_retransmit_skb tcp_output.c|SYNs and SYN-ACKs sent again|3.15
TCPOrigDataSent|tcp_event_new_data_sent tcp_output.c|segments with data sent for the first time|3.15
TCPHystartTrainDetect|hystart_update tcp_cubic.c|slow starts that CUBIC ended because of the length of a train of ACKs|3.19
TCPHystartTrainCwnd|hystart_update tcp_cubic.c|sum of the congestion windows at those times, segments|3.19
TCPHystartDelayDetect|hystart_update tcp_cubic.c|slow starts that CUBIC ended because the delay grew|3.19
TCPHystartDelayCwnd|hystart_update tcp_cubic.c|sum of the congestion windows at those times, segments|3.19
TCPMTUPFail|tcp_mtup_probe_failed tcp_input.c|probes for a larger segment that failed|4.3
TCPMTUPSuccess|tcp_mtup_probe_success tcp_input.c|probes for a larger segment that got through|4.3
TCPDelivered|tcp_newly_delivered tcp_input.c|segments that peers acknowledged, repeats and SYNs among them|4.18
TCPDeliveredCE|tcp_newly_delivered tcp_input.c|those of them that met congestion, as ECN tells|4.18
TcpTimeoutRehash|tcp_write_timeout tcp_timer.c|times another path was tried after a timeout|5.6
TcpDuplicateDataRehash|tcp_rcv_spurious_retrans tcp_input.c|times another path was tried for ACKs after data came twice|5.9
TCPPLBRehash|tcp_plb_check_rehash tcp_plb.c|times another path was tried because of congestion (PLB)|6.2
TCPWqueueTooBig|tcp_fragment tcp_output.c|times a packet was not split because the send queue held too much already|5.2
`;
