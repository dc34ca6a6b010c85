import { EXIT } from "../io.ts";

/*
 * What the manual page says besides the options.
 */

/** Command lines that answer what people ask most. */
export const EXAMPLES: readonly (readonly [line: string, purpose: string])[] = [
  ["procnet port 3000", "Who listens on port 3000, or that nobody does."],
  ["procnet port 3000 --kill", "End who listens there, after asking."],
  ["procnet port 80 --all-namespaces", "Who listens on port 80 in any network namespace, and in which container."],
  ["procnet port 5432 --wait-listening --timeout 30s && npm start", "Start when the database is there."],
  ["procnet sockets -l", "Everything that listens."],
  ["procnet state established 'dport = :443'", "Connections to servers of HTTPS."],
  ["procnet 'process = node and recvq > 0' --every 1s", "What node has not read yet, again and again."],
  ["procnet sockets --count-by state", "How many sockets are in each state."],
  ["procnet sockets --columns local,peer,retransmits --sort -retransmits", "Connections that send again most."],
  ["procnet sockets --netns pid:4711", "What there is in the network namespace of process 4711."],
  ["procnet interfaces eth0 'veth*' --human", "Some interfaces, with bytes in units."],
  ["procnet routes --default", "The ways out, the best first."],
  ["procnet stats 'Tcp*' --every 5s", "Counters of TCP, again and again."],
  ["procnet show softnet_stat --csv", "A file of the kernel as rows."],
  ["procnet doctor", "What can be seen here and what not, and what would change it."],
  ["procnet capture /tmp/copy && procnet --root /tmp/copy", "Copy a machine, and look at it elsewhere."],
];

/** Conditions of a filter, each with what it means. */
export const CONDITIONS: readonly (readonly [condition: string, meaning: string])[] = [
  [
    "state STATE[,STATE], exclude STATE, excl STATE",
    "in this state, or in any other. Words for several: connected, synchronized, bucket, big, all",
  ],
  [
    "sport = :443, dport >= 1024, port https",
    "port here, of the other side, of either; = != < <= > >= or eq ne lt le gt ge",
  ],
  [
    "src 10.0.0.0/8, dst [2001:db8::1]:443, host ::1, addr 192.0.2.7",
    "address here, of the other side, of either (host, addr), with the length of a prefix and a port; != negates",
  ],
  ["src /run/*, path ~ docker", "name of a unix socket"],
  ["process = ng*, comm = MainThread", "program of an owner by the name people know, or by the name of its thread"],
  ["container ~ 0123, unit = nginx.service", "container or systemd unit of an owner"],
  ["proto = tcp6", "protocol"],
  ["pid = 7, uid = 1000", "process id of an owner, user who opened the socket"],
  ["recvq > 0, sendq > 0", "bytes in the queues"],
  ["rtt > 100ms, rttvar < 1s, minrtt < 1ms", "round-trip time of TCP, by netlink as what follows: us, ms, s"],
  [
    "bytessent > 10M, bytesreceived > 1Gi, bytesacked = 0, bytesretrans > 0, notsent > 0, deliveryrate < 1M, pacingrate < 1M",
    "bytes of TCP, or bytes a second: k, M, G, or Ki, Mi, Gi of 1024",
  ],
  ["segsout > 1000, segsin = 0, unacked > 100, lost > 0, totalretrans > 10", "segments of TCP"],
  ["backlog < 128, congestion = bbr", "connections that may wait for a listener; congestion control"],
  [
    "mark = 0x10, fwmark = 1, tos = 16, ifindex = 2, cgroupid = 70, shutdown = 3, peerinode = 5",
    "as the columns of these names",
  ],
  ["inode = 4711, netns = 4026531840", "number of the socket, of its network namespace"],
];

export const FILTER_GRAMMAR: readonly string[] = [
  "Conditions are joined by and (&, &&), or (|, ||), not (!) and parentheses, as in ss(8). Conditions that stand side by " +
    "side must all hold. In text, * and ? stand for anything, and ~ means contains. A shell takes some of these characters " +
    "for itself: put the filter into quotes.",
  "States are those of ss(8) and of the kernel, in either spelling: established, syn-sent, syn-recv, fin-wait-1, " +
    "fin-wait-2, time-wait, closed, close-wait, last-ack, listening, closing.",
];

export const EXITS: readonly (readonly [code: number, meaning: string])[] = [
  [
    EXIT.ok,
    "Done. Of port: every listener has a known owner, or what was waited for has come; with --kill, nobody listens, also when nobody did.",
  ],
  [EXIT.free, "Of port: nobody listens on one of the ports."],
  [EXIT.usage, "The command line is wrong."],
  [EXIT.unknown, "Of port: somebody listens, but the owner of one listener at least is not known."],
  [
    EXIT.failure,
    "It failed: a file cannot be read, the time is over, a process was not killed, an interface is not there. " +
      "Of sockets: no table could be read.",
  ],
];
