import type { TcpSocket } from "../../../sockets/types.ts";
import { counted } from "../counted.ts";
import type { Evidence } from "../finding.ts";
import { type FindingSpec, severityOf } from "../spec.ts";
import { isUnjudged } from "../unjudged.ts";
import { ownersOf, type Window } from "../window.ts";
import { countWord, ownersWord, perSecond, seconds, several, thisNamespace } from "../words.ts";
import { DROPS } from "./drops.ts";
import { UDP } from "./udp.ts";

const RESOURCE = "memory of TCP, UDP";

/** The sum of all buffers, of the machine: a container may not be blamed for it. */
const tcpMemory: FindingSpec = {
  id: "tcp-memory",
  title: "the machine's memory for TCP is nearly used up",
  help:
    "Above the second number of net.ipv4.tcp_mem the kernel shrinks windows, until it is below the first again; at the third it refuses memory and " +
    "drops. The memory is that of the whole machine, whichever namespace it is read in. Look for sockets with long queues: a program " +
    "that does not read, or peers that do not. Only then raise tcp_mem.",
  sources: ["Documentation/networking/ip-sysctl.rst, tcp_mem", "sockstat_seq_show, net/ipv4/proc.c"],
  // Parts of the second number and of the third. The kernel sets the second to two thirds of the third: there crit is cleared.
  thresholds: { warn: 1, crit: 0.9 },
  clear: { warn: 0.8, crit: 0.67 },
  use: [RESOURCE, "utilization"],
  judge(window, thresholds) {
    const memory = window.gauge("net/sockstat", "TCP.mem", window.last.sockstat?.TCP?.mem, "sockstat");
    const limit = window.limit("net.ipv4.tcp_mem");
    if (isUnjudged(memory)) return [memory];
    if (isUnjudged(limit)) return [limit];
    const [, pressure = Number.POSITIVE_INFINITY, high = Number.POSITIVE_INFINITY] = limit;
    const isHigh = memory.value > (thresholds.crit ?? 0) * high;
    if (!isHigh && memory.value <= (thresholds.warn ?? 0) * pressure) return [];
    const held = queued(window);
    const owners = ownersOf(held);
    const most = owners.length === 0 ? "" : `; most that waits in this network namespace is of ${ownersWord(owners)}`;
    return [
      {
        severity: isHigh ? "crit" : "warn",
        subject: { kind: "machine" },
        evidence: [{ ...memory, unit: "pages" }, ...held.slice(0, MOST).map(queueOf)],
        limit: window.limitOf("net.ipv4.tcp_mem", isHigh ? high : pressure),
        owners,
        summary: `TCP of the whole machine uses ${countWord(memory.value)} pages; windows shrink from ${countWord(pressure)} on, and ${countWord(high)} are the end${most}`,
        isMachine: true,
      },
    ];
  },
};

/** As many sockets are evidence. */
const MOST = 10;

/** Sockets in which most waits. */
function queued({ last }: Window): TcpSocket[] {
  const all = last.sockets?.notable ?? [];
  return all.filter((socket) => bytesIn(socket) > 0).sort((a, b) => bytesIn(b) - bytesIn(a));
}

function bytesIn({ rxQueue, txQueue }: TcpSocket): number {
  return rxQueue + txQueue;
}

function queueOf(socket: TcpSocket): Evidence {
  const { protocol, inode } = socket;
  return { name: `queues of socket ${inode}`, file: `net/${protocol}`, value: bytesIn(socket), unit: "bytes" };
}

/** Pressure that came and went between two looks, which no number of now shows. */
const tcpMemoryPressure: FindingSpec = {
  id: "tcp-memory-pressure",
  title: "TCP was short of memory",
  help:
    "The machine's memory for TCP went past the second number of net.ipv4.tcp_mem: windows were shrunk, and connections became slower. It is counted in " +
    "the namespace of the socket that noticed it, and its duration only when it ends. See tcp-memory for who holds the memory.",
  sources: ["tcp_enter_memory_pressure and tcp_leave_memory_pressure, net/ipv4/tcp.c"],
  thresholds: { warn: 0, critShare: 0.1 },
  clear: { warn: 0, critShare: 0.05 },
  use: [RESOURCE, "saturation"],
  judge(window, { warn = 0, critShare = 1 }) {
    const times = window.counter("netstat", "TcpExt.TCPMemoryPressures");
    if (isUnjudged(times)) return [times];
    const time = window.counter("netstat", "TcpExt.TCPMemoryPressuresChrono");
    const spent = isUnjudged(time) ? 0 : time.delta;
    if (times.delta <= warn && spent === 0) return [];
    const share = window.milliseconds > 0 ? Math.min(1, spent / window.milliseconds) : 0;
    const lasted = spent > 0 ? `; ${spent} ms of it ended in this time` : "";
    return [
      {
        severity: share > critShare ? "crit" : "warn",
        subject: { kind: "machine" },
        evidence: isUnjudged(time) ? [times] : [times, { ...time, unit: "milliseconds" }],
        summary: `TCP came short of memory ${several(times.delta, "time")} in ${seconds(window)}${lasted}`,
        isMachine: true,
      },
    ];
  },
};

