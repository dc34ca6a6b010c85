import type { Placement } from "../process/container.ts";

/*
 * What the kernel tells of sockets by netlink (sock_diag) and not in procfs. All of it is absent on what was read from procfs, and each
 * field where the kernel, the protocol or the state has none, or the right to see it is missing.
 */

/**
 * `struct tcp_info` of include/uapi/linux/tcp.h, by the kernel's own names without `tcpi_`. It grew from version to version: fields that
 * a kernel does not have are absent. Numbers of 64 bits above 2^53 are rounded.
 */
export interface TcpInfo {
  /** State of the connection, as a number: see `TcpState`. */
  readonly state?: number;
  /** State of congestion control: 0 open, 1 disorder, 2 CWR, 3 recovery, 4 loss. */
  readonly ca_state?: number;
  /** Retransmissions of the segment that is waited for, without an answer so far. */
  readonly retransmits?: number;
  /** Probes of a closed window without an answer. */
  readonly probes?: number;
  /** How often the retransmission timeout was doubled. */
  readonly backoff?: number;
  /** Options in use, bits: 1 timestamps, 2 SACK, 4 window scale, 8 ECN, 16 ECN seen, 32 data in the SYN. */
  readonly options?: number;
  /** Window scale of the peer's window. */
  readonly snd_wscale?: number;
  /** Window scale of this side's window. */
  readonly rcv_wscale?: number;
  /** 1 where the delivery rate was limited by the program, which had nothing to send. */
  readonly delivery_rate_app_limited?: number;
  /** Why TCP Fast Open failed: 0 it did not, 1 no cookie, 2 data not acknowledged, 3 SYN retransmitted. */
  readonly fastopen_client_fail?: number;
  /** Retransmission timeout, microseconds. */
  readonly rto?: number;
  /** Delayed-acknowledgement timeout, microseconds. */
  readonly ato?: number;
  /** Largest segment that is sent, bytes. */
  readonly snd_mss?: number;
  /** Largest segment that is expected, bytes. */
  readonly rcv_mss?: number;
  /** Segments in flight; of a listener, connections that wait for accept(2). */
  readonly unacked?: number;
  /** Segments acknowledged selectively; of a listener, how many may wait for accept(2). */
  readonly sacked?: number;
  /** Segments taken to be lost. */
  readonly lost?: number;
  /** Segments retransmitted and not acknowledged. */
  readonly retrans?: number;
  /** Segments before the highest acknowledged selectively; 0 since Linux 4.15. */
  readonly fackets?: number;
  /** Milliseconds since data was sent. */
  readonly last_data_sent?: number;
  /** Not kept by the kernel: 0. */
  readonly last_ack_sent?: number;
  /** Milliseconds since data came. */
  readonly last_data_recv?: number;
  /** Milliseconds since an acknowledgement came. */
  readonly last_ack_recv?: number;
  /** Path MTU, bytes. */
  readonly pmtu?: number;
  /** Slow-start threshold of the receive window, bytes. */
  readonly rcv_ssthresh?: number;
  /** Smoothed round-trip time, microseconds. */
  readonly rtt?: number;
  /** Mean deviation of the round-trip time, microseconds. */
  readonly rttvar?: number;
  /** Slow-start threshold, segments; 2147483647 in the first slow start. */
  readonly snd_ssthresh?: number;
  /** Congestion window, segments. */
  readonly snd_cwnd?: number;
  /** Largest segment announced, bytes. */
  readonly advmss?: number;
  /** Segments by which order may differ before loss is assumed. */
  readonly reordering?: number;
  /** Round-trip time as the receiver sees it, microseconds. */
  readonly rcv_rtt?: number;
  /** Room for the data of one round trip, bytes. */
  readonly rcv_space?: number;
  /** Segments retransmitted in all. */
  readonly total_retrans?: number;
  /** Pacing rate, bytes a second; absent where it is unlimited. */
  readonly pacing_rate?: number | undefined;
  /** Most pacing rate, bytes a second; absent where it is unlimited. */
  readonly max_pacing_rate?: number | undefined;
  /** Bytes that the peer acknowledged; since Linux 4.1. */
  readonly bytes_acked?: number;
  /** Bytes that came, each once; since Linux 4.1. */
  readonly bytes_received?: number;
  /** Segments sent, retransmissions and those without data too; since Linux 4.2. */
  readonly segs_out?: number;
  /** Segments that came; since Linux 4.2. */
  readonly segs_in?: number;
  /** Bytes that wait to be sent for the first time. */
  readonly notsent_bytes?: number;
  /** Least round-trip time seen lately, microseconds; 4294967295 before the first. */
  readonly min_rtt?: number;
  /** Segments with data that came. */
  readonly data_segs_in?: number;
  /** Segments with data that were sent, retransmissions too. */
  readonly data_segs_out?: number;
  /** Rate at which data is delivered lately, bytes a second. */
  readonly delivery_rate?: number;
  /** Microseconds in which there was something to send. */
  readonly busy_time?: number;
  /** Of them, those in which the peer's window stood in the way. */
  readonly rwnd_limited?: number;
  /** Of them, those in which the send buffer was too small. */
  readonly sndbuf_limited?: number;
  /** Segments delivered. */
  readonly delivered?: number;
  /** Segments delivered of which the peer told congestion (ECN). */
  readonly delivered_ce?: number;
  /** Bytes sent, retransmissions too; since Linux 4.19. */
  readonly bytes_sent?: number;
  /** Bytes retransmitted; since Linux 4.19. */
  readonly bytes_retrans?: number;
  /** Segments that the peer says it had twice (DSACK). */
  readonly dsack_dups?: number;
  /** Times at which segments came in another order. */
  readonly reord_seen?: number;
  /** Segments that came out of order. */
  readonly rcv_ooopack?: number;
  /** Window of the peer, bytes; since Linux 5.4. */
  readonly snd_wnd?: number;
  /** Window of this side, bytes; since Linux 6.2. */
  readonly rcv_wnd?: number;
  /** Times at which another path was tried, by another hash; since Linux 6.2. */
  readonly rehash?: number;
  /** Retransmission timeouts in all; since Linux 6.7. */
  readonly total_rto?: number;
  /** Recoveries from them. */
  readonly total_rto_recoveries?: number;
  /** Milliseconds spent in them. */
  readonly total_rto_time?: number;
  /** Segments that came with a mark of congestion (AccECN); since Linux 6.18, as all that follow. */
  readonly received_ce?: number;
  /** Bytes delivered under ECT(1). */
  readonly delivered_e1_bytes?: number;
  /** Bytes delivered under ECT(0). */
  readonly delivered_e0_bytes?: number;
  /** Bytes delivered with a mark of congestion. */
  readonly delivered_ce_bytes?: number;
  /** Bytes that came under ECT(1). */
  readonly received_e1_bytes?: number;
  /** Bytes that came under ECT(0). */
  readonly received_e0_bytes?: number;
  /** Bytes that came with a mark of congestion. */
  readonly received_ce_bytes?: number;
  /** Why AccECN is not in use, bits of `TCP_ACCECN_*_FAIL_*`; 0 where nothing failed. */
  readonly accecn_fail_mode?: number;
  /** What was seen of the AccECN option: 0 nothing yet, 1 disabled, 2 none, 3 one, 4 counted. */
  readonly accecn_opt_seen?: number;
}

