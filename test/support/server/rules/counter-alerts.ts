import { type Alert, DOCS, series, type TestedAlert } from "./alert.ts";

/*
 * What Prometheus judges better than a server that remembers a minute: what lasts, comes again and again, or grows, and whether the
 * server itself is well.
 */

interface Words {
  readonly name: string;
  readonly expr: string;
  readonly hold: string;
  readonly severity?: "warning" | "critical";
  readonly summary: string;
  readonly description: string;
}

function ruleOf({ name, expr, hold, severity = "warning", summary, description }: Words): Alert {
  return {
    alert: `Procnet${name}`,
    expr,
    for: hold,
    labels: { severity },
    annotations: {
      summary: `{{ $labels.instance }}: ${summary}`,
      description,
      runbook_url: `${DOCS}/fleet/prometheus.md#alerts`,
    },
  };
}

const BY_PROCESS = "sum by (job, instance, container, process)";

/** Whether the server works. */
export const SERVER_ALERTS: readonly TestedAlert[] = [
  {
    rule: ruleOf({
      name: "Down",
      expr: 'up{job="procnet"} == 0',
      hold: "5m",
      severity: "critical",
      summary: "procnet cannot be scraped",
      description:
        "Prometheus gets no answer from the server of that machine: it is not running, cannot be reached, or wants another token. The page of targets says which.",
    }),
    fires: { [series("up")]: "0x180" },
    silent: { [series("up")]: "1x180", 'up{instance="web1:9100",job="node"}': "0x180" },
  },
  {
    rule: ruleOf({
      name: "ScrapeIncomplete",
      expr: "procnet_scrape_collector_success == 0",
      hold: "10m",
      summary: "{{ $labels.collector }} is missing in its scrapes",
      description:
        "The look at the sockets fails, or takes longer than the scrape waits. procnet_look_duration_seconds says how long it took the last time it was told; raise scrape_timeout, or exclude[] what is not needed.",
    }),
    fires: { [series("procnet_scrape_collector_success", 'collector="procnet_sockets"')]: "0x180" },
    labels: { collector: "procnet_sockets" },
    silent: { [series("procnet_scrape_collector_success", 'collector="procnet_sockets"')]: "1x180" },
  },
  {
    rule: ruleOf({
      name: "LookOld",
      expr: "procnet_look_age_seconds > 60",
      hold: "5m",
      summary: "what it tells of sockets is {{ $value | humanizeDuration }} old",
      description:
        "Looking takes very long, or --max-age of the server is larger than it should be: alerts and panels show what was the case then.",
    }),
    fires: { [series("procnet_look_age_seconds")]: "90x180" },
    value: "1m 30s",
    silent: { [series("procnet_look_age_seconds")]: "60x180" },
  },
  {
    rule: ruleOf({
      name: "MostlyOther",
      expr: `sum by (job, instance) (procnet_process_sockets{process="other"}) / sum by (job, instance) (procnet_process_sockets) > 0.5 and on (job, instance) procnet_series_folded{metric="procnet_process_sockets"} > 0`,
      hold: "30m",
      summary: "{{ $value | humanizePercentage }} of its sockets are counted as other",
      description:
        "More programs or containers hold sockets there than have series of their own, and the rest holds most of them. Raise --max-series if there is room, or ask /api/v1/processes of that server.",
    }),
    fires: {
      [series("procnet_process_sockets", 'process="other",container=""')]: "600x180",
      [series("procnet_process_sockets", 'process="nginx",container=""')]: "400x180",
      [series("procnet_series_folded", 'metric="procnet_process_sockets"')]: "30x180",
    },
    value: "60%",
    silent: {
      [series("procnet_process_sockets", 'process="other",container=""')]: "500x180",
      [series("procnet_process_sockets", 'process="nginx",container=""')]: "500x180",
      [series("procnet_series_folded", 'metric="procnet_process_sockets"')]: "30x180",
    },
  },
  {
    rule: ruleOf({
      name: "OwnersUnknown",
      expr: 'sum by (job, instance) (procnet_owners_unknown{reason=~"no-permission|hidepid|other-namespace"}) > 0',
      hold: "30m",
      summary: "it does not know who holds {{ $value }} sockets",
      description:
        "The server lacks the right to look into processes of other users (CAP_SYS_PTRACE, CAP_DAC_READ_SEARCH), a profile of AppArmor or SELinux forbids it, or it does not share the process ids of the host.",
    }),
    fires: { [series("procnet_owners_unknown", 'reason="no-permission"')]: "40x180" },
    value: "40",
    silent: {
      [series("procnet_owners_unknown", 'reason="no-permission"')]: "0x180",
      [series("procnet_owners_unknown", 'reason="time-wait"')]: "40x180",
    },
  },
];

