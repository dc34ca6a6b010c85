/*
 * Every command with its own options; those that several have stand in shared.ts. What a command does is loaded when it runs.
 */

export const SOCKETS = {
  name: "sockets",
  description: "list sockets with state, addresses and owner",
  argument: {
    name: "filter",
    kind: "texts",
    description: "what to show, as in ss(8): state established and '( dport = :443 or src 10.0.0.0/8 )'",
  },
  options: {
    tcp: { short: "t", kind: "yes", description: "TCP" },
    udp: { short: "u", kind: "yes", description: "UDP" },
    udplite: { short: "U", kind: "yes", description: "UDP-Lite" },
    raw: { short: "w", kind: "yes", description: "raw sockets" },
    unix: { short: "x", kind: "yes", description: "unix sockets" },
    packet: { short: "0", kind: "yes", description: "packet sockets" },
    icmp: { kind: "yes", description: "ping sockets" },
    netlink: { kind: "yes", description: "netlink sockets" },
    protocol: {
      short: "A",
      kind: "names",
      value: "<list>",
      description: "protocols by name: tcp,unix or all (default: tcp,udp)",
    },
    ipv4: { short: "4", kind: "yes", description: "only IPv4" },
    ipv6: { short: "6", kind: "yes", description: "only IPv6" },
    listening: { short: "l", kind: "yes", description: "only sockets that wait for others" },
    owners: { kind: "no", description: "do not look for owners" },
    countBy: {
      kind: "word",
      value: "<what>",
      words: ["state", "port", "process", "peer", "protocol", "uid", "container", "netns"],
      conflicts: ["columns", "sort"],
      description: "count in place of listing",
    },
    flat: {
      kind: "yes",
      conflicts: ["json", "csv", "columns", "countBy"],
      description: "print rows of one level for databases, one JSON object a line; with --every, again and again",
    },
    hostName: {
      kind: "text",
      value: "<name>",
      description: "with --flat, the name of the machine: what it says itself",
    },
    pid: { kind: "pids", value: "<pid>", description: "only sockets that these processes hold" },
    close: {
      kind: "yes",
      conflicts: ["flat", "columns", "sort", "countBy", "every"],
      description: "close what the filter finds, after asking: TCP and UDP; asks the kernel, and takes CAP_NET_ADMIN",
    },
    yes: { short: "y", kind: "yes", description: "with --close, do not ask" },
    containerPorts: {
      kind: "yes",
      description: "with --close, also what is held for containers, virtual machines or units",
    },
    // Fingers type -tulpen: all states, numbers and owners are shown anyway.
    all: { short: "a", kind: "yes", hidden: true, description: "" },
    numeric: { short: "n", kind: "yes", hidden: true, description: "" },
    processes: { short: "p", kind: "yes", hidden: true, description: "" },
    extended: { short: "e", kind: "yes", hidden: true, description: "" },
  },
} as const;

export const WATCH = {
  name: "watch",
  description: "tell which sockets come, go and change, a line for each, until it is stopped",
  argument: {
    name: "filter",
    kind: "texts",
    description: "which sockets, as of procnet sockets: dport = :5432",
  },
  options: {
    only: {
      kind: "names",
      value: "<list>",
      description: "only some of present, opened, closed, changed, traces (what only TIME_WAIT is left of)",
    },
    for: { kind: "duration", value: "<time>", description: "stop after this time: 30s, 5m" },
  },
} as const;

/** What `watch` has of the options that say how an answer is shown. */
export const WATCH_OUTPUT = {
  json: {
    kind: "yes",
    description: "print one JSON document a line: all that is there, then each look",
    conflicts: ["ndjson"],
  },
  ndjson: { kind: "yes", description: "print one JSON object a line, for each thing that happens" },
  flat: {
    kind: "yes",
    conflicts: ["json"],
    description:
      "print rows of one level for databases, one JSON object a line: what happens, and all that is there now and then",
  },
  hostName: { kind: "text", value: "<name>", description: "with --flat, the name of the machine: what it says itself" },
  snapshotEvery: {
    kind: "duration",
    value: "<time>",
    description: "with --flat, how often all that is there is told (default: 10m)",
  },
  color: { kind: "word", value: "<when>", words: ["auto", "always", "never"], default: "auto", description: "colour" },
  every: {
    kind: "duration",
    value: "<time>",
    description: "from look to look (default: 1s, longer where a look takes more than 50ms)",
  },
  rounds: { kind: "times", value: "<count>", description: "stop after so many looks, the first one not counted" },
} as const;

