/** How far a setting reaches: the network namespace whose it is, or the whole machine. */
export type LimitScope = "namespace" | "machine";

/** What is known of a setting before it is read. */
export interface LimitFacts {
  /** Its file, below `/proc/sys`. */
  readonly file: string;
  readonly scope: LimitScope;
  /** What its text is: a number, several, or ranges of ports. */
  readonly form: "number" | "numbers" | "ports";
}

const net = (file: string, scope: LimitScope, form: LimitFacts["form"] = "number"): LimitFacts => ({
  file: `net/${file}`,
  scope,
  form,
});

/**
 * All settings that findings need, as they are for one network namespace, by the name that sysctl(8) has for them. Those of the machine
 * are absent from `/proc/sys` in every namespace but the first.
 */
export interface Limits {
  /** Longest queue of finished connections that wait for accept(2), whatever listen(2) asked for. 4096 since Linux 5.4, 128 before. */
  readonly "net.core.somaxconn": Limit;
  /** Half-open connections remembered for a listener while cookies are off. */
  readonly "net.ipv4.tcp_max_syn_backlog": Limit;
  /** 0 no cookies, 1 when the queue is full, 2 always. */
  readonly "net.ipv4.tcp_syncookies": Limit;
  /** Whether a connection that cannot be queued is reset in place of left to try again. */
  readonly "net.ipv4.tcp_abort_on_overflow": Limit;
  /** First and last port that the kernel chooses. */
  readonly "net.ipv4.ip_local_port_range": Limit;
  /** Ports in it that the kernel does not choose. */
  readonly "net.ipv4.ip_local_reserved_ports": Limit;
  /** Whether a port in TIME_WAIT is taken again for a new connection to the same peer: 0 no, 1 yes, 2 over loopback. */
  readonly "net.ipv4.tcp_tw_reuse": Limit;
  /** Most connections in TIME_WAIT. */
  readonly "net.ipv4.tcp_max_tw_buckets": Limit;
  /** Seconds that a closed connection waits for its peer to close. */
  readonly "net.ipv4.tcp_fin_timeout": Limit;
  /** Repeats before a connection is given up. */
  readonly "net.ipv4.tcp_retries2": Limit;
  /** Most connections that no process holds any more. */
  readonly "net.ipv4.tcp_max_orphans": Limit;
  /** Memory of TCP, pages: below the first no care is taken, from the second on windows shrink, at the third memory is refused. */
  readonly "net.ipv4.tcp_mem": Limit;
  /** The same of UDP. */
  readonly "net.ipv4.udp_mem": Limit;
  /** Most packets that wait for a CPU. */
  readonly "net.core.netdev_max_backlog": Limit;
  /** Packets of one round of polling. */
  readonly "net.core.netdev_budget": Limit;
  /** Microseconds of one round of polling. Since Linux 4.12. */
  readonly "net.core.netdev_budget_usecs": Limit;
  /** Neighbours of IPv4 from which on unused ones are collected; below, none is. */
  readonly "net.ipv4.neigh.default.gc_thresh1": Limit;
  /** From which on they are collected after 5 seconds. */
  readonly "net.ipv4.neigh.default.gc_thresh2": Limit;
  /** Most of them. */
  readonly "net.ipv4.neigh.default.gc_thresh3": Limit;
  /** The same of IPv6. */
  readonly "net.ipv6.neigh.default.gc_thresh1": Limit;
  /** The same of IPv6. */
  readonly "net.ipv6.neigh.default.gc_thresh2": Limit;
  /** The same of IPv6. */
  readonly "net.ipv6.neigh.default.gc_thresh3": Limit;
  /** Connections that are tracked now. */
  readonly "net.netfilter.nf_conntrack_count": Limit;
  /** Most connections that are tracked. */
  readonly "net.netfilter.nf_conntrack_max": Limit;
  /** Datagrams that wait in a unix socket. */
  readonly "net.unix.max_dgram_qlen": Limit;
  /** Size of a receive buffer unless a program asks for another one, bytes. */
  readonly "net.core.rmem_default": Limit;
  /** The most it can ask for. */
  readonly "net.core.rmem_max": Limit;
}

