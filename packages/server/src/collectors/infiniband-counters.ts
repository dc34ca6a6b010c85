/** A counter of a port. */
export interface PortCounter {
  /** Its file, below the directory of the port. */
  readonly file: string;
  /** What node_exporter calls it, without what stands before and behind. */
  readonly name: string;
  /** What it is multiplied by: 1 by default. */
  readonly times?: number;
}

const named = (directory: string, pairs: readonly (readonly [file: string, name: string])[]): PortCounter[] =>
  // Data is counted in words of four bytes: Documentation/ABI/stable/sysfs-class-infiniband.
  pairs.map(([file, name]) => {
    return { file: `${directory}/${file}`, name, ...(/_data(_64)?$/.test(file) && { times: 4 }) };
  });

/** Counters of a port: those of all adapters, those that only some have, and those that were 64 bits wide before Linux 4.5. */
export const PORT_COUNTERS: readonly PortCounter[] = [
  ...named("counters", [
    ["excessive_buffer_overrun_errors", "excessive_buffer_overrun_errors"],
    ["link_downed", "link_downed"],
    ["link_error_recovery", "link_error_recovery"],
    ["local_link_integrity_errors", "local_link_integrity_errors"],
    ["multicast_rcv_packets", "multicast_packets_received"],
    ["multicast_xmit_packets", "multicast_packets_transmitted"],
    ["port_rcv_constraint_errors", "port_constraint_errors_received"],
    ["port_xmit_constraint_errors", "port_constraint_errors_transmitted"],
    ["port_rcv_data", "port_data_received_bytes"],
    ["port_xmit_data", "port_data_transmitted_bytes"],
    ["port_rcv_discards", "port_discards_received"],
    ["port_xmit_discards", "port_discards_transmitted"],
    ["port_rcv_errors", "port_errors_received"],
    ["port_rcv_packets", "port_packets_received"],
    ["port_xmit_packets", "port_packets_transmitted"],
    ["port_rcv_remote_physical_errors", "port_receive_remote_physical_errors"],
    ["port_rcv_switch_relay_errors", "port_receive_switch_relay_errors"],
    ["port_xmit_wait", "port_transmit_wait"],
    ["symbol_error", "symbol_error"],
    ["unicast_rcv_packets", "unicast_packets_received"],
    ["unicast_xmit_packets", "unicast_packets_transmitted"],
    ["VL15_dropped", "vl15_dropped"],
  ]),
  ...named("counters_ext", [
    ["port_multicast_rcv_packets", "legacy_multicast_packets_received"],
    ["port_multicast_xmit_packets", "legacy_multicast_packets_transmitted"],
    ["port_rcv_data_64", "legacy_data_received_bytes"],
    ["port_xmit_data_64", "legacy_data_transmitted_bytes"],
    ["port_rcv_packets_64", "legacy_packets_received"],
    ["port_xmit_packets_64", "legacy_packets_transmitted"],
    ["port_unicast_rcv_packets", "legacy_unicast_packets_received"],
    ["port_unicast_xmit_packets", "legacy_unicast_packets_transmitted"],
  ]),
  ...named("hw_counters", [
    ["duplicate_request", "duplicate_requests_packets"],
    ["implied_nak_seq_err", "implied_nak_seq_errors"],
    ["local_ack_timeout_err", "local_ack_timeout_errors"],
    ["np_cnp_sent", "np_cnp_packets_sent"],
    ["np_ecn_marked_roce_packets", "np_ecn_marked_roce_packets_received"],
    ["out_of_buffer", "out_of_buffer_drops"],
    ["out_of_sequence", "out_of_sequence_packets_received"],
    ["packet_seq_err", "packet_sequence_errors"],
    ["req_cqe_error", "req_cqes_errors"],
    ["req_cqe_flush_error", "req_cqes_flush_errors"],
    ["req_remote_access_errors", "req_remote_access_errors"],
    ["req_remote_invalid_request", "req_remote_invalid_request_errors"],
    ["resp_cqe_error", "resp_cqes_errors"],
    ["resp_cqe_flush_error", "resp_cqes_flush_errors"],
    ["resp_local_length_error", "resp_local_length_errors"],
    ["resp_remote_access_errors", "resp_remote_access_errors"],
    ["rnr_nak_retry_err", "rnr_nak_retry_packets_received"],
    ["roce_adp_retrans", "roce_adp_retransmits"],
    ["roce_adp_retrans_to", "roce_adp_retransmits_timeout"],
    ["roce_slow_restart", "roce_slow_restart_used"],
    ["roce_slow_restart_cnps", "roce_slow_restart_cnps"],
    ["roce_slow_restart_trans", "roce_slow_restart"],
    ["rp_cnp_handled", "rp_cnp_packets_handled"],
    ["rp_cnp_ignored", "rp_cnp_ignored_packets_received"],
    ["rx_atomic_requests", "rx_atomic_requests"],
    ["rx_dct_connect", "rx_dct_connect_requests"],
    ["rx_icrc_encapsulated", "rx_icrc_encapsulated_errors"],
    ["rx_read_requests", "rx_read_requests"],
    ["rx_write_requests", "rx_write_requests"],
  ]),
];