export const TOP = {
  name: "top",
  description: "show all of it on a full screen, until it is left",
  argument: { name: "filter", kind: "texts", description: "which sockets at first, as of procnet sockets" },
  options: {
    view: {
      kind: "word",
      value: "<view>",
      words: ["sockets", "processes", "listeners", "destinations", "interfaces", "health", "counters"],
      description: "what is shown at first; ? tells of the keys",
    },
  },
} as const;

export const PORT = {
  name: "port",
  description: "tell who listens on a port; exit code 0 owned, 1 free, 3 unknown",
  argument: { name: "port", kind: "ports", required: true, description: "ports" },
  options: {
    udp: { short: "u", kind: "yes", description: "UDP instead of TCP" },
    ignoreTimeWait: {
      kind: "yes",
      description: "connections in TIME_WAIT do not keep a server off: it sets SO_REUSEADDR",
    },
    waitFree: {
      kind: "yes",
      conflicts: ["waitListening", "kill", "allNamespaces"],
      description: "wait until a server can start",
    },
    waitListening: { kind: "yes", conflicts: ["kill", "allNamespaces"], description: "wait until somebody listens" },
    timeout: { kind: "duration", value: "<time>", description: "the longest to wait" },
    kill: { kind: "yes", conflicts: ["allNamespaces"], description: "end the processes that listen, after asking" },
    yes: { short: "y", kind: "yes", description: "with --kill, do not ask" },
    signal: {
      kind: "signal",
      value: "<name>",
      words: ["TERM", "KILL", "INT", "HUP", "QUIT"],
      description: "with --kill, the signal to send; TERM by default",
    },
    otherUsers: { kind: "yes", description: "with --kill, also who holds what another user opened" },
    containerPorts: {
      kind: "yes",
      description: "with --kill, also what holds ports for containers, virtual machines or units",
    },
  },
} as const;

export const INTERFACES = {
  name: "interfaces",
  aliases: ["if"],
  description: "list interfaces with addresses and counters",
  argument: { name: "interface", kind: "texts", description: "which: eth0, 'veth*'" },
  options: {
    human: { kind: "yes", description: "counts of bytes in units of 1024, as in 117.7Mi" },
  },
} as const;

export const ROUTES = {
  name: "routes",
  aliases: ["route"],
  description: "list routes",
  options: {
    ipv4: { short: "4", kind: "yes", description: "only IPv4" },
    ipv6: { short: "6", kind: "yes", description: "only IPv6" },
    default: { kind: "yes", description: "only the ways out that can be used, the best first" },
    table: {
      kind: "text",
      value: "<table>",
      description: "of this table, by the kernel: main, local, default, a number, or all",
    },
  },
} as const;

export const NEIGHBOURS = {
  name: "neighbours",
  aliases: ["neighbors", "arp"],
  description: "list neighbours: of IPv4, and by the kernel of IPv6 too",
  options: {
    ipv4: { short: "4", kind: "yes", description: "only IPv4" },
    ipv6: { short: "6", kind: "yes", description: "only IPv6, by the kernel" },
    all: { short: "a", kind: "yes", description: "also those that need no resolution, by the kernel" },
  },
} as const;

export const STATS = {
  name: "stats",
  description: "list the counters of the protocols that are not 0",
  argument: {
    name: "name",
    kind: "texts",
    description: "counters to show, also those that are 0: Tcp.RetransSegs, 'Tcp*'",
  },
  options: {
    zeros: { short: "z", kind: "yes", description: "show counters that are 0 too" },
  },
} as const;

export const RATES = {
  name: "rates",
  description: "tell what counters do a second: of protocols, interfaces and CPUs",
  argument: {
    name: "name",
    kind: "texts",
    description: "Tcp.RetransSegs, 'TcpExt.*', eth0; without one, what does something",
  },
  options: { zeros: { kind: "yes", description: "those that stand still, too" } },
} as const;

