import { described, list, named, number, object, ref, type Schema, text, texts, whole, words, yes } from "./build.ts";

type Fields = Readonly<Record<string, Schema>>;

function ownerless(): Schema {
  return words("no-permission", "hidepid", "kernel", "time-wait", "other-namespace", "exited", "gone", "budget");
}

/** The state by the one word that tables, CSV, counts and filters have for it. */
function commonState(): Schema {
  return described(
    text,
    "the state as tables, CSV, counts and filters call it; the field state is the kernel's own word",
  );
}

function context(): Fields {
  return {
    commonState: commonState(),
    "namespace?": whole,
    "owners?": list(ref("owner")),
    "ownersWere?": described(yes, "of watch: nobody is seen to hold it now, and the owners are those known last"),
    "ownerless?": ownerless(),
    "suspect?": yes,
    "extra?": texts,
  };
}

/** What netlink alone tells: absent where procfs was read. */
function kernel(): Fields {
  return {
    "cookie?": described(text, "by netlink, as all that procfs does not tell: names the socket for good; hexadecimal"),
    "skMem?": named(number),
    "shutdown?": whole,
    "unknownAttributes?": named(text),
  };
}

function packetKernel(): Fields {
  const ring = object({
    blockSize: whole,
    blockCount: whole,
    frameSize: whole,
    frameCount: whole,
    retireTimeout: described(whole, "milliseconds"),
    privateSize: whole,
    features: whole,
  });
  return {
    ...kernel(),
    "version?": text,
    "reserve?": whole,
    "copyThreshold?": whole,
    "timestamp?": whole,
    "packetOptions?": named(yes),
    "memberships?": list(object({ ifIndex: whole, count: whole, type: text, "address?": text })),
    "rxRing?": ring,
    "txRing?": ring,
    "fanout?": object({ id: whole, type: text, "flags?": whole }),
    "filter?": described(
      list(object({ code: whole, jt: whole, jf: whole, k: whole })),
      "classic BPF; absent without the right to see it",
    ),
  };
}

function inetKernel(): Fields {
  return {
    ...kernel(),
    "backlog?": whole,
    "ifIndex?": whole,
    "cgroupId?": number,
    "placement?": described(
      object({ "cgroup?": text, "container?": ref("container"), "unit?": text }),
      "that control group by its path, and what it names",
    ),
    "v6only?": yes,
    "mark?": whole,
    "classId?": whole,
    "tos?": whole,
    "tclass?": whole,
    "sockOpt?": named(yes),
    "ipProtocol?": whole,
  };
}

function tcpKernel(): Fields {
  const figures = named(number);
  return {
    ...inetKernel(),
    "tcpInfo?": described(figures, "struct tcp_info, by the kernel's names without tcpi_"),
    "mptcpInfo?": named({ type: ["number", "string"] }),
    "mptcpSubflow?": named({ type: ["number", "string"] }),
    "tlsInfo?": described(named({ type: ["number", "boolean"] }), "TLS in the kernel, by its names without TLS_INFO_"),
    "congestion?": text,
    "bbr?": figures,
    "vegas?": figures,
    "dctcp?": figures,
    "ulp?": text,
  };
}

/** Of what was found in one of several network namespaces. */
export function place(): Fields {
  return { "namespace?": whole, "container?": ref("container") };
}

function inet(): Fields {
  return {
    ...context(),
    localAddress: text,
    localPort: whole,
    remoteAddress: text,
    remotePort: whole,
    state: text,
    txQueue: number,
    rxQueue: number,
    timer: number,
    timerExpires: number,
    retransmits: number,
    uid: number,
    probes: number,
    inode: number,
    "refCount?": described(number, "absent where the kernel told the socket by netlink"),
  };
}

/** What listeners and blockers have in common. */
function portSocket(): Fields {
  return {
    protocol: words("tcp", "tcp6", "udp", "udp6"),
    localAddress: text,
    localPort: whole,
    inode: whole,
    uid: whole,
    owners: list(ref("owner")),
    "ownerless?": ownerless(),
    "suspect?": yes,
  };
}

/** Sockets and their owners, as in the types `Socket` and `SocketOwner` of the library. */
export function socketDefinitions(): Fields {
  return {
    container: object({
      "runtime?": words("docker", "containerd", "cri-o", "podman", "lxc", "nspawn", "kubernetes"),
      id: text,
      "podUid?": text,
    }),
    owner: object({
      "ended?": described(yes, "of watch: the process is gone"),
      pid: whole,
      startTime: whole,
      program: text,
      comm: text,
      cmdline: texts,
      "exe?": text,
      uid: whole,
      fds: list(whole),
      "cgroup?": text,
      "container?": ref("container"),
      "unit?": text,
    }),
    tcpSocket: object({
      protocol: words("tcp", "tcp6"),
      ...inet(),
      "rto?": number,
      "ato?": number,
      "quickAck?": number,
      "cwnd?": number,
      "ssthresh?": number,
      ...tcpKernel(),
    }),
    datagramSocket: object({
      protocol: words("udp", "udp6", "udplite", "udplite6", "raw", "raw6", "icmp", "icmp6"),
      ...inet(),
      "drops?": number,
      ...inetKernel(),
    }),
    unixSocket: object({
      protocol: words("unix"),
      ...context(),
      "refCount?": number,
      flags: number,
      listening: yes,
      type: text,
      state: text,
      inode: number,
      "path?": text,
      // Hexadecimal, where the name is not UTF-8.
      "pathBytes?": { type: "string", pattern: "^([0-9a-f]{2})*$" },
      ...kernel(),
      "peer?": number,
      "vfs?": object({ dev: number, inode: number }),
      "icons?": list(number),
      "rxQueue?": number,
      "txQueue?": number,
      "uid?": number,
    }),
    netlinkSocket: object({
      protocol: words("netlink"),
      ...context(),
      netlinkProtocol: number,
      "sk?": text,
      portId: number,
      groups: number,
      rmem: number,
      wmem: number,
      "dump?": yes,
      "refCount?": number,
      "drops?": number,
      "inode?": number,
      "unknown?": {},
      ...kernel(),
      "connected?": yes,
      "remotePortId?": number,
      "remoteGroup?": whole,
      "joinedGroups?": described(list(whole), "all groups by number; groups has the bits of the first 32"),
      "netlinkOptions?": named(yes),
    }),
    packetSocket: object({
      protocol: words("packet"),
      ...context(),
      etherType: number,
      "sk?": text,
      "refCount?": number,
      type: number,
      ifIndex: number,
      running: yes,
      rmem: number,
      uid: number,
      inode: number,
      "unknown?": {},
      ...packetKernel(),
    }),
    socket: {
      oneOf: ["tcpSocket", "datagramSocket", "unixSocket", "netlinkSocket", "packetSocket"].map(ref),
    },
    listener: object({
      ...portSocket(),
      waiting: whole,
      answersIpv4: words(true, false, "unknown"),
    }),
    portBlocker: object({
      ...portSocket(),
      remoteAddress: text,
      remotePort: whole,
      state: text,
      commonState: commonState(),
    }),
    portAnswer: object({
      kind: words("owned", "free", "unknown"),
      port: whole,
      listeners: list(ref("listener")),
      complete: yes,
      bindable: yes,
      blockedBy: list(ref("portBlocker")),
      reasons: texts,
      ...place(),
    }),
  };
}
