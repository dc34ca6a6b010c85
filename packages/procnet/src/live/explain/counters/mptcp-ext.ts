/** MPTcpExt: Multipath TCP (RFC 8684), one connection over several subflows. See lines.ts for the columns. */
export const MPTCP_EXT = `
MPCapableSYNRX|subflow_check_req subflow.c|SYNs received that ask for MPTCP|5.7
MPCapableSYNTX|mptcp_connect protocol.c|SYNs sent that ask for MPTCP|5.15 or before
MPCapableSYNACKRX|subflow_finish_connect subflow.c|answers to such SYNs that agree|5.15 or before
MPCapableACKRX|subflow_syn_recv_sock subflow.c|handshakes of accepted connections that were finished as MPTCP|5.7
MPCapableFallbackACK|subflow_syn_recv_sock subflow.c|accepted connections that fell back to TCP at the last step of the handshake|5.7
MPCapableFallbackSYNACK|subflow_finish_connect subflow.c|opened connections that fell back to TCP: the peer does not speak MPTCP|5.7
MPCapableSYNTXDrop|mptcp_active_detect_blackhole ctrl.c|repeated SYNs sent without MPTCP because it seemed to be dropped on the way|6.12 or before
MPCapableSYNTXDisabled|mptcp_connect protocol.c|SYNs sent without MPTCP because it was dropped before and is off for a while|6.12 or before
MPCapableEndpAttempt|subflow_check_req subflow.c|SYNs for a new connection on a port that is for further subflows only|6.1 or before
MPFallbackTokenInit|mptcp_connect protocol.c|opened connections that fell back to TCP: no token could be made|5.15 or before
MPTCPRetrans|__mptcp_retrans protocol.c|segments sent again by MPTCP, perhaps over another subflow|5.7
MPJoinNoTokenFound|subflow_token_join_request subflow.c|further subflows refused: no such connection|5.7
MPJoinSynRx|subflow_check_req subflow.c|SYNs received for a further subflow|5.7
MPJoinSynBackupRx|subflow_check_req subflow.c|those of them that ask to be a spare|6.1 or before
MPJoinSynAckRx|subflow_finish_connect subflow.c|answers received to the SYN of a further subflow|5.7
MPJoinSynAckBackupRx|subflow_finish_connect subflow.c|those of them that ask to be a spare|6.1 or before
MPJoinSynAckHMacFailure|subflow_finish_connect subflow.c|answers to the SYN of a further subflow that were not authentic|5.7
MPJoinAckRx|subflow_syn_recv_sock subflow.c|further subflows that peers completed|5.7
MPJoinAckHMacFailure|subflow_syn_recv_sock subflow.c|completions of further subflows that were not authentic|5.7
MPJoinRejected|subflow_syn_recv_sock subflow.c|further subflows refused by the path manager|6.18 or before
MPJoinSynTx|__mptcp_subflow_connect subflow.c|SYNs sent for a further subflow|6.12 or before
MPJoinSynTxCreatSkErr|__mptcp_subflow_connect subflow.c|further subflows not begun: no socket could be made|6.12 or before
MPJoinSynTxBindErr|__mptcp_subflow_connect subflow.c|further subflows not begun: their address could not be used|6.12 or before
MPJoinSynTxConnectErr|__mptcp_subflow_connect subflow.c|further subflows not begun: connecting failed at once|6.12 or before
DSSNotMatching|get_mapping_status subflow.c|mappings of data that contradict the one before|5.7
DSSCorruptionFallback|mptcp_dss_corruption protocol.c|connections fallen back to TCP because the mapping of data was damaged|6.1 or before
DSSCorruptionReset|mptcp_dss_corruption protocol.c|subflows reset because the mapping of data was damaged|6.1 or before
InfiniteMapTx|mptcp_write_options options.c|connections that this side made fall back to TCP|6.1 or before
InfiniteMapRx|get_mapping_status subflow.c|connections that the peer made fall back to TCP|5.7
DSSNoMatchTCP|get_mapping_status subflow.c|mappings that do not fit the sequence numbers of their subflow|5.15 or before
DataCsumErr|validate_data_csum subflow.c|data with a wrong checksum|5.15 or before
OFOQueueTail|mptcp_data_queue_ofo protocol.c|packets out of order that went to the end of their queue|5.7
OFOQueue|mptcp_data_queue_ofo protocol.c|packets that came out of order and were kept|5.7
OFOMerge|mptcp_data_queue_ofo protocol.c|packets out of order that were joined with their neighbour|5.7
NoDSSInWindow|mptcp_data_queue_ofo protocol.c|packets outside of the window of the connection|5.7
DuplicateData|__mptcp_move_skb protocol.c|packets that came twice, over two subflows say|5.7
AddAddr|mptcp_incoming_options options.c|addresses that peers announced|5.7
AddAddrTx|mptcp_pm_add_addr_send_ack pm.c|addresses announced to peers|6.12 or before
AddAddrTxDrop|mptcp_pm_add_addr_signal pm.c|announcements of addresses for which there was no room|6.12 or before
EchoAdd|mptcp_incoming_options options.c|confirmations received of announced addresses|5.7
EchoAddTx|mptcp_write_options options.c|confirmations sent of announced addresses|6.12 or before
EchoAddTxDrop|mptcp_pm_announce_addr pm.c|confirmations of announced addresses that were not sent|6.12 or before
PortAdd|mptcp_incoming_options options.c|announced addresses that come with a port|5.15 or before
AddAddrDrop|mptcp_pm_add_addr_received pm.c|announced addresses that were not taken|5.15 or before
MPJoinPortSynRx|subflow_check_req subflow.c|SYNs received for a further subflow on an announced port|5.15 or before
MPJoinPortSynAckRx|subflow_finish_connect subflow.c|answers received from an announced port|5.15 or before
MPJoinPortAckRx|subflow_syn_recv_sock subflow.c|further subflows on an announced port that peers completed|5.15 or before
MismatchPortSynRx|subflow_check_req subflow.c|SYNs for a further subflow on a port that was not announced|5.15 or before
MismatchPortAckRx|subflow_syn_recv_sock subflow.c|completions of a further subflow on a port that was not announced|5.15 or before
RmAddr|mptcp_pm_rm_addr_or_subflow pm.c|addresses that peers took back|5.7
RmAddrDrop|mptcp_pm_rm_addr_received pm.c|taken back addresses that were not handled|5.15 or before
RmAddrTx|mptcp_pm_remove_addr pm.c|addresses taken back here|6.12 or before
RmAddrTxDrop|mptcp_pm_rm_addr_signal pm.c|taken back addresses that were not told for want of room|6.12 or before
RmSubflow|mptcp_pm_rm_addr_or_subflow pm.c|subflows closed because their address went|5.7
MPPrioTx|mptcp_write_options options.c|changes between spare and usual told to peers|5.15 or before
MPPrioRx|mptcp_incoming_options options.c|changes between spare and usual told by peers|5.15 or before
MPFailTx|mptcp_write_options options.c|failed checksums told to peers|5.15 or before
MPFailRx|mptcp_incoming_options options.c|failed checksums told by peers|5.15 or before
MPFastcloseTx|mptcp_write_options options.c|connections aborted here|6.1 or before
MPFastcloseRx|mptcp_incoming_options options.c|connections aborted by peers|6.1 or before
MPRstTx|mptcp_write_options options.c|subflows reset here with a reason|6.1 or before
MPRstRx|mptcp_incoming_options options.c|subflows reset by peers with a reason|6.1 or before
RcvPruned|mptcp_try_coalesce protocol.c|packets thrown away for want of receive memory; gone by Linux 6.18|5.15 or before
SubflowStale|mptcp_pm_subflow_chk_stale pm.c|subflows no longer used because data stays unacknowledged|5.15 or before
SubflowRecover|__mptcp_subflow_send_ack protocol.c|such subflows that came back to use|5.15 or before
SndWndShared|mptcp_sendmsg_frag protocol.c|times what could be sent was set by the window of the connection, not of the subflow|6.1 or before
RcvWndShared|mptcp_write_options options.c|times the window of the connection was told in place of the subflow's|6.1 or before
RcvWndConflictUpdate|mptcp_set_rwin options.c|times another subflow told a larger window at the same moment, which was taken|6.1 or before
RcvWndConflict|mptcp_set_rwin options.c|times another subflow told a smaller window at the same moment|6.1 or before
MPCurrEstab|mptcp_set_state protocol.c|MPTCP connections that are now established or half closed by the peer|6.12 or before
Blackhole|mptcp_active_disable ctrl.c|times MPTCP was switched off for a while because it seemed to be dropped on the way|6.12 or before
MPCapableDataFallback|mptcp_check_fallback protocol.h|connections fallen back to TCP: the first data lacked the option|6.12 or before
MD5SigFallback|mptcp_check_fallback protocol.h|connections fallen back to TCP: MD5 signatures leave no room|6.12 or before
DssFallback|mptcp_check_fallback protocol.h|connections fallen back to TCP: a bad mapping of data|6.12 or before
SimultConnectFallback|subflow_state_change subflow.c|connections fallen back to TCP: both sides opened at once|6.12 or before
FallbackFailed|check_fully_established options.c|connections that could no longer fall back|6.12 or before
WinProbe|mptcp_sendmsg_frag protocol.c|probes of a closed window of the whole connection|6.18 or before
`;