export const TRAFFIC = {
  name: "traffic",
  description: "tell who sends and receives how much by TCP; takes the package @procnet/kernel",
  argument: {
    name: "filter",
    kind: "texts",
    description: "which connections, as of procnet sockets: dport = :443",
  },
  options: {
    by: {
      kind: "word",
      value: "<what>",
      words: ["program", "pid", "container", "unit", "peer", "port"],
      description: "what is summed: program by default",
    },
    for: { kind: "duration", value: "<time>", description: "look so long: 1s by default; with --every, stop after it" },
    top: { kind: "times", value: "<count>", description: "only so many, those that do most" },
    ipv4: { short: "4", kind: "yes", description: "only IPv4" },
    ipv6: { short: "6", kind: "yes", description: "only IPv6" },
    pid: { kind: "pids", value: "<pid>", description: "only connections that these processes hold" },
  },
} as const;

export const EXPLAIN = {
  name: "explain",
  description: "tell what a socket waits for and whose turn it is, or what a counter or a finding means",
  argument: {
    name: "subject",
    kind: "texts",
    required: true,
    description:
      "tcp 127.0.0.1:8080, unix /run/x.sock, inode 123, pid 42, TcpExt.ListenDrops, tcp-accept-queue-overflow",
  },
  options: {},
} as const;

export const SERVE = {
  name: "serve",
  description: "serve the page for browsers, metrics for Prometheus and a JSON API, until it is stopped",
  options: {
    listen: {
      kind: "names",
      value: "<list>",
      description: "where: 127.0.0.1:9909, [::1]:9909, port 0 for one that is free; several with commas or given again",
    },
    unixSocket: { kind: "text", value: "<path>", description: "listen at a unix socket of the own user" },
    tlsCert: { kind: "text", value: "<file>", description: "certificate, PEM: answer by TLS" },
    tlsKey: { kind: "text", value: "<file>", description: "key of the certificate, PEM" },
    tokenFile: { kind: "text", value: "<file>", description: "file with the token that clients must know" },
    token: {
      kind: "text",
      value: "<token>",
      description: "the token itself, which others see in the list of processes; auto for a new one, which is printed",
      conflicts: ["tokenFile"],
    },
    insecure: { kind: "yes", description: "answer others than this machine without a token" },
    allowHost: { kind: "names", value: "<list>", description: "names by which the server may be called" },
    expose: {
      kind: "word",
      words: ["minimal", "owners", "full"],
      value: "<class>",
      description: "how much to tell: minimal, owners or full; owners to this machine and minimal to others by default",
    },
    maxAge: { kind: "duration", value: "<time>", description: "how old a look at sockets may be that is told of: 5s" },
    maxSeries: { kind: "times", value: "<number>", description: "series of procnet's own metrics at most: 5000" },
    maxSockets: {
      kind: "times",
      value: "<number>",
      description: "sockets that are looked at one by one, at most; more are only counted: 250000",
    },
    port: {
      kind: "ports",
      value: "<list>",
      description: "count the sockets of these ports by side and state: 443,8080",
    },
    destinations: {
      kind: "times",
      value: "<number>",
      description: "count connections by network and port of the peer: so many have series of their own",
    },
    enable: {
      kind: "names",
      value: "<list>",
      description:
        "collectors of node_exporter that are off by default: lnstat, tcpstat, xfrm; network_route with --source kernel",
    },
    disable: { kind: "names", value: "<list>", description: "collectors of node_exporter that are not to run" },
    netdevInclude: { kind: "text", value: "<regex>", description: "interfaces whose counters are given, no others" },
    netdevExclude: { kind: "text", value: "<regex>", description: "interfaces whose counters are not given" },
    netstatFields: {
      kind: "text",
      value: "<regex>",
      description: "counters of protocols to give, as ^TcpExt_: those of node_exporter by default",
    },
    hostName: { kind: "text", value: "<name>", description: "name of the machine in flat rows: what it says itself" },
    sysfs: { kind: "text", value: "<directory>", description: "the sysfs to look at: /sys" },
    otlp: {
      kind: "text",
      value: "<url>",
      description: "send metrics by OTLP, as JSON over HTTP: http://host:4318, below which lies v1/metrics",
    },
    otlpInterval: { kind: "duration", value: "<time>", description: "how often: 60s" },
    otlpHeaderFile: { kind: "text", value: "<file>", description: "file with headers for it, NAME=VALUE a line" },
    otlpHeader: {
      kind: "pairs",
      value: "<name=value>",
      description: "such a header, again for each; others see it in the list of processes",
    },
    otlpAttribute: {
      kind: "pairs",
      value: "<name=value>",
      description: "attribute of the resource, as k8s.node.name=web1, again for each",
    },
  },
} as const;