/** The name of a setting, as sysctl(8) has it. */
export type LimitName = keyof Limits;

/** A setting, or why it is not known. */
export interface Limit {
  /** As sysctl(8) has it. */
  readonly name: LimitName;
  /** How far it reaches. */
  readonly scope: LimitScope;
  /** Path of its file. */
  readonly file: string;
  /** Its number; of `ip_local_port_range` and `tcp_mem` all of them, of `ip_local_reserved_ports` first and last of each range. */
  readonly values: readonly number[] | undefined;
  /** Why `values` is absent. */
  readonly unknown?: LimitUnknown;
}

/**
 * Why a setting is not known: the kernel has no such file here (`no-file`), it could not be read (`unreadable`), or it is that of
 * another network namespace, which procfs does not show (`other-namespace`): `/proc/<pid>/root/proc/sys` shows the reader's own.
 */
export type LimitUnknown = "no-file" | "unreadable" | "other-namespace";

/** Where each setting is. */
export const LIMITS: Readonly<Record<LimitName, LimitFacts>> = {
  "net.core.somaxconn": net("core/somaxconn", "namespace"),
  "net.ipv4.tcp_max_syn_backlog": net("ipv4/tcp_max_syn_backlog", "namespace"),
  "net.ipv4.tcp_syncookies": net("ipv4/tcp_syncookies", "namespace"),
  "net.ipv4.tcp_abort_on_overflow": net("ipv4/tcp_abort_on_overflow", "namespace"),
  "net.ipv4.ip_local_port_range": net("ipv4/ip_local_port_range", "namespace", "numbers"),
  "net.ipv4.ip_local_reserved_ports": net("ipv4/ip_local_reserved_ports", "namespace", "ports"),
  "net.ipv4.tcp_tw_reuse": net("ipv4/tcp_tw_reuse", "namespace"),
  "net.ipv4.tcp_max_tw_buckets": net("ipv4/tcp_max_tw_buckets", "namespace"),
  "net.ipv4.tcp_fin_timeout": net("ipv4/tcp_fin_timeout", "namespace"),
  "net.ipv4.tcp_retries2": net("ipv4/tcp_retries2", "namespace"),
  "net.ipv4.tcp_max_orphans": net("ipv4/tcp_max_orphans", "machine"),
  "net.ipv4.tcp_mem": net("ipv4/tcp_mem", "machine", "numbers"),
  "net.ipv4.udp_mem": net("ipv4/udp_mem", "machine", "numbers"),
  "net.core.netdev_max_backlog": net("core/netdev_max_backlog", "machine"),
  "net.core.netdev_budget": net("core/netdev_budget", "machine"),
  "net.core.netdev_budget_usecs": net("core/netdev_budget_usecs", "machine"),
  "net.ipv4.neigh.default.gc_thresh1": net("ipv4/neigh/default/gc_thresh1", "machine"),
  "net.ipv4.neigh.default.gc_thresh2": net("ipv4/neigh/default/gc_thresh2", "machine"),
  "net.ipv4.neigh.default.gc_thresh3": net("ipv4/neigh/default/gc_thresh3", "machine"),
  "net.ipv6.neigh.default.gc_thresh1": net("ipv6/neigh/default/gc_thresh1", "machine"),
  "net.ipv6.neigh.default.gc_thresh2": net("ipv6/neigh/default/gc_thresh2", "machine"),
  "net.ipv6.neigh.default.gc_thresh3": net("ipv6/neigh/default/gc_thresh3", "machine"),
  "net.netfilter.nf_conntrack_count": net("netfilter/nf_conntrack_count", "namespace"),
  "net.netfilter.nf_conntrack_max": net("netfilter/nf_conntrack_max", "namespace"),
  "net.unix.max_dgram_qlen": net("unix/max_dgram_qlen", "namespace"),
  "net.core.rmem_default": net("core/rmem_default", "machine"),
  "net.core.rmem_max": net("core/rmem_max", "machine"),
};