/**
 * `struct mptcp_info` of include/uapi/linux/mptcp.h, by the kernel's own names without `mptcpi_`: of a whole connection, whose subflows are
 * TCP sockets of their own. Fields that a kernel does not have are absent. Numbers of 64 bits above 2^53 are rounded, but for the places in
 * the sequence of bytes, which are hexadecimal digits.
 */
export interface MptcpInfo {
  /** Further subflows. */
  readonly subflows?: number;
  /** Addresses announced to the peer. */
  readonly add_addr_signal?: number;
  /** Addresses that the peer announced and that were taken. */
  readonly add_addr_accepted?: number;
  /** Most further subflows. */
  readonly subflows_max?: number;
  /** Most addresses that are announced. */
  readonly add_addr_signal_max?: number;
  /** Most announced addresses that are taken. */
  readonly add_addr_accepted_max?: number;
  /** Bits: 1 it fell back to TCP, 2 the peer's key is known. */
  readonly flags?: number;
  /** What names the connection, by which further subflows join. */
  readonly token?: number;
  /** Place of the next byte to be sent. */
  readonly write_seq?: string;
  /** Place of the first byte that is not acknowledged. */
  readonly snd_una?: string;
  /** Place of the next byte that is expected. */
  readonly rcv_nxt?: string;
  /** Local addresses in use. */
  readonly local_addr_used?: number;
  /** Most of them. */
  readonly local_addr_max?: number;
  /** 1 where the bytes have a checksum. */
  readonly csum_enabled?: number;
  /** Retransmissions over other subflows; since Linux 6.5, as the bytes that follow. */
  readonly retransmits?: number;
  /** Bytes retransmitted. */
  readonly bytes_retrans?: number;
  /** Bytes sent. */
  readonly bytes_sent?: number;
  /** Bytes that came. */
  readonly bytes_received?: number;
  /** Bytes acknowledged. */
  readonly bytes_acked?: number;
  /** All subflows, the first too; since Linux 6.7. */
  readonly subflows_total?: number;
  /** Milliseconds since data was sent; since Linux 6.10, as the two that follow. */
  readonly last_data_sent?: number;
  /** Milliseconds since data came. */
  readonly last_data_recv?: number;
  /** Milliseconds since an acknowledgement came. */
  readonly last_ack_recv?: number;
}

