import { COUNTER_COLUMNS, FINDING_COLUMNS, TRAFFIC_COLUMNS } from "procnet/view";
import type { ColumnShape } from "../output/table.ts";
import { DOCTOR_COLUMNS } from "./doctor.ts";
import { INTERFACE_COLUMNS } from "./interfaces/command.ts";
import { ALL_COLUMNS } from "./kernel-wanted.ts";
import { NAMESPACE_COLUMNS } from "./namespaces.ts";
import { NEIGHBOUR_COLUMNS } from "./neighbours.ts";
import { PLACE_COLUMNS } from "./places.ts";
import { portColumns } from "./port-report.ts";
import { ROUTE_COLUMNS } from "./routes.ts";
import { STAT_COLUMNS } from "./stats.ts";

/*
 * What the columns of each table hold, for the manual page.
 */

/** A table as it is described: its columns, and what stands in each. */
export interface DescribedTable {
  readonly command: string;
  readonly columns: readonly (ColumnShape & { readonly extra?: true })[];
  readonly meanings: Readonly<Record<string, string>>;
}

/** All tables whose columns are known before something is read: those of `show` are the fields of the file. */
export const DESCRIBED_TABLES: readonly DescribedTable[] = [
  {
    command: "sockets",
    columns: ALL_COLUMNS,
    meanings: {
      proto: "protocol: tcp, tcp6, udp, unix, ...",
      state: "state of the connection; UNCONN for a datagram socket without a peer",
      recvq: "bytes that nobody has read yet; of a listener, connections to be accepted",
      sendq: "bytes that the peer has not acknowledged",
      local: "address and port here, or the name of a unix socket",
      peer: "address and port of the other side",
      process:
        "program and process id of the first owner, and how many more there are; - for none, ? for one that cannot be seen",
      uid: "user who opened it",
      container: "container of an owner",
      netns: "number of its network namespace",
      port: "port here",
      peerport: "port of the other side",
      pid: "process id of the first owner",
      fd: "descriptor of the first owner",
      command: "command line of the first owner",
      exe: "path of the first owner's program",
      unit: "systemd unit of the first owner",
      cgroup: "control group of the first owner",
      inode: "number of the socket",
      reason: "why no owner is known: no-permission, hidepid, kernel, time-wait, other-namespace, exited, gone, budget",
      retransmits: "how often the segment in question was sent again",
      cwnd: "congestion window, segments",
      drops: "datagrams that found the receive buffer full",
      type: "type of a unix or packet socket: STREAM, DGRAM, SEQPACKET, RAW",
      kernelstate: "the kernel's own word for the state, where it is another: CLOSE for UNCONN, UNCONNECTED for LISTEN",
      suspect: "another socket has the same inode: one of the rows may be forged",
      ...kernelMeanings(),
    },
  },
  {
    command: "port",
    columns: portColumns({ allNamespaces: true }),
    meanings: {
      port: "the port that was asked for",
      status: "owned, free or unknown",
      proto: "protocol of the socket",
      local: "address and port at which it listens",
      peer: "where nobody listens and a server cannot start: the other side of what keeps the port",
      state: "state of what keeps the port",
      pid: "process id of the owner",
      process: "program of the owner",
      uid: "user of the owner",
      socketuid: "user who opened the socket, where it is another one",
      container: "container of the owner",
      reason: "why no owner is known, as of sockets",
      command: "command line of the owner",
      netns: "number of the network namespace, with --all-namespaces",
    },
  },
  {
    command: "interfaces",
    columns: [...INTERFACE_COLUMNS, ...PLACE_COLUMNS],
    meanings: {
      name: "name of the interface",
      state: "operational state: up, down, unknown",
      addresses: "addresses with the length of their prefix",
      mtu: "largest packet, bytes",
      hwaddress: "hardware address",
      rxbytes: "bytes received",
      rxrate: "bytes received a second, with --every from the second round on",
      txrate: "bytes sent a second, likewise",
      rxpackets: "packets received",
      rxerrors: "packets received with an error",
      rxdrop: "packets received and dropped",
      txbytes: "bytes sent",
      txpackets: "packets sent",
      txerrors: "packets that could not be sent",
      txdrop: "packets dropped before they were sent",
      kind: "kind of a virtual interface: bridge, veth, vlan; by the kernel, as all that follow",
      master: "bridge, bond or VRF that it is part of",
      lower: "interface below, or the other end of a veth",
      alias: "what somebody wrote of it",
      altnames: "other names",
      txqueue: "most packets that wait to be sent",
      carrierchanges: "how often a cable came or went",
      rxmissed: "packets that the device had no room for, which RX-DROP counts too",
      rxnohandler: "packets that nobody takes from this interface",
      ...placeMeanings(),
    },
  },
  {
    command: "routes",
    columns: [...ROUTE_COLUMNS, ...PLACE_COLUMNS],
    meanings: {
      destination: "network, or default",
      source: "network that packets must come from",
      gateway: "next router",
      iface: "interface",
      metric: "the lower, the better",
      flags: "flags of the route by name",
      preference: "preference of the router that announced it (RFC 4191)",
      table: "table: main, local, default or a number; by the kernel, as all that follow",
      type: "what is done with packets: UNICAST, LOCAL, BLACKHOLE",
      protocol: "who made it: KERNEL, BOOT, STATIC, RA, BGP",
      scope: "how far the destination is",
      src: "address that packets leave with where the program chose none",
      weight: "share of this way among several",
      expires: "seconds until it ends",
      mtu: "largest packet, where the route sets it",
      encap: "what packets are put into",
      ...placeMeanings(),
    },
  },
  {
    command: "neighbours",
    columns: [...NEIGHBOUR_COLUMNS, ...PLACE_COLUMNS],
    meanings: {
      address: "IPv4 address",
      hwaddress: "hardware address",
      iface: "interface",
      type: "kind of hardware",
      flags: "COM: complete; PERM: permanent; PUBL: answered for another host",
      state: "what is known of it: REACHABLE, STALE, FAILED; by the kernel, as all that follow",
      router: "whether it forwards; IPv6",
      used: "seconds since it was used",
      confirmed: "seconds since it was known to answer",
      updated: "seconds since the entry changed",
      probes: "how often it was asked for without an answer",
      ...placeMeanings(),
    },
  },
  {
    command: "stats",
    columns: [...STAT_COLUMNS, ...PLACE_COLUMNS],
    meanings: {
      counter: "protocol and counter by the kernel's name",
      value: "its value",
      persecond: "what it grew by a second, with --every from the second round on",
      file: "file under /proc/net that has it",
      ...placeMeanings(),
    },
  },
  {
    command: "namespaces",
    columns: NAMESPACE_COLUMNS,
    meanings: {
      netns: "number of the namespace",
      current: "whether procnet is in it",
      processes: "processes in it",
      first: "program and process id of the first of them",
      container: "its container",
      unit: "its systemd unit",
      interfaces: "interfaces of the namespace",
    },
  },
  {
    command: "rates",
    columns: COUNTER_COLUMNS,
    meanings: {
      name: "group and counter by the kernel's names, or file and column",
      of: "the interface or CPU whose it is",
      persecond: "what it grew by a second; empty for numbers of now, and where it began anew",
      delta: "what it grew by",
      value: "what it is now",
      file: "the file it is in",
    },
  },
  {
    command: "traffic",
    columns: TRAFFIC_COLUMNS,
    meanings: {
      name: "program, process, container, unit, peer or port; - for what is not known, or not in one",
      sentrate: "bytes that programs sent a second, each once",
      receivedrate: "bytes that they received a second",
      sent: "bytes sent since it began",
      received: "bytes received since it began",
      retransmitted: "bytes sent again since it began",
      rtt: "round-trip time, smoothed by the kernel: the median of the connections",
      connections: "connections that did something since the look before",
    },
  },
  {
    command: "health",
    columns: FINDING_COLUMNS,
    meanings: {
      severity: "info, warn or crit",
      id: "which finding: procnet explain tells what it means",
      subject: "what it is about: a listener, a process, an interface, a CPU, ...",
      owners: "the processes concerned",
      summary: "what is the case, with its numbers",
      since: "when it was first seen to hold",
      help: "what it means, and what would help",
    },
  },
  {
    command: "doctor",
    columns: DOCTOR_COLUMNS,
    meanings: {
      status:
        "ok: nothing is kept from this reader by it; limited: something is; absent: there is no such thing here; failed: nothing can be read",
      topic: "what it is about",
      finding: "what was found",
      remedy: "what would change it",
    },
  },
];

