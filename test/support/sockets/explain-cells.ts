import type {
  DatagramSocket,
  NetlinkSocket,
  PacketSocket,
  Socket,
  SocketOwner,
  TcpSocket,
  UnixSocket,
} from "../../../packages/procnet/src/sockets/types.ts";
import { tcpSocket } from "./tcp-socket.ts";

/*
 * Rows of every kind that the state table of sockets has, by what they are. Numbers are chosen so that each can be told in a text.
 */

export const STATES = [
  "ESTABLISHED",
  "SYN_SENT",
  "SYN_RECV",
  "FIN_WAIT1",
  "FIN_WAIT2",
  "TIME_WAIT",
  "CLOSE",
  "CLOSE_WAIT",
  "LAST_ACK",
  "LISTEN",
  "CLOSING",
  "UNKNOWN(14)",
] as const;

const OWNER: SocketOwner = {
  pid: 42,
  startTime: 1,
  program: "nginx",
  comm: "nginx",
  cmdline: ["nginx"],
  exe: undefined,
  uid: 0,
  fds: [7],
  cgroup: undefined,
  container: undefined,
  unit: undefined,
};

const HELD = { namespace: 1, owners: [OWNER], ownerless: undefined } as const;
const UNHELD = { inode: 0, owners: [], ownerless: "kernel" } as const;

export function tcp(row: Partial<TcpSocket>): TcpSocket {
  const isListener = row.state === "LISTEN";
  return tcpSocket({
    localAddress: "10.0.0.1",
    localPort: 8080,
    remoteAddress: isListener ? "0.0.0.0" : "10.0.0.2",
    remotePort: isListener ? 0 : 40000,
    inode: 4242,
    rto: 20,
    ato: 4,
    quickAck: 0,
    cwnd: 10,
    ssthresh: 7,
    ...HELD,
    ...row,
  });
}

const short = { rto: undefined, ato: undefined, quickAck: undefined, cwnd: undefined, ssthresh: undefined };

