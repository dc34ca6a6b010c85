/**
 * Fields whose columns the kernel prints with a sign, by target; `*` for all of a target. Everything else is unsigned, also
 * where a kernel prints a user id of 2^31 or more with a minus: such a number is read as the unsigned one that it is.
 */
const SIGNED: Readonly<Record<string, readonly string[]>> = {
  // afs_proc_cells_show: the time to live of an expired cell; the count of uses that are active.
  parseAfsCells: ["act", "ttl"],
  parseAfsServers: ["act"],
  // aarp_seq_show: seconds with %ld on both sides of the point.
  parseAtalkArp: ["expires", "lastSend"],
  // pvc_info, vc_info (net/atm/proc.c): %d of a rate without a limit, and of the last error.
  parseAtmPvc: ["rxPcr", "txPcr"],
  parseAtmVc: ["reply"],
  // bcm_proc_show: counters that wrap are printed with %ld.
  parseCanBcm: ["seen", "reduction"],
  // ip6fl_seq_show: what is left of a label, %ld.
  parseIp6Flowlabel: ["expires"],
  // mr_mfc_seq_show: %hd, -1 when unresolved. mr_vif_seq_show: %8ld.
  parseIpMrCache: ["iif"],
  parseIp6MrCache: ["iif"],
  parseIpMrVif: ["bytesIn", "packetsIn", "bytesOut", "packetsOut"],
  parseIp6MrVif: ["bytesIn", "packetsIn", "bytesOut", "packetsOut"],
  parseIpVs: ["weight"],
  // dl_seq_real_show: seconds, %ld; llc_seq_socket_show: %8d of what is allocated without what was copied.
  parseIptHashlimit: ["expires"],
  parseLlcSocket: ["txQueue", "rxQueue"],
  // Signed seconds where the timer has passed.
  parseNfConntrack: ["timeout"],
  parseIpConntrack: ["timeout"],
  parseNfConntrackExpect: ["timeout"],
  // snmp_seq_show_tcp_udp: MaxConn alone is %ld, RFC 4022 says -1 where it is dynamic.
  parseSnmp: ["MaxConn"],
  parseNetstat: ["MaxConn"],
  // sctp_snmp_seq_show: %ld.
  parseSctpSnmp: ["*"],
  parseSctpDbgObjcnt: ["*"],
  // do_task_stat: %d and %lld of these.
  parseProcessStat: [
    ...["ppid", "pgrp", "session", "ttyNr", "tpgid", "cutime", "cstime", "priority", "nice", "exitSignal"],
    ...["cguestTime", "exitCode"],
  ],
  // proto_seq_printf: %ld, -1 where the protocol does not count.
  parseProtocols: ["sockets", "memory"],
  // read_gssp: -1 until somebody has decided.
  parseRpcFlush: ["value"],
  parseRpcUseGssProxy: ["value"],
  // rt_cache_seq_show: %d, -1 without a header of the link layer.
  parseRtCache: ["metric", "hhRef"],
  // rxrpc_*_seq_show: atomic counters, %d; a time that may have passed.
  parseRxrpcBundles: ["act"],
  parseRxrpcCalls: ["rxTimo"],
  parseRxrpcConns: ["act"],
  parseRxrpcLocals: ["act"],
  // sockstat_seq_show: %d and %ld throughout. nf_flow_table_cpu_seq_show: %8d.
  parseSockstat: ["*"],
  parseSockstat6: ["*"],
  parseStatNfFlowtable: ["*"],
  // tcp_get_info's threshold: -1 in the first slow start.
  parseTcp: ["ssthresh"],
  parseTcp6: ["ssthresh"],
  // wireless_seq_printf_stats: %3d of levels in dBm.
  parseWireless: ["link", "level", "noise"],
};

/** Whether a field may be negative. */
export function isSigned(target: string, path: string): boolean {
  const fields = SIGNED[target] ?? [];
  return fields.includes("*") || fields.includes(path === "" ? "value" : path.slice(path.lastIndexOf(".") + 1));
}