/** What the kernel tells of a TCP connection that carries one of MPTCP: `MPTCP_SUBFLOW_ATTR_*` of include/uapi/linux/mptcp.h. */
export interface MptcpSubflow {
  /** The peer's name for the connection, of a subflow that joined it. */
  readonly token_rem?: number;
  /** This side's name for it. */
  readonly token_loc?: number;
  /** How much was written, from the beginning of the subflow. */
  readonly relwrite_seq?: number;
  /** Place in the connection's sequence to which what comes belongs: hexadecimal digits. */
  readonly map_seq?: string;
  /** The same in the subflow's own. */
  readonly map_sfseq?: number;
  /** Between the subflow's sequence and TCP's. */
  readonly ssn_offset?: number;
  /** Bytes for which that holds. */
  readonly map_datalen?: number;
  /** Bits: of the peer and of this side 1 and 2 it began the connection, 4 and 8 it joined, 16 and 32 as a backup; 64 established, 128 connected, 256 the places are valid. */
  readonly flags?: number;
  /** Number of the peer's address. */
  readonly id_rem?: number;
  /** Number of this side's. */
  readonly id_loc?: number;
}

/** `TLS_INFO_*` of include/uapi/linux/tls.h: TLS that the kernel does on a connection. Absent is what was not set up. */
export interface TlsInfo {
  /** 0x0303 for TLS 1.2, 0x0304 for 1.3; of what was set up first. */
  readonly version?: number;
  /**
   * 51 AES-GCM-128, 52 AES-GCM-256, 53 AES-CCM-128, 54 CHACHA20-POLY1305, 55 SM4-GCM, 56 SM4-CCM, 57 ARIA-GCM-128, 58 ARIA-GCM-256.
   */
  readonly cipher?: number;
  /** Who encrypts what is sent: 1 nobody, 2 the kernel, 3 the device, 4 the device with TCP of its own. */
  readonly txconf?: number;
  /** Who decrypts what comes, by the same numbers. */
  readonly rxconf?: number;
  /** Whether the device sends files without a copy, which must not change meanwhile; since Linux 6.0. */
  readonly zc_ro_tx?: boolean;
  /** Whether TLS 1.3 is expected to come without padding; since Linux 6.0. */
  readonly rx_no_pad?: boolean;
}

/** Memory of a socket, bytes: `SK_MEMINFO_*` of include/uapi/linux/sock_diag.h. */
export interface SkMemInfo {
  /** Taken by what waits to be read: `r` of `ss -m`. */
  readonly rmem_alloc: number;
  /** Most of it: `rb`. */
  readonly rcvbuf: number;
  /** Taken by what is sent and not freed: `t`. */
  readonly wmem_alloc: number;
  /** Most of it: `tb`. */
  readonly sndbuf: number;
  /** Kept in advance: `f`. */
  readonly fwd_alloc: number;
  /** Taken by what waits to be sent: `w`. */
  readonly wmem_queued: number;
  /** Taken by options: `o`. */
  readonly optmem: number;
  /** Packets that came while the socket was busy: `bl`. */
  readonly backlog: number;
  /** Packets lost: `d`; absent before Linux 4.7. */
  readonly drops?: number;
}

/** What every socket has that netlink tells of. */
export interface KernelFields {
  /** What names the socket for good, on this machine until it is booted: hexadecimal digits. SOCK_DESTROY takes it. */
  readonly cookie?: string | undefined;
  /** Its memory. */
  readonly skMem?: SkMemInfo | undefined;
  /** How far it is shut down: bit 0 for receiving, bit 1 for sending. */
  readonly shutdown?: number | undefined;
  /** Attributes that are not known here, by their number: the bytes as hexadecimal digits. */
  readonly unknownAttributes?: Readonly<Record<number, string>> | undefined;
}