const TCP: readonly [string, TcpSocket][] = [
  ["LISTEN, nothing waits", tcp({ state: "LISTEN", localAddress: "0.0.0.0" })],
  ["LISTEN, one waits", tcp({ state: "LISTEN", localAddress: "127.0.0.1", rxQueue: 1 })],
  ["LISTEN, four wait", tcp({ state: "LISTEN", localAddress: "127.0.0.1", rxQueue: 4 })],
  ["LISTEN of IPv6, any address", tcp({ protocol: "tcp6", state: "LISTEN", localAddress: "::", remoteAddress: "::" })],
  [
    "LISTEN of IPv6, one IPv4 address",
    tcp({ protocol: "tcp6", state: "LISTEN", localAddress: "::ffff:127.0.0.1", remoteAddress: "::" }),
  ],
  ["LISTEN of the kernel", tcp({ state: "LISTEN", owners: [], ownerless: "kernel" })],
  ["LISTEN, timer of old kernels", tcp({ state: "LISTEN", timer: 2, timerExpires: 150 })],
  ["LISTEN, owner not permitted", tcp({ state: "LISTEN", owners: [], ownerless: "no-permission" })],
  ["SYN_SENT, first", tcp({ state: "SYN_SENT", txQueue: 1, timer: 1, timerExpires: 95 })],
  ["SYN_SENT, repeated", tcp({ state: "SYN_SENT", txQueue: 1, timer: 1, timerExpires: 312, retransmits: 2 })],
  ["SYN_SENT with Fast Open data", tcp({ state: "SYN_SENT", txQueue: 101, timer: 1, timerExpires: 95 })],
  ["SYN_RECV, half open", tcp({ state: "SYN_RECV", timer: 1, timerExpires: 95, ...UNHELD, ...short })],
  [
    "SYN_RECV, half open, waited for twice",
    tcp({ state: "SYN_RECV", timer: 1, timerExpires: 350, retransmits: 2, ...UNHELD, ...short }),
  ],
  ["SYN_RECV, both opened", tcp({ state: "SYN_RECV", txQueue: 1, timer: 1, timerExpires: 95 })],
  ["ESTABLISHED, idle", tcp({})],
  ["ESTABLISHED, first slow start", tcp({ ssthresh: -1 })],
  ["ESTABLISHED, first slow start of old kernels", tcp({ ssthresh: 2147483647 })],
  ["ESTABLISHED, keepalive", tcp({ timer: 2, timerExpires: 720000 })],
  ["ESTABLISHED, keepalive unanswered", tcp({ timer: 2, timerExpires: 7500, probes: 3 })],
  ["ESTABLISHED, not accepted", tcp({ ...UNHELD })],
  ["ESTABLISHED, not accepted, with data", tcp({ ...UNHELD, rxQueue: 18 })],
  ["ESTABLISHED, unread", tcp({ rxQueue: 5 })],
  ["ESTABLISHED, in flight", tcp({ txQueue: 1448, timer: 1, timerExpires: 20 })],
  ["ESTABLISHED, in flight, repeated", tcp({ txQueue: 1448, timer: 1, timerExpires: 640, retransmits: 5 })],
  ["ESTABLISHED, queued without a timer", tcp({ txQueue: 1448 })],
  ["ESTABLISHED, repeats without a timer", tcp({ txQueue: 1448, retransmits: 1 })],
  ["ESTABLISHED, peer does not read", tcp({ txQueue: 3782144, timer: 4, timerExpires: 41 })],
  ["ESTABLISHED, peer does not answer probes", tcp({ txQueue: 3782144, timer: 4, timerExpires: 2600, probes: 6 })],
  ["ESTABLISHED, unread and in flight", tcp({ rxQueue: 5, txQueue: 1, timer: 1, timerExpires: 20 })],
  ["ESTABLISHED of IPv6", tcp({ protocol: "tcp6", localAddress: "2001:db8::1", remoteAddress: "2001:db8::2" })],
  ["ESTABLISHED, mapped", tcp({ protocol: "tcp6", localAddress: "::ffff:10.0.0.1", remoteAddress: "::ffff:10.0.0.2" })],
  ["ESTABLISHED, owners not asked for", tcp({ owners: undefined })],
  ["ESTABLISHED, suspect", tcp({ suspect: true })],
  ["ESTABLISHED, two owners", tcp({ owners: [OWNER, { ...OWNER, pid: 43, program: "worker" }] })],
  ["CLOSE_WAIT, end not read", tcp({ state: "CLOSE_WAIT", rxQueue: 1 })],
  ["CLOSE_WAIT, read and not closed", tcp({ state: "CLOSE_WAIT" })],
  ["CLOSE_WAIT, data and end not read", tcp({ state: "CLOSE_WAIT", rxQueue: 6 })],
  ["CLOSE_WAIT, not accepted", tcp({ state: "CLOSE_WAIT", rxQueue: 263, ...UNHELD })],
  ["CLOSE_WAIT, still sending", tcp({ state: "CLOSE_WAIT", txQueue: 500, timer: 1, timerExpires: 20, retransmits: 1 })],
  ["FIN_WAIT1, half closed", tcp({ state: "FIN_WAIT1", txQueue: 1, timer: 1, timerExpires: 20 })],
  ["FIN_WAIT1, half closed, unread", tcp({ state: "FIN_WAIT1", txQueue: 1, rxQueue: 12, timer: 1, timerExpires: 20 })],
  [
    "FIN_WAIT1, orphan, repeated",
    tcp({ state: "FIN_WAIT1", txQueue: 101, timer: 1, timerExpires: 640, retransmits: 4, ...UNHELD }),
  ],
  [
    "FIN_WAIT1, orphan, peer does not read",
    tcp({ state: "FIN_WAIT1", txQueue: 2446353, timer: 4, timerExpires: 41, ...UNHELD }),
  ],
  ["FIN_WAIT2, half closed", tcp({ state: "FIN_WAIT2" })],
  ["FIN_WAIT2, half closed, unread", tcp({ state: "FIN_WAIT2", rxQueue: 12 })],
  ["FIN_WAIT2, orphan", tcp({ state: "FIN_WAIT2", timer: 2, timerExpires: 6000, ...UNHELD })],
  ["FIN_WAIT2, small entry", tcp({ state: "FIN_WAIT2", timer: 3, timerExpires: 5421, ...UNHELD, ...short })],
  ["CLOSING", tcp({ state: "CLOSING", txQueue: 1, timer: 1, timerExpires: 20, ...UNHELD })],
  ["LAST_ACK", tcp({ state: "LAST_ACK", txQueue: 1, timer: 1, timerExpires: 20, ...UNHELD })],
  [
    "LAST_ACK, end never read",
    tcp({ state: "LAST_ACK", txQueue: 1, rxQueue: 1, timer: 1, timerExpires: 320, retransmits: 3, ...UNHELD }),
  ],
  [
    "TIME_WAIT",
    tcp({ state: "TIME_WAIT", timer: 3, timerExpires: 5980, inode: 0, owners: [], ownerless: "time-wait", ...short }),
  ],
  ["CLOSE", tcp({ state: "CLOSE" })],
  ["an unknown state and timer", tcp({ state: "UNKNOWN(14)", timer: 9, timerExpires: 100 })],
];

function datagram(row: Partial<DatagramSocket>): DatagramSocket {
  const { rto, ato, quickAck, cwnd, ssthresh, ...common } = tcp({});
  return {
    ...common,
    protocol: "udp",
    state: "CLOSE",
    remoteAddress: "0.0.0.0",
    remotePort: 0,
    localPort: 53,
    drops: 0,
    ...row,
  };
}

