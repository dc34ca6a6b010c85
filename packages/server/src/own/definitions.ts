import type { Metric } from "../metrics/family.ts";

const gauge = (name: string, help: string, ...labels: readonly string[]): Metric => {
  return { name: `procnet_${name}`, type: "gauge", help, labels };
};
const counter = (name: string, help: string, ...labels: readonly string[]): Metric => {
  return { name: `procnet_${name}_total`, type: "counter", help, labels };
};

type Name =
  | "sockets"
  | "processSockets"
  | "acceptQueue"
  | "listenerConnections"
  | "queuedBytes"
  | "udpDrops"
  | "processSent"
  | "processReceived"
  | "closeWait"
  | "portSockets"
  | "destinationSockets"
  | "ephemeralPorts"
  | "health"
  | "opened"
  | "missed"
  | "ownersUnknown"
  | "degraded"
  | "lookAge"
  | "lookDuration"
  | "seriesFolded"
  | "scrapeSuccess"
  | "otlpSent"
  | "otlpDropped"
  | "otlpWaiting";

/** The server's own metrics, by what they are of. */
export const OWN: Readonly<Record<Name, Metric>> = {
  sockets: gauge("sockets", "Sockets of each network namespace, by table and state.", "netns", "protocol", "state"),
  processSockets: gauge(
    "process_sockets",
    "Sockets whose owner is known, by program and container of the first owner, table and state.",
    ...["container", "process", "protocol", "state"],
  ),
  acceptQueue: gauge(
    "listener_accept_queue",
    "Finished connections that wait for a listener to accept them.",
    ...["address", "container", "port", "process", "protocol"],
  ),
  listenerConnections: gauge(
    "listener_connections",
    "Connections to the port of a listener, in every state.",
    ...["address", "container", "port", "process", "protocol"],
  ),
  queuedBytes: gauge(
    "queued_bytes",
    "Bytes that wait in sockets to be read (rx) or to be sent and acknowledged (tx).",
    ...["container", "process", "queue"],
  ),
  udpDrops: counter(
    "udp_drops",
    "Datagrams that sockets lost while they were looked at, by program and container.",
    ...["container", "process"],
  ),
  processSent: counter(
    "process_sent_bytes",
    "Bytes that programs sent by TCP, each once, by program and container, since the server began. Only with --source kernel.",
    ...["container", "process"],
  ),
  processReceived: counter(
    "process_received_bytes",
    "Bytes that programs received by TCP, by program and container, since the server began. Only with --source kernel.",
    ...["container", "process"],
  ),
  closeWait: gauge(
    "close_wait_sockets",
    "Connections that the peer has closed and this side has not: unread is the end of the stream, data before it too, or all was read and it is unclosed.",
    ...["container", "process", "reason"],
  ),
  portSockets: gauge(
    "port_sockets",
    "Sockets of the ports that were asked for, by the side that has the port, table and state.",
    ...["port", "protocol", "side", "state"],
  ),
  destinationSockets: gauge(
    "destination_sockets",
    "Connections of TCP that no listener here took, by the network and the port that they lead to. Only where it was asked for.",
    ...["network", "port"],
  ),
  ephemeralPorts: gauge(
    "ephemeral_ports_used_ratio",
    "Share of the local ports for connections to one address and port that is taken, in the server's own network namespace: of the fullest in the network. Absent below 50 connections. Only where it was asked for.",
    ...["network", "port"],
  ),
  health: gauge(
    "health_finding",
    "Whether something is wrong: 0 no, 1 worth knowing, 2 a warning, 3 critical. Absent where it could not be judged.",
    "id",
  ),
  opened: counter(
    "opened",
    "Sockets that came while they were looked at, of the own or another network namespace.",
    "netns",
  ),
  missed: counter(
    "missed",
    "Connections of TCP that came and went between two looks, by the kernel's counters of opened ones.",
    "netns",
  ),
  ownersUnknown: gauge("owners_unknown", "Sockets without a known owner, by the reason.", "reason"),
  degraded: gauge(
    "degraded",
    "Whether there are so many sockets that they are only counted: 1, and then there are neither programs nor listeners, ports and destinations; else 0.",
  ),
  lookAge: gauge("look_age_seconds", "How long ago the look at the sockets began that is told of."),
  lookDuration: gauge("look_duration_seconds", "How long the look at the sockets took that is told of."),
  seriesFolded: gauge(
    "series_folded",
    "Groups that have no series of their own, as there are too many: they are counted together as other.",
    "metric",
  ),
  scrapeSuccess: gauge(
    "scrape_collector_success",
    "Whether a part of procnet's own metrics is told: 1, or 0 where the look failed or took longer than the scrape waits.",
    "collector",
  ),
  otlpSent: counter("otlp_sent_points", "Data points that were sent by OTLP and taken. With --otlp only."),
  otlpDropped: counter(
    "otlp_dropped_points",
    "Data points that were to be sent by OTLP and were not taken: no room, as too many waited; refused, as the answer said so; rejected out of others that were taken; stopped with the server. With --otlp only.",
    "reason",
  ),
  otlpWaiting: gauge("otlp_waiting_points", "Data points that wait to be sent by OTLP again. With --otlp only."),
};

/** All of them, for the documentation. */
export const OWN_METRICS: readonly Metric[] = Object.values(OWN);
