/** Tables with a row for each CPU, by the names that their rows have here. See lines.ts for the columns. */
export const NEIGHBOURS = `
entries|neigh_stat_seq_show neighbour.c|neighbours in the table now, permanent ones too
allocs|neigh_alloc neighbour.c|neighbours added
destroys|neigh_destroy neighbour.c|neighbours freed
hashGrows|neigh_hash_grow neighbour.c|times the hash table grew
lookups|neigh_lookup neighbour.c|times a neighbour was looked for
hits|neigh_lookup neighbour.c|lookups that found one
resFailed|neigh_invalidate neighbour.c|neighbours that did not answer
rcvProbesMcast|arp_process net/ipv4/arp.c|questions received by broadcast or multicast; IPv6 counts in ndisc.c
rcvProbesUcast|arp_process net/ipv4/arp.c|questions received by unicast; IPv6 counts in ndisc.c
periodicGcRuns|neigh_periodic_work neighbour.c|regular collections of unused neighbours
forcedGcRuns|neigh_forced_gc neighbour.c|collections forced because the table was nearly full (gc_thresh2, gc_thresh3)
unresolvedDiscards|__neigh_event_send neighbour.c|packets dropped because too many waited for the same neighbour
tableFulls|neigh_alloc neighbour.c|neighbours refused because the table was full (gc_thresh3)|3.19
`;

export const NF_CONNTRACK = `
entries|ct_cpu_seq_show nf_conntrack_standalone.c|connections tracked now
searched|____nf_conntrack_find nf_conntrack_core.c|entries looked at in searches; old kernels only
clashres|nf_ct_resolve_clash nf_conntrack_core.c|packets of one new connection that came at once and could be reconciled
found|nf_conntrack_tuple_taken nf_conntrack_core.c|times an address was taken when one was looked for to translate to; on old kernels searches that found their connection
new|ct_cpu_seq_show nf_conntrack_standalone.c|connections begun; always 0 on current kernels
invalid|nf_conntrack_in nf_conntrack_core.c|packets that fit no connection and cannot begin one
ignore|ct_cpu_seq_show nf_conntrack_standalone.c|packets not to be tracked; always 0 since Linux 5.10
delete|ct_cpu_seq_show nf_conntrack_standalone.c|connections that ended; always 0 on current kernels
deleteList|destroy_conntrack nf_conntrack_core.c|connections on the list of those to be freed; old kernels only
chainlength|__nf_conntrack_confirm nf_conntrack_core.c|connections refused because their hash chain was too long
insert|nf_conntrack_hash_check_insert nf_conntrack_core.c|connections added by a program, as conntrackd; packets' own are not counted on current kernels
insertFailed|__nf_conntrack_confirm nf_conntrack_core.c|connections that could not be added: another packet of the same was first
drop|nf_conntrack_in nf_conntrack_core.c|packets dropped because their connection could not be tracked: table full, no memory, or a race lost
earlyDrop|early_drop nf_conntrack_core.c|connections thrown out to make room: the table was full (nf_conntrack_max)
icmpError|nf_conntrack_in nf_conntrack_core.c|ICMP errors that fit no connection
expectNew|init_conntrack nf_conntrack_core.c|connections that a helper had announced
expectCreate|nf_ct_expect_insert nf_conntrack_expect.c|connections that helpers announced
expectDelete|nf_ct_unlink_expect_report nf_conntrack_expect.c|announcements that ended
searchRestart|____nf_conntrack_find nf_conntrack_core.c|searches begun again because the table changed
`;

