import { type OptionSections, optionLines } from "../text/option-list.ts";
import { version as packageVersion } from "../version.ts";

const SECTIONS: OptionSections = [
  [
    "Which sockets",
    [
      ["-t, --tcp", "TCP"],
      ["-u, --udp", "UDP"],
      ["-w, --raw", "raw IP"],
      ["-x, --unix", "unix sockets"],
      ["-0, --packet", "packet sockets"],
      ["-4, --ipv4", "IPv4 only"],
      ["-6, --ipv6", "IPv6 only"],
      ["-f, --family=FAMILY", "inet, inet6, unix, link, netlink, vsock, tipc or xdp"],
      ["-A, --query=LIST", "tables with commas between, ! before those that are not meant: tcp, udp, raw, unix,"],
      ["", "unix_stream, unix_dgram, unix_seqpacket, packet, packet_raw, packet_dgram, netlink, inet, all"],
      ["-l, --listening", "only those that wait for others"],
      ["-a, --all", "those that wait and those that are connected"],
      ["-M, --mptcp", "MPTCP, by the package @procnet/kernel"],
      ["--vsock", "sockets between virtual machines and their host, of the kernel"],
      ["-S, -d, --tipc, --xdp", "SCTP, DCCP and others: read, and not shown"],
    ],
  ],
  [
    "What of them, and how",
    [
      ["-n, --numeric", "numbers for services"],
      ["-r, --resolve", "names for hosts"],
      ["-p, --processes", "who holds them"],
      ["-T, --threads", "with every thread"],
      ["-o, --options", "timers of TCP"],
      ["-e, --extended", "user, inode and more"],
      ["-m, --memory", "memory"],
      ["-i, --info", "figures of TCP"],
      ["-b, --bpf", "filters of packet sockets"],
      ["--tos, --cgroup, --inet-sockopt", "type of service, control group, options"],
      ["-H, --no-header", "no heading"],
      ["-O, --oneline", "one line for each"],
      ["-Q, --no-queues", "without the columns of queues"],
      ["-s, --summary", "how many there are"],
      ["-K, --kill", "close those that the conditions name, and show them; by the package @procnet/kernel"],
    ],
  ],
  [
    "Other",
    [
      ["-F, --filter=FILE", "conditions from a file"],
      ["--source=SOURCE", "kernel: all that ss shows, by the package @procnet/kernel; procfs; auto: the kernel"],
      ["", "where procfs does not tell it: listeners, unix sockets, -o, -i, -m, -e, -M and long ones"],
      ["--root=DIRECTORY", "another procfs, of a host or captured"],
      ["-h, --help", "this text"],
      ["-V, --version", "the version"],
    ],
  ],
];

export function help(): string {
  const lines = [
    "Usage: procnet ss [options] [state STATE | exclude STATE]... [conditions]",
    "",
    "Takes the options of ss (iproute2 6.1) and prints the same text. What procfs does not tell it asks the",
    "kernel for, with the package @procnet/kernel; without it a line on stderr says what is left out.",
    "Conditions are those of procnet sockets, joined from left to right: dport = :443 or src 10.0.0.0/8",
    ...optionLines(SECTIONS),
  ];
  return `${lines.join("\n")}\n`;
}

export function version(): string {
  return `procnet ss ${packageVersion()}, in the manner of iproute2 6.1\n`;
}
