import type { DatagramSocket, NetlinkSocket } from "../../../sockets/types.ts";
import { type Lost, lossesOf } from "../lost.ts";
import { type Draft, type FindingSpec, severityOf, type Thresholds } from "../spec.ts";
import { isUnjudged } from "../unjudged.ts";
import { ownersOf, type Window } from "../window.ts";
import { endpointOf, ownersWord, seconds, several } from "../words.ts";

/** Messages of the kernel that a daemon had no room for. */
const netlinkDrops: FindingSpec = {
  id: "netlink-drops",
  title: "a program missed messages of the kernel",
  help:
    "The receive buffer of a netlink socket was full. What was lost told of routes, addresses, links, neighbours or tracked connections: the program " +
    "works with a picture that is wrong until it asks for all of it anew. It should read faster, or ask for a larger buffer (SO_RCVBUF, " +
    "SO_RCVBUFFORCE).",
  sources: ["netlink_overrun, net/netlink/af_netlink.c"],
  thresholds: { warn: 0 },
  clear: { warn: 0 },
  judge(window, thresholds) {
    const losses = lossesOf(window, "netlink", ({ netlink }) => netlink, netlinkName);
    if (isUnjudged(losses)) return [losses];
    const drafts = losses.lost.map((one) =>
      draftOf(window, one, thresholds, {
        local: netlinkName(one.socket),
        remote: "",
        what: "message",
        why: "had no room for them",
      }),
    );
    return [...losses.untold, ...drafts.flat()];
  },
};

function netlinkName({ netlinkProtocol, portId }: NetlinkSocket): string {
  return `netlink ${netlinkProtocol} port ${portId}`;
}

/** Packets that a raw socket had no room for. */
const rawPacketDrops: FindingSpec = {
  id: "raw-packet-drops",
  title: "a raw socket lost packets",
  help:
    "A program that takes whole packets, as ping and routing daemons do, had no room for them or refused them by a filter of its own. Every raw socket of a " +
    "protocol gets all packets of it: one that is not read fills up, and then harms nobody but itself.",
  sources: ["raw_rcv, net/ipv4/raw.c; rawv6_rcv, net/ipv6/raw.c"],
  thresholds: { info: 0 },
  clear: { info: 0 },
  judge(window, thresholds) {
    const losses = lossesOf(window, "raw", ({ datagrams }) => datagrams.filter(isRaw), rawName);
    if (isUnjudged(losses)) return [losses];
    const drafts = losses.lost.map((one) =>
      draftOf(window, one, thresholds, {
        local: rawName(one.socket),
        remote: "",
        what: "packet",
        why: "had no room for them, or refused them by its filter",
      }),
    );
    return [...losses.untold, ...drafts.flat()];
  },
};

function isRaw({ protocol }: DatagramSocket): boolean {
  return protocol === "raw" || protocol === "raw6";
}

/** The column of the port holds the protocol's number. */
function rawName({ protocol, localAddress, localPort }: DatagramSocket): string {
  return `${protocol} ${endpointOf(localAddress, localPort)}`;
}

interface Named {
  readonly local: string;
  readonly remote: string;
  readonly what: string;
  readonly why: string;
}

/** One socket that lost something; none where that is below the marks. */
function draftOf(
  window: Window,
  { socket, delta }: Lost<NetlinkSocket | DatagramSocket>,
  thresholds: Thresholds,
  { local, remote, what, why }: Named,
): Draft[] {
  const severity = severityOf(delta.delta, thresholds);
  if (severity === undefined) return [];
  const owners = ownersOf([socket]);
  const who = owners.length === 0 ? "a program that is not known" : ownersWord(owners);
  return [
    {
      severity,
      subject: { kind: "socket", protocol: socket.protocol, inode: socket.inode ?? 0, local, remote },
      evidence: [delta],
      owners,
      summary: `${who} lost ${several(delta.delta, what)} in ${seconds(window)}: the socket ${local} ${why}`,
    },
  ];
}

export const DROPS: readonly FindingSpec[] = [netlinkDrops, rawPacketDrops];