/** Connections that were ended for want of memory. */
const tcpAbortMemory: FindingSpec = {
  id: "tcp-abort-memory",
  title: "connections are ended for want of memory",
  help:
    "Connections that no program holds any more were ended before their data arrived, because there were too many of them (net.ipv4.tcp_max_orphans) or " +
    "TCP had no memory (net.ipv4.tcp_mem). See tcp-orphans and tcp-memory.",
  sources: [
    "tcp_out_of_resources, net/ipv4/tcp_timer.c; __tcp_close, net/ipv4/tcp.c",
    "snmp_counter.rst, TcpExtTCPAbortOnMemory",
  ],
  thresholds: { crit: 0 },
  clear: { crit: 0 },
  use: [RESOURCE, "errors"],
  judge(window, thresholds) {
    const aborts = window.counter("netstat", "TcpExt.TCPAbortOnMemory");
    if (isUnjudged(aborts)) return [aborts];
    const severity = severityOf(aborts.delta, thresholds);
    if (severity === undefined) return [];
    const summary = `${several(aborts.delta, "connection was", "connections were")} ended in ${seconds(window)} because there was no memory, or too many were left without a program`;
    return [{ severity, subject: thisNamespace(window), evidence: [aborts], summary }];
  },
};

/** Counters of segments that were thrown away after they came. One segment can be in several: they are not added up. */
const THROWN = ["TCPRcvQDrop", "TCPBacklogDrop", "TCPZeroWindowDrop", "RcvPruned", "OfoPruned", "TCPOFODrop"] as const;

/** Data that came and was thrown away. */
const tcpReceiveDrops: FindingSpec = {
  id: "tcp-receive-drops",
  title: "TCP throws away data that has arrived",
  help:
    "The receive side had no room: what came was dropped and must be sent again. TCPBacklogDrop counts what came while a program held the socket and its " +
    "backlog was full; PruneCalled that the kernel had to squeeze a queue, which alone harms little. A slow reader is the usual cause: see " +
    "tcp-owner-not-reading. Then net.ipv4.tcp_rmem.",
  sources: [
    "tcp_data_queue, tcp_prune_queue, tcp_prune_ofo_queue, net/ipv4/tcp_input.c; tcp_add_backlog, net/ipv4/tcp_ipv4.c",
    "Documentation/networking/snmp_counter.rst, prune",
  ],
  thresholds: { prune: 0, warn: 1 },
  clear: { prune: 0, warn: 0.5 },
  use: [RESOURCE, "errors"],
  judge(window, { prune = 0, warn = 1 }) {
    const thrown = counted(
      window,
      THROWN.map((name) => ["netstat", `TcpExt.${name}`]),
    );
    const pruned = window.counter("netstat", "TcpExt.PruneCalled");
    const [most] = thrown.grown;
    const isDropping = most !== undefined && most.perSecond > warn;
    const isPruning = !isUnjudged(pruned) && pruned.delta > prune;
    const untold = isUnjudged(pruned) && pruned.unknown !== "no-file" ? [pruned] : thrown.untold;
    if (thrown.known.length === 0 || (!isDropping && !isPruning)) return untold;
    const squeezed = isUnjudged(pruned) ? [] : [pruned];
    const readers = queued(window).filter(({ rxQueue }) => rxQueue > 0);
    const owners = ownersOf(readers);
    const likely = owners.length === 0 ? "" : `; unread data waits in sockets of ${ownersWord(owners)}`;
    const what = isDropping
      ? `${most.name} rose by ${countWord(most.delta)} in ${seconds(window)}, ${perSecond(most.perSecond)}: data was thrown away after it came`
      : `receive queues of TCP were squeezed ${several(isPruning ? pruned.delta : 0, "time")} in ${seconds(window)} for want of room`;
    return [
      ...untold,
      {
        severity: isDropping ? "warn" : "info",
        subject: thisNamespace(window),
        evidence: [...thrown.grown, ...squeezed],
        owners,
        summary: `${what}${likely}`,
      },
    ];
  },
};

export const MEMORY: readonly FindingSpec[] = /* @__PURE__ */ [
  [tcpMemory, tcpMemoryPressure, tcpAbortMemory, tcpReceiveDrops],
  UDP,
  DROPS,
].flat();
