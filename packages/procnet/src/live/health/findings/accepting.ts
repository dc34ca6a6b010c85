import type { TcpSocket } from "../../../sockets/types.ts";
import type { Evidence } from "../finding.ts";
import { type FindingSpec, severityOf } from "../spec.ts";
import { isUnjudged } from "../unjudged.ts";
import { ownersOf, type Window } from "../window.ts";

/** Handshakes that were finished and could not be queued: the listener does not accept fast enough. */
const acceptQueueOverflow: FindingSpec = {
  id: "tcp-accept-queue-overflow",
  title: "finished connections are dropped because a listener does not accept them",
  help:
    "The handshake is done and the program does not call accept(2) fast enough. The client waits a second, then three, then seven, or sees a " +
    "connection that hangs. Make the listener accept faster: is its event loop blocked, is it out of descriptors (process-fd-limit)? Raise " +
    "the backlog it gives to listen(2) and net.core.somaxconn, both. Not a cure: net.ipv4.tcp_abort_on_overflow.",
  sources: [
    "tcp_conn_request and tcp_v4_syn_recv_sock, net/ipv4/tcp_input.c and tcp_ipv4.c",
    "Documentation/networking/snmp_counter.rst, TcpExtListenOverflows",
  ],
  thresholds: { warn: 1, crit: 5 },
  clear: { warn: 0, crit: 1 },
  use: ["accept path", "saturation"],
  judge(window, thresholds) {
    const overflows = window.counter("netstat", "TcpExt.ListenOverflows");
    if (isUnjudged(overflows)) return [overflows];
    const severity = severityOf(overflows.perSecond, thresholds);
    if (severity === undefined) return [];
    const long = waiting(window);
    const [likeliest] = long;
    const where =
      likeliest === undefined ? "" : `, likely of ${endpoint(likeliest)}, where ${likeliest.rxQueue} wait now`;
    const unseen =
      long.length === 0 && window.last.sockets !== undefined
        ? "; no queue was long when it was looked at: the burst was shorter than that"
        : "";
    return [
      {
        severity,
        subject:
          likeliest === undefined ? { kind: "namespace", namespace: window.last.namespace } : listenerOf(likeliest),
        evidence: [overflows, ...long.map(queueOf)],
        limit: somaxconn(window),
        owners: ownersOf(long),
        summary: `${overflows.delta} connections were dropped in ${seconds(window)} because an accept queue was full${where}${unseen}`,
      },
    ];
  },
};

/** Listeners in which connections wait in any sample in which the overflow went on, the longest queue first. */
function waiting({ samples }: Window): TcpSocket[] {
  const longest = new Map<number, TcpSocket>();
  for (const { sockets } of samples) {
    for (const listener of sockets?.listeners ?? []) {
      if (listener.rxQueue > (longest.get(listener.inode)?.rxQueue ?? 0)) longest.set(listener.inode, listener);
    }
  }
  return [...longest.values()].sort((a, b) => b.rxQueue - a.rxQueue);
}

function listenerOf({ protocol, localAddress, localPort }: TcpSocket) {
  return { kind: "listener", protocol, address: localAddress, port: localPort } as const;
}

function endpoint({ localAddress, localPort }: TcpSocket): string {
  return localAddress.includes(":") ? `[${localAddress}]:${localPort}` : `${localAddress}:${localPort}`;
}

function queueOf(listener: TcpSocket): Evidence {
  return { name: `rxQueue of ${endpoint(listener)}`, file: `net/${listener.protocol}`, value: listener.rxQueue };
}

function somaxconn(window: Window) {
  const values = window.limit("net.core.somaxconn");
  return "unknown" in values ? undefined : window.limitOf("net.core.somaxconn", values[0]!);
}

function seconds(window: Window): string {
  return `${window.seconds.toFixed(1)} s`;
}

export const ACCEPTING: readonly FindingSpec[] = [acceptQueueOverflow];
