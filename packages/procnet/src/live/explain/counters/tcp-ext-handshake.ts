/** TcpExt: handshakes, listeners, cookies, Fast Open, time-wait, signatures. See lines.ts for the columns. */
export const TCP_EXT_HANDSHAKE = `
SyncookiesSent|cookie_init_sequence include/net/tcp.h|SYN cookies sent: a listener had no room for another half-open connection
SyncookiesRecv|cookie_v4_check syncookies.c|handshakes finished by a valid SYN cookie
SyncookiesFailed|cookie_v4_check syncookies.c|ACKs to a listener that carried no valid SYN cookie
EmbryonicRsts|tcp_check_req tcp_minisocks.c|half-open connections ended by a reset, or by a SYN inside their window
TW|__inet_twsk_schedule inet_timewait_sock.c|connections left to a time-wait entry for its usual time; FIN_WAIT2 without a process is kept so too
TWRecycled|__inet_check_established inet_hashtables.c|connections begun on the addresses and ports of one in TIME_WAIT
TWKilled|__inet_twsk_schedule inet_timewait_sock.c|connections left to a time-wait entry that was to last a few seconds only
PAWSPassive|tcp_v4_conn_request tcp_ipv4.c|SYNs refused because the peer's time stamp was older than one seen before; gone since Linux 4.12
PAWSActive|tcp_rcv_synsent_state_process tcp_input.c|answers to a SYN refused because they echo a time stamp that was never sent
PAWSTimewait|tcp_timewait_state_process tcp_minisocks.c|segments refused in TIME_WAIT because their time stamp is old|6.16
TSEcrRejected|tcp_check_req tcp_minisocks.c|last ACKs of a handshake refused because they echo a time stamp that was never sent|6.15
ListenOverflows|tcp_conn_request tcp_input.c|connections dropped because the accept queue of a listener was full
ListenDrops|tcp_listendrop include/net/tcp.h|connections that listeners dropped for whatever reason; every one in ListenOverflows is among them
TCPDeferAcceptDrop|tcp_check_req tcp_minisocks.c|last ACKs of a handshake ignored because TCP_DEFER_ACCEPT waits for data|2.6.34
TCPTimeWaitOverflow|tcp_time_wait tcp_minisocks.c|connections ended without TIME_WAIT: tcp_max_tw_buckets was reached, or memory was short|2.6.37
TCPReqQFullDoCookies|tcp_syn_flood_action tcp_input.c|SYNs to a listener whose queue was full, answered by a cookie|3.2
TCPReqQFullDrop|tcp_syn_flood_action tcp_input.c|SYNs to a listener whose queue was full, dropped because cookies are off|3.2
TCPMigrateReqSuccess|inet_csk_complete_hashdance inet_connection_sock.c|half-open connections handed from a listener that closed to another one of its group|5.14
TCPMigrateReqFailure|inet_csk_complete_hashdance inet_connection_sock.c|half-open connections that could not be handed to another listener|5.14
TCPFastOpenActive|tcp_rcv_fastopen_synack tcp_fastopen.c|connections opened from here whose SYN carried data that the peer took|3.6
TCPFastOpenActiveFail|tcp_rcv_fastopen_synack tcp_fastopen.c|connections opened from here whose SYN carried data that the peer did not take|3.14
TCPFastOpenPassive|tcp_try_fastopen tcp_fastopen.c|connections accepted with the data of their SYN|3.7
TCPFastOpenPassiveFail|tcp_try_fastopen tcp_fastopen.c|SYNs with data that were not taken: the cookie was wrong, or memory was short|3.7
TCPFastOpenListenOverflow|tcp_fastopen_queue_check tcp_fastopen.c|SYNs with data that were not taken: the Fast Open queue of the listener was full|3.7
TCPFastOpenCookieReqd|tcp_try_fastopen tcp_fastopen.c|SYNs that asked for a Fast Open cookie|3.7
TCPFastOpenBlackhole|tcp_fastopen_active_disable tcp_fastopen.c|times Fast Open was switched off for a while because a middlebox seemed to swallow it|4.13
TCPFastOpenPassiveAltKey|tcp_try_fastopen tcp_fastopen.c|connections accepted with a cookie of the backup key|5.3
TCPMD5NotFound|tcp_inbound_md5_hash tcp.c|segments without the MD5 signature that was due|2.6.20
TCPMD5Unexpected|tcp_inbound_md5_hash tcp.c|segments with an MD5 signature where none was due|2.6.20
TCPMD5Failure|tcp_inbound_md5_hash tcp.c|segments with a wrong MD5 signature|4.13
TCPAORequired|tcp_inbound_hash tcp.c|segments without the authentication option that was due|6.7
TCPAOBad|tcp_ao_verify_hash tcp_ao.c|segments whose authentication option is wrong|6.7
TCPAOKeyNotFound|tcp_inbound_ao_hash tcp_ao.c|segments with an authentication option for which there is no key|6.7
TCPAOGood|tcp_ao_verify_hash tcp_ao.c|segments whose authentication option is right|6.7
TCPAODroppedIcmps|tcp_ao_ignore_icmp tcp_ao.c|ICMP messages ignored because they could be forged and the connection is authenticated|6.7
`;