export const NAMESPACES = {
  name: "namespaces",
  aliases: ["netns"],
  description: "list network namespaces and who is in them",
  options: {},
} as const;

export const SHOW = {
  name: "show",
  description: "show a file under /proc/net; without one, list the files that are here",
  argument: { name: "file", kind: "text", description: "its name: igmp, softnet_stat, dev_snmp6/eth0" },
  options: {},
} as const;

export const CAPTURE = {
  name: "capture",
  description: "copy /proc/net and what is needed of the processes, for procnet --root elsewhere",
  argument: { name: "directory", kind: "text", required: true, description: "a new or empty directory" },
  options: {
    anonymise: { kind: "yes", description: "replace addresses and names: ports, ids and counters stay" },
    processes: { kind: "no", description: "only the tables: sockets have no owners then" },
  },
} as const;

/** What `capture` has of the options that say how an answer is shown. */
export const CAPTURE_OUTPUT = {
  json: { kind: "yes", description: "print what was copied and left out as a JSON document" },
} as const;

export const DOCTOR = {
  name: "doctor",
  description: "tell what can be seen here and what not, why, and what would change it",
  options: {},
} as const;

export const PIN = {
  name: "pin",
  description: "let the kernel tell whose sockets are, by a file that lasts until unpin or the machine's end; as root",
  options: {
    path: {
      kind: "text",
      value: "<path>",
      description:
        "where, on a bpffs: by default /sys/fs/bpf/procnet/owners-v1, or below /run/procnet where others do not get there; procnet looks at these two alone, programs at any",
    },
    group: {
      kind: "text",
      value: "<group>",
      description: "whose members may read it, by name or number (default: root)",
    },
    mode: { kind: "text", value: "<mode>", description: "who may, of 0444 (default: 0440)" },
    unit: { kind: "yes", description: "print a unit for systemd that does this at each start, and pin nothing" },
  },
} as const;

export const UNPIN = {
  name: "unpin",
  description: "take away what pin made, and nothing else",
  options: {
    path: { kind: "text", value: "<path>", description: "where it is: where pin puts it by default" },
  },
} as const;

export const HEALTH = {
  name: "health",
  description:
    "tell what is wrong, whose it is and what would help; exit code 0 nothing, 5 warning, 6 critical, 3 not known",
  options: {
    window: { kind: "duration", value: "<time>", description: "look so long, once a second (default: 5s)" },
    sinceBoot: {
      kind: "yes",
      conflicts: ["window", "after"],
      description: "what has happened since boot, and how often",
    },
    use: {
      kind: "yes",
      conflicts: ["sinceBoot"],
      description: "as a table of resources: utilization, saturation, errors",
    },
    after: {
      kind: "text",
      value: "<directory>",
      conflicts: ["window"],
      description: "with --root: the same machine captured later",
    },
  },
} as const;

export const SCHEMA = {
  name: "schema",
  description: "print the JSON Schema of the documents",
  argument: {
    name: "kind",
    kind: "word",
    words: [
      "sockets",
      "counts",
      "port",
      "close",
      "interfaces",
      "routes",
      "neighbours",
      "stats",
      "explain",
      "namespaces",
      "files",
      "file",
      "capture",
      "doctor",
      "health",
      "rates",
      "traffic",
      "watch",
      "flat",
    ],
    description: "of one kind of document, or of the rows of --flat",
  },
  options: {},
} as const;

export const COMPLETION = {
  name: "completion",
  description: "print a completion script for a shell",
  argument: { name: "shell", kind: "word", words: ["bash", "zsh", "fish"], required: true, description: "which" },
  options: {},
} as const;

export const MAN = {
  name: "man",
  description: "print the manual page: procnet man | man -l -",
  options: {},
} as const;