export const RT_CACHE = `
entries|rt_cpu_seq_show route.c|route entries in use now
inHit|rt_cpu_seq_show route.c|packets received whose route was cached; always 0 since Linux 3.6
inSlowTot|ip_route_input_slow route.c|packets received whose route was looked up
inSlowMc|ip_route_input_mc route.c|multicast packets received whose route was looked up
inNoRoute|ip_route_input_slow route.c|packets received that no route leads on
inBrd|ip_route_input_slow route.c|broadcast packets received
inMartianDst|ip_route_input_slow route.c|packets received for an impossible address
inMartianSrc|ip_handle_martian_source route.c|packets received from an impossible address, or refused by rp_filter
outHit|rt_cpu_seq_show route.c|packets sent whose route was cached; always 0 since Linux 3.6
outSlowTot|__mkroute_output route.c|packets sent whose route was looked up
outSlowMc|__mkroute_output route.c|multicast packets sent whose route was looked up
gcTotal|rt_cpu_seq_show route.c|collections of the cache of routes; always 0 since Linux 3.6
gcIgnored|rt_cpu_seq_show route.c|collections left out because one was just done; always 0 since Linux 3.6
gcGoalMiss|rt_cpu_seq_show route.c|collections that freed too little; always 0 since Linux 3.6
gcDstOverflow|rt_cpu_seq_show route.c|collections after which the cache was still full; always 0 since Linux 3.6
inHlistSearch|rt_cpu_seq_show route.c|steps along hash chains for packets received; always 0 since Linux 3.6
outHlistSearch|rt_cpu_seq_show route.c|steps along hash chains for packets sent; always 0 since Linux 3.6
`;

export const SYNPROXY = `
entries|synproxy_cpu_seq_show nf_synproxy_core.c|nothing: always 0
synReceived|synproxy_send_client_synack nf_synproxy_core.c|SYNs that were answered in place of servers
cookieInvalid|synproxy_recv_client_ack nf_synproxy_core.c|last ACKs whose cookie was wrong
cookieValid|synproxy_recv_client_ack nf_synproxy_core.c|last ACKs whose cookie was right: connections let through
cookieRetrans|ipv4_synproxy_hook nf_synproxy_core.c|last ACKs that came again before the server had answered
connReopened|ipv4_synproxy_hook nf_synproxy_core.c|connections opened again while the old one was in TIME_WAIT
`;

export const NF_FLOWTABLE = `
wqAdd|nf_flow_table_cpu_seq_show nf_flow_table_procfs.c|flows that wait now to be handed to a device; the sum of all CPUs counts|6.0
wqDel|nf_flow_table_cpu_seq_show nf_flow_table_procfs.c|flows that wait now to be taken from a device; the sum of all CPUs counts|6.0
wqStats|nf_flow_table_cpu_seq_show nf_flow_table_procfs.c|flows that wait now for their counts to be read; the sum of all CPUs counts|6.0
`;

/** Numbers of sockstat and sockstat6, by the group they are in there. */
export const SOCKSTAT: Readonly<Record<string, string>> = {
  sockets: `
used|sockstat_seq_show proc.c|sockets of all families; of the whole machine before Linux 4.16
`,
  TCP: `
inuse|sockstat_seq_show proc.c|IPv4 sockets that are not closed, those in TIME_WAIT aside
orphan|sockstat_seq_show proc.c|sockets that no process holds and the kernel has yet to finish, of both families
tw|sockstat_seq_show proc.c|time-wait entries, FIN_WAIT2 without a process among them
alloc|sockstat_seq_show proc.c|sockets that exist, closed ones too, of both families
mem|sockstat_seq_show proc.c|memory of their buffers, pages, of both families
`,
  UDP: `
inuse|sockstat_seq_show proc.c|IPv4 sockets
mem|sockstat_seq_show proc.c|memory of their buffers, pages, of both families|2.6.25
`,
  UDPLITE: `
inuse|sockstat_seq_show proc.c|IPv4 sockets; gone with UDP-Lite itself
mem|sockstat_seq_show proc.c|memory of their buffers, pages; on old kernels only
`,
  RAW: `
inuse|sockstat_seq_show proc.c|raw sockets of IPv4
`,
  FRAG: `
inuse|sockstat_seq_show proc.c|packets of IPv4 whose fragments are being collected
memory|sockstat_seq_show proc.c|memory of their fragments, bytes
`,
  TCP6: `
inuse|sockstat6_seq_show proc.c|IPv6 sockets that are not closed
`,
  UDP6: `
inuse|sockstat6_seq_show proc.c|IPv6 sockets
`,
  UDPLITE6: `
inuse|sockstat6_seq_show proc.c|IPv6 sockets; gone with UDP-Lite itself
`,
  RAW6: `
inuse|sockstat6_seq_show proc.c|raw sockets of IPv6
`,
  FRAG6: `
inuse|sockstat6_seq_show proc.c|packets of IPv6 whose fragments are being collected
memory|sockstat6_seq_show proc.c|memory of their fragments, bytes
`,
};