/** Flags of an internet socket: `struct inet_diag_sockopt`, since Linux 5.10. Each is the option of that name as it is set. */
export interface InetSockOpt {
  /** `IP_RECVERR` or `IPV6_RECVERR`: errors are queued. */
  readonly recverr: boolean;
  /** A socket of a connection-oriented protocol. */
  readonly is_icsk: boolean;
  /** `IP_FREEBIND`: it may be bound to an address that is not there. */
  readonly freebind: boolean;
  /** `IP_HDRINCL`: programs write the header themselves. */
  readonly hdrincl: boolean;
  /** `IP_MULTICAST_LOOP`: what it sends to groups comes back. */
  readonly mc_loop: boolean;
  /** `IP_TRANSPARENT`: it may use addresses of others. */
  readonly transparent: boolean;
  /** `IP_MULTICAST_ALL`: it gets what any group of the host gets. */
  readonly mc_all: boolean;
  /** `IP_NODEFRAG`: fragments come as they are. */
  readonly nodefrag: boolean;
  /** `IP_BIND_ADDRESS_NO_PORT`: bind(2) left the port for connect(2). */
  readonly bind_address_no_port: boolean;
  /** `IP_RECVERR_RFC4884`: errors with the extensions of RFC 4884. */
  readonly recverr_rfc4884: boolean;
  /** `TCP_FASTOPEN_CONNECT`: connect(2) is put off to the first data. */
  readonly defer_connect: boolean;
}

/** What internet sockets have besides. */
export interface InetKernelFields extends KernelFields {
  /** How many connections may wait for accept(2), of a listener. */
  readonly backlog?: number | undefined;
  /** The interface it is bound to. */
  readonly ifIndex?: number | undefined;
  /** Number of the control group in which it was made: the inode of its directory in cgroup2. Since Linux 5.7. */
  readonly cgroupId?: number | undefined;
  /**
   * That control group by its path, and the container and unit that it names, as those of an owner are told: who made the socket, which is
   * known of those too that nobody holds. Absent where the group is gone, or cgroup2 not mounted.
   */
  readonly placement?: Placement | undefined;
  /** Whether it takes IPv6 alone: `IPV6_V6ONLY`. */
  readonly v6only?: boolean | undefined;
  /** Its mark; needs CAP_NET_ADMIN. */
  readonly mark?: number | undefined;
  /** Its class: that of net_cls, or `SO_PRIORITY`. */
  readonly classId?: number | undefined;
  /** Type of service of what is sent over IPv4. */
  readonly tos?: number | undefined;
  /** Traffic class of what is sent over IPv6. */
  readonly tclass?: number | undefined;
  /** Its options. */
  readonly sockOpt?: InetSockOpt | undefined;
  /** Protocol where the table does not tell it, as of MPTCP: 262. */
  readonly ipProtocol?: number | undefined;
}

/** What TCP sockets have besides. */
export interface TcpKernelFields extends InetKernelFields {
  /** Round-trip times, bytes, segments; fields as they were asked for. */
  readonly tcpInfo?: TcpInfo | undefined;
  /** Of a connection of MPTCP as a whole: its figures. */
  readonly mptcpInfo?: MptcpInfo | undefined;
  /** Congestion control: `cubic`. */
  readonly congestion?: string | undefined;
  /** Figures of BBR. */
  readonly bbr?:
    | {
        /** Bandwidth, bytes a second. */
        readonly bw: number;
        /** Least round-trip time, microseconds. */
        readonly min_rtt: number;
        /** Gain of pacing, 256 for 1. */
        readonly pacing_gain: number;
        /** Gain of the congestion window, 256 for 1. */
        readonly cwnd_gain: number;
      }
    | undefined;
  /** Figures of Vegas and its kin. */
  readonly vegas?:
    | { readonly enabled: number; readonly rttcnt: number; readonly rtt: number; readonly minrtt: number }
    | undefined;
  /** Figures of DCTCP. */
  readonly dctcp?:
    | {
        readonly enabled: number;
        readonly ce_state: number;
        readonly alpha: number;
        readonly ab_ecn: number;
        readonly ab_tot: number;
      }
    | undefined;
  /** Of a subflow of MPTCP: how it is part of a connection. */
  readonly mptcpSubflow?: MptcpSubflow | undefined;
  /** Of a connection with TLS in the kernel: what the kernel does of it. */
  readonly tlsInfo?: TlsInfo | undefined;
  /** The protocol above TCP in the kernel: `tls`, `mptcp`. */
  readonly ulp?: string | undefined;
}

/** What unix sockets have besides. */
export interface UnixKernelFields extends KernelFields {
  /** Inode of the socket at the other end; 0 where there is none. */
  readonly peer?: number | undefined;
  /** Device and inode of the file it is bound to, as `fs.stat` has them; the inode's lower 32 bits. */
  readonly vfs?: { readonly dev: number; readonly inode: number } | undefined;
  /** Of a listener: inodes of the sockets at the other ends of connections that wait for accept(2). */
  readonly icons?: readonly number[] | undefined;
  /** Bytes that wait to be read; of a listener, connections that wait for accept(2). */
  readonly rxQueue?: number | undefined;
  /** Bytes sent and not read; of a listener, how many connections may wait. */
  readonly txQueue?: number | undefined;
  /** User id of who made it; since Linux 4.20. */
  readonly uid?: number | undefined;
}