const DATAGRAMS: readonly [string, DatagramSocket][] = [
  ["udp, unconnected", datagram({ localAddress: "0.0.0.0" })],
  ["udp, unread", datagram({ rxQueue: 3840 })],
  ["udp, unread and dropped", datagram({ rxQueue: 2304, drops: 97 })],
  ["udp, one dropped, all read", datagram({ drops: 1 })],
  ["udp, drops not told", datagram({ drops: undefined })],
  ["udp, sending", datagram({ txQueue: 768 })],
  ["udp, connected", datagram({ state: "ESTABLISHED", localPort: 40001, remoteAddress: "10.0.0.2", remotePort: 53 })],
  ["udp6, mapped", datagram({ protocol: "udp6", localAddress: "::ffff:10.0.0.1" })],
  ["raw", datagram({ protocol: "raw", localAddress: "0.0.0.0", localPort: 1 })],
  [
    "raw, connected, dropped",
    datagram({ protocol: "raw", state: "ESTABLISHED", localPort: 89, remoteAddress: "10.0.0.2", drops: 3 }),
  ],
  ["ping", datagram({ protocol: "icmp", localAddress: "0.0.0.0", localPort: 777 })],
];

function unix(row: Partial<UnixSocket>): UnixSocket {
  return {
    protocol: "unix",
    refCount: 2,
    flags: 0,
    listening: false,
    type: "STREAM",
    state: "CONNECTED",
    inode: 4242,
    path: undefined,
    ...HELD,
    ...row,
  };
}

const netlink = (row: Partial<NetlinkSocket>): NetlinkSocket => ({
  protocol: "netlink",
  netlinkProtocol: 0,
  sk: "0000000000000000",
  portId: 42,
  groups: 1,
  rmem: 0,
  wmem: 0,
  dump: false,
  refCount: 2,
  drops: 0,
  inode: 4242,
  ...HELD,
  ...row,
});

const packet = (row: Partial<PacketSocket>): PacketSocket => ({
  protocol: "packet",
  etherType: 3,
  sk: "0000000000000000",
  refCount: 3,
  type: 3,
  ifIndex: 0,
  running: true,
  rmem: 0,
  uid: 0,
  inode: 4242,
  ...HELD,
  ...row,
});

const OTHERS: readonly [string, Socket][] = [
  ["unix, listening", unix({ flags: 0x10000, listening: true, state: "UNCONNECTED", path: "/run/x.sock" })],
  ["unix, waits for accept", unix({ state: "CONNECTING", path: "/run/x.sock", ...UNHELD })],
  ["unix, connected", unix({})],
  ["unix, connected, accepted", unix({ path: "/run/x.sock" })],
  ["unix, unconnected", unix({ state: "UNCONNECTED" })],
  ["unix, datagrams", unix({ state: "UNCONNECTED", type: "DGRAM", path: "@abstract" })],
  ["unix, closing", unix({ state: "DISCONNECTING", ...UNHELD })],
  ["netlink, kernel's end", netlink({ portId: 0, owners: [], ownerless: "kernel" })],
  ["netlink, a program's", netlink({})],
  ["netlink, lost messages", netlink({ rmem: 213248, drops: 12 })],
  ["netlink, long answer", netlink({ dump: true, wmem: 768 })],
  ["netlink, drops not told", netlink({ drops: undefined })],
  ["packet, all frames", packet({})],
  ["packet, one kind, one interface, unread", packet({ etherType: 2048, ifIndex: 2, rmem: 4352 })],
  ["packet, not running", packet({ etherType: 0, running: false })],
];

/** Each cell by what it is. */
const ANY6 = { protocol: "tcp6", state: "LISTEN", localAddress: "::", remoteAddress: "::", remotePort: 0 } as const;

/** With what netlink tells besides: struct tcp_info, and the attributes of inet_diag and unix_diag. */
const TOLD: readonly [string, Socket][] = [
  ["told: LISTEN", tcp({ state: "LISTEN", remotePort: 0, rxQueue: 3, backlog: 7 })],
  ["told: LISTEN, both families", tcp({ ...ANY6, backlog: 0, v6only: false })],
  ["told: LISTEN, IPv6 alone", tcp({ ...ANY6, backlog: 128, v6only: true })],
  ["told: ESTABLISHED", tcp({ tcpInfo: { bytes_sent: 5000, bytes_received: 1, bytes_retrans: 0, rtt: 48 } })],
  [
    "told: ESTABLISHED, sent again",
    tcp({ tcpInfo: { bytes_sent: 7000, bytes_received: 0, bytes_retrans: 1400, rtt: 25_500 } }),
  ],
  ["told: ESTABLISHED, old kernel", tcp({ tcpInfo: { rtt: 1000 } })],
  [
    "told: unix, listening",
    unix({
      flags: 0x10000,
      listening: true,
      state: "UNCONNECTED",
      path: "/run/x.sock",
      rxQueue: 2,
      txQueue: 4096,
      peer: 0,
    }),
  ],
  ["told: unix, connected", unix({ peer: 77, rxQueue: 0, txQueue: 0 })],
  ["told: unix, connected, unread", unix({ peer: 77, rxQueue: 12, txQueue: 768 })],
];

export const CELLS: readonly [name: string, socket: Socket][] = [...TCP, ...DATAGRAMS, ...OTHERS, ...TOLD];
