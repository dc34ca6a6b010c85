/** Tcp and the four kinds of UDP. See lines.ts for the columns. */
export const TCP = `
RtoAlgorithm|tcp_mib_init include/net/tcp.h|how the retransmission timeout is found, a constant: 1, for other, by RFC 4022
RtoMin|tcp_mib_init include/net/tcp.h|shortest retransmission timeout, milliseconds: the kernel's constant
RtoMax|tcp_mib_init include/net/tcp.h|longest retransmission timeout, milliseconds: the kernel's constant
MaxConn|tcp_mib_init include/net/tcp.h|limit of connections: always -1, for none that is fixed
ActiveOpens|tcp_connect tcp_output.c|connections begun from here
PassiveOpens|tcp_create_openreq_child tcp_minisocks.c|connections whose handshake a listener here finished
AttemptFails|tcp_done tcp.c|connections that ended before they were established
EstabResets|tcp_set_state tcp.c|connections that went from ESTABLISHED or CLOSE_WAIT to CLOSE at once: reset by either side, or given up
CurrEstab|tcp_set_state tcp.c|connections that are now ESTABLISHED or CLOSE_WAIT
InSegs|tcp_v4_rcv tcp_ipv4.c|segments received, faulty ones among them
OutSegs|__tcp_transmit_skb tcp_output.c|segments sent, bare ACKs among them, repeats of data not
RetransSegs|__tcp_retransmit_skb tcp_output.c|segments sent again, SYNs and SYN-ACKs among them
InErrs|tcp_v4_rcv tcp_ipv4.c|segments received that were faulty, wrong checksums among them
OutRsts|tcp_v4_send_reset tcp_ipv4.c|resets sent
InCsumErrors|tcp_v4_rcv tcp_ipv4.c|segments received with a wrong checksum|3.10
`;

export const UDP = `
InDatagrams|udp_recvmsg udp.c|datagrams that programs took
NoPorts|__udp4_lib_rcv udp.c|datagrams for a port that no socket has
InErrors|__udp_queue_rcv_skb udp.c|datagrams received and dropped: buffer full, memory short, checksum wrong
OutDatagrams|udp_send_skb udp.c|datagrams sent
RcvbufErrors|__udp_queue_rcv_skb udp.c|datagrams dropped because the receive buffer of their socket was full; InErrors counts them too
SndbufErrors|udp_send_skb udp.c|datagrams not sent because a buffer or a queue below was full
InCsumErrors|__udp4_lib_rcv udp.c|datagrams dropped for a wrong checksum; InErrors counts them too|3.10
IgnoredMulti|__udp4_lib_mcast_deliver udp.c|multicast and broadcast datagrams that no socket wanted|3.19
MemErrors|__udp_queue_rcv_skb udp.c|datagrams dropped because UDP's memory (udp_mem) was used up; InErrors counts them too|5.11
`;
