import { type OptionSections, optionLines } from "../text/option-list.ts";
import { version as packageVersion } from "../version.ts";

/** What is printed, what for, and with which options. */
const SECTIONS: OptionSections = [
  [
    "What to show (sockets, unless something else is asked for)",
    [
      ["-r, --route", "tables of routes"],
      ["-i, --interfaces", "interfaces with their counters"],
      ["-g, --groups", "multicast groups this machine is a member of"],
      ["-s, --statistics", "counters of the protocols"],
      ["-M, --masquerade", "masqueraded connections (no current kernel has them)"],
    ],
  ],
  [
    "Which sockets",
    [
      ["-t, --tcp", "TCP"],
      ["-u, --udp", "UDP"],
      ["-U, --udplite", "UDP-Lite"],
      ["-S, --sctp", "SCTP"],
      ["-w, --raw", "raw IP"],
      ["-x, --unix", "unix sockets"],
      ["-l, --listening", "only those that wait for others"],
      ["-a, --all", "those that wait and those that are connected"],
    ],
  ],
  [
    "Which family of addresses",
    [
      ["-4, --inet", "IPv4 (also --ip, --tcpip)"],
      ["-6, --inet6", "IPv6"],
      ["-A, --protocol=LIST", "families by name, with commas between: inet, inet6, unix"],
      ["-2, --l2cap", "Bluetooth L2CAP: read and not shown"],
      ["-f, --rfcomm", "Bluetooth RFCOMM: read and not shown"],
      ["--bluetooth, --ax25, --ipx, --netrom, --rose, --x25, --ddp, --appletalk", "read and not shown"],
    ],
  ],
  [
    "Which columns, and how",
    [
      ["-n, --numeric", "numbers for hosts, ports and users"],
      ["--numeric-hosts", "numbers for hosts"],
      ["--numeric-ports", "numbers for ports"],
      ["--numeric-users", "numbers for users"],
      ["-N, --symbolic", "names of hardware; no names of hosts in tables of routes"],
      ["-e, --extend", "more columns; twice: more still"],
      ["-p, --programs", "process id and name of the program"],
      ["-o, --timers", "timers of TCP"],
      ["-W, --wide", "addresses in full"],
      ["-v, --verbose", "says which protocols this kernel does not have"],
      ["-F, --fib", "with -r: the table of routes (the default)"],
      ["-C, --cache", "with -r: the cache of routes"],
      ["-Z, --context", "SELinux contexts: read and not shown"],
      ["-c, --continuous", "again every second, until it is ended"],
    ],
  ],
  [
    "Other",
    [
      ["--root=DIRECTORY", "another procfs, of a host or captured"],
      ["--source=SOURCE", "with -i: procfs; kernel, by @procnet/kernel; auto: either"],
      ["-h, --help", "this text"],
      ["-V, --version", "the version"],
    ],
  ],
];

export function help(): string {
  const lines = [
    "Usage: procnet netstat [options]",
    "",
    "Takes the options of netstat (net-tools 2.10) and prints the same text.",
    ...optionLines(SECTIONS),
  ];
  return `${lines.join("\n")}\n`;
}

export function version(): string {
  return `procnet netstat ${packageVersion()}, in the manner of net-tools 2.10\n`;
}