function placeMeanings(): Readonly<Record<"netns" | "container", string>> {
  return {
    netns: "number of the network namespace, with --all-namespaces",
    container: "container whose namespace it is, with --all-namespaces",
  };
}

/** What netlink alone tells: asked of the kernel where such a column is named. */
function kernelMeanings(): Readonly<Record<string, string>> {
  return {
    rtt: "round-trip time of TCP, by netlink as all that follow: --source says who is asked",
    rttvar: "its mean deviation",
    minrtt: "the least of late",
    bytessent: "bytes sent, retransmissions too",
    bytesreceived: "bytes that came, each once",
    bytesacked: "bytes that the peer acknowledged",
    bytesretrans: "bytes sent again",
    notsent: "bytes that wait to be sent for the first time",
    segsout: "segments sent",
    segsin: "segments that came",
    unacked: "segments under way",
    lost: "segments taken to be lost",
    totalretrans: "segments sent again, in all",
    deliveryrate: "bytes a second that are delivered lately",
    pacingrate: "bytes a second at which it is held",
    backlog: "how many connections may wait for accept(2), of a listener",
    cgroupid: "the control group in which it was made: the inode of its directory",
    mark: "its mark, which root sees",
    tos: "type of service",
    ifindex: "the interface to which it is bound",
    shutdown: "how far it is shut down: 1 for receiving, 2 for sending",
    peerinode: "the socket at the other end of a unix socket",
    congestion: "congestion control",
    cookie: "what names the socket for good",
  };
}
