/** Ip and IpExt of IPv4. See lines.ts for the columns. */
export const IP = `
Forwarding|snmp_seq_show_ipstats proc.c|whether packets are forwarded: 1 yes, 2 no
DefaultTTL|snmp_seq_show_ipstats proc.c|time to live that packets get unless a program asks for another
InReceives|ip_rcv_core ip_input.c|packets received, faulty ones among them
InHdrErrors|ip_rcv_core ip_input.c|packets dropped for a faulty header, or because their time to live ran out on the way through
InAddrErrors|ip_error route.c|packets dropped because they are not for this host, which does not forward
ForwDatagrams|ip_forward_finish ip_forward.c|packets forwarded
InUnknownProtos|ip_protocol_deliver_rcu ip_input.c|packets of a protocol that nobody here takes
InDiscards|ip_rcv_core ip_input.c|packets without a fault dropped on receipt, for want of memory say
InDelivers|ip_protocol_deliver_rcu ip_input.c|packets handed to their protocol
OutRequests|__ip_local_out ip_output.c|packets that protocols of this host sent; before Linux 6.7 forwarded ones too
OutDiscards|ip_append_data ip_output.c|packets without a fault dropped before sending, for want of memory say
OutNoRoutes|__ip_queue_xmit ip_output.c|packets not sent because no route leads there
ReasmTimeout|ip_expire ip_fragment.c|packets given up because their fragments did not all come in time
ReasmReqds|ip_defrag ip_fragment.c|fragments received that had to be put together
ReasmOKs|ip_frag_reasm ip_fragment.c|packets put together from fragments
ReasmFails|ip_expire ip_fragment.c|times putting together failed: too late, or no memory
FragOKs|ip_do_fragment ip_output.c|packets cut into fragments
FragFails|ip_fragment ip_output.c|packets too large that must not or could not be cut
FragCreates|ip_do_fragment ip_output.c|fragments made
OutTransmits|ip_finish_output2 ip_output.c|packets given to the link layer, forwarded ones too|6.7
`;

export const IP_EXT = `
InNoRoutes|ip_error route.c|packets received that no route leads on
InTruncatedPkts|ip_rcv_core ip_input.c|packets shorter than their header says
InMcastPkts|ip_rcv_finish_core ip_input.c|multicast packets received
OutMcastPkts|ip_finish_output2 ip_output.c|multicast packets sent
InBcastPkts|ip_rcv_finish_core ip_input.c|broadcast packets received
OutBcastPkts|ip_finish_output2 ip_output.c|broadcast packets sent
InOctets|ip_rcv_core ip_input.c|bytes received, headers of IP included
OutOctets|ip_finish_output2 ip_output.c|bytes sent, headers of IP included
InMcastOctets|ip_rcv_finish_core ip_input.c|bytes of multicast received
OutMcastOctets|ip_finish_output2 ip_output.c|bytes of multicast sent
InBcastOctets|ip_rcv_finish_core ip_input.c|bytes of broadcast received
OutBcastOctets|ip_finish_output2 ip_output.c|bytes of broadcast sent
InCsumErrors|ip_rcv_core ip_input.c|packets whose header has a wrong checksum|3.10
InNoECTPkts|ip_rcv_core ip_input.c|packets whose sender does not speak ECN|3.11
InECT1Pkts|ip_rcv_core ip_input.c|packets marked ECT(1)|3.11
InECT0Pkts|ip_rcv_core ip_input.c|packets marked ECT(0): the sender speaks ECN|3.11
InCEPkts|ip_rcv_core ip_input.c|packets marked on the way as having met congestion|3.11
ReasmOverlaps|ip_frag_queue ip_fragment.c|fragments that overlap others|4.13
`;

export const IP6 = `
InReceives|ip6_rcv_core ip6_input.c|packets received, faulty ones among them
InHdrErrors|ip6_rcv_core ip6_input.c|packets dropped for a faulty header, or because their hop limit ran out on the way through
InTooBigErrors|ip6_forward ip6_output.c|packets not forwarded because they are larger than the way on allows
InNoRoutes|ip6_pkt_drop route.c|packets received that no route leads on
InAddrErrors|ip6_pkt_drop route.c|packets dropped for an address that is impossible, or not of here
InUnknownProtos|ip6_protocol_deliver_rcu ip6_input.c|packets of a protocol that nobody here takes
InTruncatedPkts|ip6_rcv_core ip6_input.c|packets shorter than their header says
InDiscards|ip6_rcv_core ip6_input.c|packets without a fault dropped on receipt, for want of memory say
InDelivers|ip6_protocol_deliver_rcu ip6_input.c|packets handed to their protocol
OutForwDatagrams|ip6_forward ip6_output.c|packets forwarded
OutRequests|ip6_xmit ip6_output.c|packets that protocols of this host sent
OutDiscards|ip6_finish_output2 ip6_output.c|packets without a fault dropped before sending
OutNoRoutes|ip6_pkt_drop route.c|packets not sent because no route leads there
ReasmTimeout|ip6frag_expire_frag_queue include/net/ipv6_frag.h|packets given up because their fragments did not all come in time
ReasmReqds|ipv6_frag_rcv reassembly.c|fragments received that had to be put together
ReasmOKs|ip6_frag_reasm reassembly.c|packets put together from fragments
ReasmFails|ip6frag_expire_frag_queue include/net/ipv6_frag.h|times putting together failed: too late, or no memory
FragOKs|ip6_fragment ip6_output.c|packets cut into fragments
FragFails|ip6_fragment ip6_output.c|packets too large that could not be cut
FragCreates|ip6_fragment ip6_output.c|fragments made
InMcastPkts|ip6_mc_input ip6_input.c|multicast packets received
OutMcastPkts|ip6_finish_output2 ip6_output.c|multicast packets sent
InOctets|ip6_rcv_core ip6_input.c|bytes received, headers of IP included
OutOctets|ip6_finish_output2 ip6_output.c|bytes sent, headers of IP included
InMcastOctets|ip6_mc_input ip6_input.c|bytes of multicast received
OutMcastOctets|ip6_finish_output2 ip6_output.c|bytes of multicast sent
InBcastOctets|snmp6_ipstats_list proc.c|always 0: IPv6 has no broadcast
OutBcastOctets|snmp6_ipstats_list proc.c|always 0: IPv6 has no broadcast
InNoECTPkts|ip6_rcv_core ip6_input.c|packets whose sender does not speak ECN|3.11
InECT1Pkts|ip6_rcv_core ip6_input.c|packets marked ECT(1)|3.11
InECT0Pkts|ip6_rcv_core ip6_input.c|packets marked ECT(0): the sender speaks ECN|3.11
InCEPkts|ip6_rcv_core ip6_input.c|packets marked on the way as having met congestion|3.11
OutTransmits|ip6_finish_output2 ip6_output.c|packets given to the link layer, forwarded ones too|6.7
`;
