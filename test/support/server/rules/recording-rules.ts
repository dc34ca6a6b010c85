import { type SeriesOf, series } from "./alert.ts";

/** A rule that records, with what it makes of series. */
export interface TestedRecording {
  readonly rule: { readonly record: string; readonly expr: string };
  readonly given: SeriesOf;
  /** Value by labels besides those of the host. */
  readonly gives: Readonly<Record<string, number>>;
}

const ratio = (record: string, expr: string, given: SeriesOf, gives: number): TestedRecording => {
  return { rule: { record, expr }, given, gives: { "": gives } };
};

/** Names are `level:metric:operations`: what is left of the labels, of what it is made, and how. `job` is always left. */
export const RECORDINGS: readonly TestedRecording[] = [
  {
    rule: {
      record: "instance_protocol_state:procnet_sockets:sum",
      expr: "sum by (job, instance, protocol, state) (procnet_sockets)",
    },
    given: {
      [series("procnet_sockets", 'netns="1",protocol="tcp",state="LISTEN"')]: "3x180",
      [series("procnet_sockets", 'netns="2",protocol="tcp",state="LISTEN"')]: "4x180",
      [series("procnet_sockets", 'netns="2",protocol="tcp6",state="LISTEN"')]: "5x180",
    },
    gives: { 'protocol="tcp",state="LISTEN"': 7, 'protocol="tcp6",state="LISTEN"': 5 },
  },
  {
    rule: {
      record: "instance_container_process:procnet_process_sockets:sum",
      expr: "sum by (job, instance, container, process) (procnet_process_sockets)",
    },
    given: {
      [series("procnet_process_sockets", 'container="c",process="a",protocol="tcp",state="LISTEN"')]: "3x180",
      [series("procnet_process_sockets", 'container="c",process="a",protocol="udp",state="UNCONN"')]: "4x180",
    },
    gives: { 'container="c",process="a"': 7 },
  },
  {
    rule: {
      record: "instance_container_process:procnet_close_wait_sockets:sum",
      expr: "sum by (job, instance, container, process) (procnet_close_wait_sockets)",
    },
    given: {
      [series("procnet_close_wait_sockets", 'container="",process="a",reason="unread"')]: "1x180",
      [series("procnet_close_wait_sockets", 'container="",process="a",reason="data"')]: "2x180",
    },
    gives: { 'process="a"': 3 },
  },
  {
    rule: {
      record: "instance_container_process:procnet_listener_accept_queue:sum",
      expr: "sum by (job, instance, container, process) (procnet_listener_accept_queue)",
    },
    given: {
      [series("procnet_listener_accept_queue", 'address="any",container="",port="80",process="a",protocol="tcp"')]:
        "5x180",
      [series("procnet_listener_accept_queue", 'address="any",container="",port="80",process="a",protocol="tcp6"')]:
        "6x180",
    },
    gives: { 'process="a"': 11 },
  },
  {
    rule: { record: "instance:procnet_health_finding:max", expr: "max by (job, instance) (procnet_health_finding)" },
    given: {
      [series("procnet_health_finding", 'id="tcp-timeouts"')]: "2x180",
      [series("procnet_health_finding", 'id="tcp-orphans"')]: "0x180",
    },
    gives: { "": 2 },
  },
  ratio(
    "instance:procnet_missed:ratio_rate5m",
    "sum by (job, instance) (rate(procnet_missed_total[5m])) / (sum by (job, instance) (rate(procnet_missed_total[5m])) + sum by (job, instance) (rate(procnet_opened_total[5m])))",
    {
      [series("procnet_missed_total", 'netns="own"')]: "0+30x180",
      [series("procnet_opened_total", 'netns="own"')]: "0+60x180",
      [series("procnet_opened_total", 'netns="other"')]: "0+30x180",
    },
    0.25,
  ),
  ratio(
    "instance:node_netstat_Tcp_RetransSegs:ratio_rate5m",
    "rate(node_netstat_Tcp_RetransSegs[5m]) / (rate(node_netstat_Tcp_OutSegs[5m]) + rate(node_netstat_Tcp_RetransSegs[5m]))",
    {
      [series("node_netstat_Tcp_RetransSegs")]: "0+10x180",
      [series("node_netstat_Tcp_OutSegs")]: "0+990x180",
    },
    0.01,
  ),
  ratio(
    "instance:node_netstat_TcpExt_ListenOverflows:rate5m",
    "rate(node_netstat_TcpExt_ListenOverflows[5m])",
    { [series("node_netstat_TcpExt_ListenOverflows")]: "0+30x180" },
    0.5,
  ),
  ratio(
    "instance:procnet_ephemeral_ports_used_ratio:max",
    "max by (job, instance) (procnet_ephemeral_ports_used_ratio)",
    {
      [series("procnet_ephemeral_ports_used_ratio", 'network="192.0.2.0/24",port="443"')]: "0.5x180",
      [series("procnet_ephemeral_ports_used_ratio", 'network="192.0.2.0/24",port="80"')]: "0.25x180",
    },
    0.5,
  ),
  ratio(
    "instance:node_nf_conntrack_entries:ratio",
    "node_nf_conntrack_entries / node_nf_conntrack_entries_limit",
    { [series("node_nf_conntrack_entries")]: "1x180", [series("node_nf_conntrack_entries_limit")]: "4x180" },
    0.25,
  ),
  ratio(
    "instance:node_softnet_dropped:rate5m",
    "sum by (job, instance) (rate(node_softnet_dropped_total[5m]))",
    {
      [series("node_softnet_dropped_total", 'cpu="0"')]: "0+30x180",
      [series("node_softnet_dropped_total", 'cpu="1"')]: "0+60x180",
    },
    1.5,
  ),
];