/** What lasts, comes again and again, or grows. */
export const NETWORK_ALERTS: readonly TestedAlert[] = [
  {
    rule: ruleOf({
      name: "RetransmissionsLast",
      expr: "rate(node_netstat_Tcp_RetransSegs[15m]) / (rate(node_netstat_Tcp_OutSegs[15m]) + rate(node_netstat_Tcp_RetransSegs[15m])) > 0.02 and rate(node_netstat_Tcp_OutSegs[15m]) > 10",
      hold: "30m",
      summary: "{{ $value | humanizePercentage }} of what TCP sends is sent again, for long",
      description:
        "Less than the finding tcp-retransmissions warns of, but for three quarters of an hour: loss or delay on a path that is used all the time. See which peers it is, and the errors and drops of interfaces. A rule of thumb.",
    }),
    fires: {
      [series("node_netstat_Tcp_OutSegs")]: "0+5700x180",
      [series("node_netstat_Tcp_RetransSegs")]: "0+300x180",
    },
    value: "5%",
    silent: {
      [series("node_netstat_Tcp_OutSegs")]: "0+570x180",
      [series("node_netstat_Tcp_RetransSegs")]: "0+30x180",
    },
  },
  {
    rule: ruleOf({
      name: "ListenOverflowsRepeated",
      expr: "increase(node_netstat_TcpExt_ListenOverflows[1h]) > 10 and increase(node_netstat_TcpExt_ListenOverflows[5m]) > 0",
      hold: "5m",
      summary: "{{ $value | humanize }} finished connections were dropped within an hour",
      description:
        "A listener does not accept fast enough, again and again, each time too short for the finding tcp-accept-queue-overflow. procnet_listener_accept_queue says where connections wait.",
    }),
    fires: { [series("node_netstat_TcpExt_ListenOverflows")]: "0+1x180" },
    value: "60",
    silent: { [series("node_netstat_TcpExt_ListenOverflows")]: "0+1x60 60x120" },
  },
  {
    rule: ruleOf({
      name: "ConntrackNearlyFull",
      expr: "node_nf_conntrack_entries / node_nf_conntrack_entries_limit > 0.75",
      hold: "10m",
      summary: "{{ $value | humanizePercentage }} of the table of tracked connections is used",
      description:
        "When it is full new connections are dropped. Raise net.netfilter.nf_conntrack_max and its buckets, shorten time-outs, or exempt traffic that needs no tracking.",
    }),
    fires: {
      [series("node_nf_conntrack_entries")]: "800x180",
      [series("node_nf_conntrack_entries_limit")]: "1000x180",
    },
    value: "80%",
    silent: {
      [series("node_nf_conntrack_entries")]: "700x180",
      [series("node_nf_conntrack_entries_limit")]: "1000x180",
    },
  },
  {
    rule: ruleOf({
      name: "ConntrackFillsUp",
      expr: "predict_linear(node_nf_conntrack_entries[1h], 4 * 3600) > node_nf_conntrack_entries_limit and node_nf_conntrack_entries / node_nf_conntrack_entries_limit > 0.4",
      hold: "15m",
      summary: "its table of tracked connections is full within four hours",
      description:
        "If it goes on as in the last hour, and then new connections are dropped. See which connections there are more of: a leak, a scan, or load that grows.",
    }),
    fires: {
      [series("node_nf_conntrack_entries")]: "0+1000x180",
      [series("node_nf_conntrack_entries_limit")]: "300000x180",
    },
    silent: {
      [series("node_nf_conntrack_entries")]: "150000x180",
      [series("node_nf_conntrack_entries_limit")]: "300000x180",
    },
  },
  {
    rule: ruleOf({
      name: "LocalPortsRunOut",
      expr: "predict_linear(procnet_ephemeral_ports_used_ratio[30m], 3600) > 0.95 and procnet_ephemeral_ports_used_ratio > 0.5",
      hold: "10m",
      summary: "its local ports for {{ $labels.network }} port {{ $labels.port }} are used up within the hour",
      description:
        "If it goes on as in the last half hour, and then connect(2) to that destination fails with EADDRNOTAVAIL, which no counter tells. Keep connections open and share them, connect from more local addresses, or widen net.ipv4.ip_local_port_range. The server has this number only with --destinations.",
    }),
    fires: {
      [series("procnet_ephemeral_ports_used_ratio", 'network="192.0.2.0/24",port="443"')]: "0+0.005x180",
    },
    labels: { network: "192.0.2.0/24", port: "443" },
    silent: { [series("procnet_ephemeral_ports_used_ratio", 'network="192.0.2.0/24",port="443"')]: "0.75x180" },
  },
  {
    rule: ruleOf({
      name: "CloseWaitGrows",
      expr: `${BY_PROCESS} (procnet_close_wait_sockets) > 100 and ${BY_PROCESS} (deriv(procnet_close_wait_sockets[30m])) > 0`,
      hold: "15m",
      summary: "{{ $labels.process }} has {{ $value }} connections that it does not close, and they grow more",
      description:
        "Their peers have closed, and this program has not: its descriptors are used up one by one. The label reason says why: unclosed, it forgets close(2); unread, it is stuck or does not poll them.",
    }),
    fires: {
      [series("procnet_close_wait_sockets", 'container="",process="java",reason="unclosed"')]: "0+2x180",
    },
    labels: { process: "java" },
    value: "300",
    silent: { [series("procnet_close_wait_sockets", 'container="",process="java",reason="unclosed"')]: "300x180" },
  },
  {
    rule: ruleOf({
      name: "UdpDropsLast",
      expr: `${BY_PROCESS} (rate(procnet_udp_drops_total[10m])) > 1`,
      hold: "15m",
      summary: "{{ $labels.process }} loses {{ $value | humanize }} datagrams a second",
      description:
        "They arrived, and the buffer of its socket was full: it reads too slowly, or its SO_RCVBUF is too small for bursts.",
    }),
    fires: { [series("procnet_udp_drops_total", 'container="",process="resolved"')]: "0+120x180" },
    labels: { process: "resolved" },
    value: "2",
    silent: { [series("procnet_udp_drops_total", 'container="",process="resolved"')]: "0+30x180" },
  },
];
