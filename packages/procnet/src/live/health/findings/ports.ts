import { type Destination, hasPort, MANY_PORTS } from "../../digest.ts";
import { type Finding, type FindingOwner, SEVERITIES } from "../finding.ts";
import { portUseOf, RANGE, type Usable, usablePorts } from "../port-use.ts";
import { atLeast, type Draft, type FindingSpec, severityOf } from "../spec.ts";
import { isUnjudged, unjudged } from "../unjudged.ts";
import type { Window } from "../window.ts";
import { countWord, endpointOf, percent, several } from "../words.ts";

/** Local ports of one destination. */
const ephemeralPorts: FindingSpec = {
  id: "tcp-ephemeral-ports",
  title: "the local ports for connections to one destination run out",
  help:
    "Each connection to the same address and port needs a local port of its own. When none is left connect(2) fails with EADDRNOTAVAIL, which no " +
    "counter tells; from half of the range on every connect(2) searches longer. Connections to other destinations are not concerned, but who binds a port without choosing one is (tcp-bind-ports). Keep connections open and " +
    "share them, connect from more local addresses, or widen net.ipv4.ip_local_port_range. What net.ipv4.tcp_tw_reuse lets be taken again " +
    "(in TIME_WAIT for a second) is not counted here.",
  sources: ["__inet_hash_connect, net/ipv4/inet_hashtables.c", "tcp_twsk_unique, net/ipv4/tcp_ipv4.c"],
  thresholds: { info: 0.5, warn: 0.8, crit: 0.95 },
  clear: { info: 0.4, warn: 0.7, crit: 0.9 },
  use: ["port space", "utilization"],
  judge(window, thresholds) {
    const sockets = window.sockets("tcp");
    if (isUnjudged(sockets)) return [sockets];
    const usable = usablePorts(window);
    if (isUnjudged(usable)) return sockets.destinations.length === 0 ? [] : [usable];
    const found = portUseOf(sockets, usable, window).flatMap(({ destination, used }): Draft[] => {
      const severity = severityOf(used / usable.size, thresholds, atLeast);
      return severity === undefined ? [] : [draftOf(destination, used, usable, window, severity)];
    });
    const least = (thresholds.info ?? 0) * usable.size;
    if (found.length > 0 || least >= MANY_PORTS) return found;
    const few = `there are only ${several(usable.size, "port")} to choose from; fewer than ${MANY_PORTS} to one destination were not looked at`;
    return [unjudged("too-little", few)];
  },
};

function draftOf(
  { localAddress, remoteAddress, remotePort, holders, timeWait, localPorts }: Destination,
  used: number,
  usable: Usable,
  window: Window,
  severity: Draft["severity"],
): Draft {
  const file = "net/tcp, net/tcp6";
  return {
    severity,
    subject: { kind: "destination", address: remoteAddress, port: remotePort, from: localAddress },
    evidence: [
      { name: `local ports to ${endpointOf(remoteAddress, remotePort)}`, file, value: localPorts.length },
      { name: "of them in TIME_WAIT", file, value: timeWait.length },
      { name: "of them in the range and not free for use", file, value: used },
    ],
    limit: window.limitOf(RANGE, usable.size),
    owners: holders.map(
      ({ owner: { pid, startTime, program, container, unit }, sockets }): FindingOwner => ({
        pid,
        startTime,
        program,
        container,
        unit,
        sockets,
      }),
    ),
    summary: `connections from ${localAddress} to ${endpointOf(remoteAddress, remotePort)} use ${countWord(used)} of ${countWord(usable.size)} local ports (${percent(used / usable.size)})`,
  };
}

/** Of the ports in use, so many are those of one destination: then it is what uses them up. */
const MOST_OF_THEM = 0.9;

/** Whether connections to one destination take most of the ports: that finding names it, and who connects. */
function isOfDestination(own: Finding, { id, namespace, severity, evidence }: Finding): boolean {
  if (id !== ephemeralPorts.id || namespace !== own.namespace) return false;
  const [inUse = 0, ofDatagrams = 0] = own.evidence.map(({ value }) => value);
  const ofDestination = evidence.at(-1)?.value ?? 0;
  const isAsBad = SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(own.severity);
  return isAsBad && inUse >= ofDatagrams && ofDestination >= MOST_OF_THEM * inUse;
}

/** Local ports of the whole namespace. */
const bindPorts: FindingSpec = {
  id: "tcp-bind-ports",
  title: "hardly a local port is left for who asks for any",
  help:
    "A port that anybody uses is not given to who binds without choosing one: bind(2) with port 0 fails with EADDRINUSE when none is left, also for " +
    "datagrams (names are asked for so), while connections to other destinations may still be made. Widen net.ipv4.ip_local_port_range, use fewer " +
    "connections, or set IP_BIND_ADDRESS_NO_PORT before binding an address for connect(2).",
  sources: ["inet_csk_find_open_port, net/ipv4/inet_connection_sock.c; udp_lib_get_port, net/ipv4/udp.c"],
  thresholds: { warn: 0.8, crit: 0.95 },
  clear: { warn: 0.7, crit: 0.9 },
  use: ["port space", "utilization"],
  isToldBy: isOfDestination,
  judge(window, thresholds) {
    const sockets = window.sockets("tcp");
    const datagrams = window.sockets("udp");
    if (isUnjudged(sockets)) return [sockets];
    if (isUnjudged(datagrams)) return [datagrams];
    const usable = usablePorts(window);
    if (isUnjudged(usable)) return [usable];
    const used = (["tcp", "udp"] as const).map((protocol) => ({
      protocol,
      count: usable.count((port) => hasPort(sockets.ports.get(protocol), port)),
    }));
    const worst = used[0]!.count >= used[1]!.count ? used[0]! : used[1]!;
    const severity = severityOf(worst.count / usable.size, thresholds, atLeast);
    if (severity === undefined) return [];
    return [
      {
        severity,
        subject: { kind: "namespace", namespace: window.last.namespace },
        evidence: used.map(({ protocol, count }) => ({
          name: `${protocol} ports of the range in use`,
          file: `net/${protocol}, net/${protocol}6`,
          value: count,
        })),
        limit: window.limitOf(RANGE, usable.size),
        owners: [],
        summary: `${countWord(worst.count)} of ${countWord(usable.size)} local ports (${percent(worst.count / usable.size)}) are in use by ${worst.protocol}`,
      },
    ];
  },
};

export const PORTS: readonly FindingSpec[] = [ephemeralPorts, bindPorts];
