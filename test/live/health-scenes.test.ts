import { cpus } from "node:os";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { limits, type Sample, takeSample } from "../../packages/procnet/src/index.ts";
import { limitsOf } from "../support/live/sample.ts";
import { Actor, evidenceOf, healthInside, judged, samplesAround } from "../support/live/scene.ts";
import { Namespace } from "../support/namespace.ts";
import { missingTools, noNamespaces, skipIf } from "../support/tools.ts";

/*
 * Findings that texts alone had shown, from what this kernel does: forged segments, wrong checksums, floods, tunnels that lead nowhere.
 * All of it stays in a namespace, and no setting of the machine is touched. Numbers of the machine are held against limits that the test
 * gives, as those of others rise and fall too.
 */

let namespace: Namespace;
let actor: Actor | undefined;

beforeEach((context) => {
  skipIf(context, noNamespaces() ?? missingTools("python3"));
  namespace = new Namespace();
});
afterEach(() => {
  actor?.end();
  actor = undefined;
  namespace?.remove();
});

/** Plays a scene of two acts: samples before the first, between them and at the end. The first act is the twin in which all is well. */
async function acts(program: string): Promise<{ twin: Sample[]; scene: Sample[]; pid: number }> {
  actor = new Actor(namespace, `${PRELUDE}\n${program}\nturn()`);
  await actor.said();
  const twin = await samplesAround(actor);
  return { twin, scene: await samplesAround(actor), pid: actor.pid };
}

const PRELUDE = `
import os, socket, struct, sys, time
def turn():
    print("done", flush=True)
    if not sys.stdin.readline(): sys.exit()
def udp(): return socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
LO = socket.inet_aton("127.0.0.1")
raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
def sum16(b):
    b += b"\\0" * (len(b) % 2)
    t = sum(struct.unpack("!%dH" % (len(b) // 2), b))
    while t >> 16: t = (t & 0xffff) + (t >> 16)
    return ~t & 0xffff
def send(protocol, packet, at, wrong=0):
    right = sum16(LO + LO + struct.pack("!BBH", 0, protocol, len(packet)) + packet) ^ wrong
    packet = packet[:at] + struct.pack("!H", right) + packet[at + 2:]
    raw.sendto(struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(packet), 1, 0, 64, protocol, 0, LO, LO) + packet, ("127.0.0.1", 0))
`;

describe("udp-checksum", () => {
  it("counts what comes with a wrong checksum, of UDP and of TCP; right ones are silent", async () => {
    const { twin, scene } = await acts(`
there = udp()
there.bind(("127.0.0.1", 5000))
listener = socket.create_server(("127.0.0.1", 5001))
for wrong in (0, 0x55):
    turn()
    for i in range(20):
        send(17, struct.pack("!HHHH", 4000, 5000, 12, 0) + b"data", 6, wrong)
        send(6, struct.pack("!HHIIBBHHH", 4000 + i, 5001, 1, 0, 0x50, 2, 1000, 0, 0), 16, wrong)
`);
    expect(judged("udp-checksum", twin)).toMatchObject({ findings: [], isOk: true });
    const [finding] = judged("udp-checksum", scene).findings;
    expect(finding).toMatchObject({ severity: "info", subject: { kind: "namespace" } });
    expect(finding?.evidence.map(({ name, delta }) => `${name} ${delta}`).sort()).toEqual([
      "Tcp.InCsumErrors 20",
      "Udp.InCsumErrors 20",
    ]);
  });
});

describe("tcp-receive-drops", () => {
  const SMALL = `
def pair():
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    client = socket.create_connection(listener.getsockname())
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return client, listener.accept()[0]
`;

  it("is raised by segments out of order for which there is no room, and names who holds them", async () => {
    const { twin, scene } = await acts(`${SMALL}
client, server = pair()
REPAIR, QUEUE, SEQ = 19, 20, 21
client.setsockopt(6, REPAIR, 1)
def sequence(queue):
    client.setsockopt(6, QUEUE, queue)
    return client.getsockopt(6, SEQ) & 0xffffffff
sent, received = sequence(2), sequence(1)
client.setsockopt(6, REPAIR, -1)
def segment(at):
    ports = (client.getsockname()[1], server.getsockname()[1])
    send(6, struct.pack("!HHIIBBHHH", *ports, (sent + at) & 0xffffffff, received, 0x50, 0x10, 1000, 0, 0) + b"x", 16)
turn()
for i in range(3): segment(1 + 2 * i)
turn()
for i in range(1000): segment(1 + 2 * (i % 500))
`);
    expect(judged("tcp-receive-drops", twin)).toMatchObject({ findings: [], isOk: true });
    const [finding] = judged("tcp-receive-drops", scene).findings;
    expect(finding).toMatchObject({ severity: "warn" });
    const [before, after] = scene.map(({ netstat }) => netstat!.TcpExt.TCPOFODrop!);
    expect(after! - before!).toBeGreaterThan(500);
    expect(evidenceOf(finding!, "TcpExt.TCPOFODrop")).toEqual([before, after, after! - before!]);
  });

  it("is only info where a queue was squeezed and nothing lost", async () => {
    const { twin, scene, pid } = await acts(`${SMALL}
pairs = [pair() for i in range(10)]
def fill(times):
    for i in range(times):
        for client, server in pairs:
            try: client.send(b"x", socket.MSG_DONTWAIT)
            except BlockingIOError: pass
turn()
fill(3)
turn()
def pruned():
    names, values = [line.split() for line in open("/proc/net/netstat")][:2]
    return int(values[names.index("PruneCalled")])
for i in range(100):
    fill(3000 if i == 0 else 1)
    if pruned() > 0: break
    time.sleep(0.05)
`);
    expect(judged("tcp-receive-drops", twin)).toMatchObject({ findings: [], isOk: true });
    const { findings } = judged("tcp-receive-drops", scene);
    expect(findings).toMatchObject([{ severity: "info", owners: [{ pid }] }]);
    expect(evidenceOf(findings[0]!, "TcpExt.PruneCalled")[2]).toBeGreaterThan(0);
  });
});

describe("udp-send-buffer", () => {
  it("counts datagrams that wait behind a shaper until there is no room; a few have room", async (context) => {
    skipIf(context, missingTools("tc"));
    namespace.run("tc", "qdisc add dev lo root tbf rate 8kbit burst 2000 limit 1000000".split(" "));
    const { twin, scene } = await acts(`
out = udp()
out.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
out.setblocking(False)
for count in (2, 300):
    turn()
    for i in range(count):
        try: out.sendto(b"x" * 500, ("127.0.0.1", 9))
        except BlockingIOError: pass
`);
    expect(judged("udp-send-buffer", twin)).toMatchObject({ findings: [], isOk: true });
    const [finding] = judged("udp-send-buffer", scene).findings;
    expect(finding).toMatchObject({ severity: "warn", evidence: [{ name: "Udp.SndbufErrors" }] });
    expect(finding!.evidence[0]!.delta).toBeGreaterThan(250);
  });
});

describe("interface-errors", () => {
  it("is raised by a tunnel to where no route leads, and silent with one", async (context) => {
    const refused = namespace.run("sh", [
      "-c",
      "ip link add t0 type vxlan id 5 remote 10.77.0.1 dstport 4789 2>&1 || true",
    ]);
    skipIf(context, refused === "" ? undefined : `this kernel makes no tunnel: ${refused}`);
    namespace.ip(
      "addr add 10.8.0.1/24 dev t0\nlink set t0 up\nneigh add 10.8.0.2 lladdr 02:00:00:00:00:02 dev t0\nroute add 10.77.0.1 dev lo src 127.0.0.1",
    );
    const { twin, scene } = await acts(`
out = udp()
turn()
for i in range(20): out.sendto(b"x", ("10.8.0.2", 9))
turn()
import subprocess
subprocess.run(["ip", "route", "del", "10.77.0.1"], check=True)
for i in range(20): out.sendto(b"x", ("10.8.0.2", 9))
`);
    expect(judged("interface-errors", twin)).toMatchObject({ findings: [], isOk: true });
    const { findings } = judged("interface-errors", scene);
    expect(findings).toMatchObject([{ severity: "warn", subject: { kind: "interface", interface: "t0" } }]);
    expect(evidenceOf(findings[0]!, "sentErrs of t0")[2]).toBeGreaterThanOrEqual(20);
  });
});

describe("interface-storm", () => {
  it("is raised by many times what came before; the same again is no storm", async () => {
    actor = new Actor(
      namespace,
      `${PRELUDE}
out = udp()
turn()
for count in (100, 20000, 20000):
    for i in range(count): out.sendto(b"x", ("127.0.0.1", 9))
    turn()
`,
    );
    await actor.said();
    // Seconds are what the test says; what was counted is the kernel's.
    const at = async (seconds: number) => ({ ...(await takeSample({ pid: actor!.pid })), at: seconds * 1000 });
    const samples = [await at(0)];
    for (const seconds of [50, 60, 70]) {
      await actor.step();
      samples.push(await at(seconds));
    }
    const thresholds = { floor: 10 };
    const { findings } = judged("interface-storm", samples.slice(0, 3), { thresholds });
    expect(findings).toMatchObject([{ severity: "info", subject: { kind: "interface", interface: "lo" } }]);
    expect(findings[0]!.evidence[0]!.delta).toBeGreaterThanOrEqual(20_100);
    const again = judged("interface-storm", samples.slice(1), { thresholds: { floor: 10, before: 10 } });
    expect(again).toMatchObject({ findings: [], isOk: true });
  });
});

describe("softnet-dropped", () => {
  it("is raised by a bridge that gives each packet to more ports than a CPU has room for", () => {
    const ports = Array.from({ length: 40 }, (_, i) => [
      `link add v${i} type veth peer name w${i}`,
      `link set v${i} master br0 up`,
      `link set w${i} up`,
    ]);
    namespace.ip(["link add br0 type bridge", "link set br0 up", ...ports.flat()].join("\n"));
    // 60 datagrams at once, as the kernel has to cut them itself, for an address that no port has.
    namespace.ip(
      "link set w1 gso_max_segs 1\naddr add 10.6.0.1/24 dev w1\nneigh add 10.6.0.2 lladdr 02:00:00:00:00:99 dev w1",
    );
    const step = `python3 -c '
import socket, time
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.setsockopt(socket.IPPROTO_UDP, 103, 10)
def dropped(): return sum(int(line.split()[1], 16) for line in open("/proc/net/softnet_stat"))
before = dropped()
for i in range(200):
    s.sendto(b"x" * 600, ("10.6.0.2", 9))
    if dropped() > before + 1000: break
'`;
    const { findings } = healthInside(namespace, { step, only: ["softnet-dropped"] });
    expect(findings[0]).toMatchObject({ severity: "warn", subject: { kind: "cpu" } });
    // It is of the machine, whichever namespace sent them.
    expect(findings[0]?.namespace).toBeUndefined();
    expect(findings[0]!.evidence[0]!.delta).toBeGreaterThan(10);
  });
});

describe("tracked connections", () => {
  const TRACK = "add table t; add chain t c { type filter hook output priority 0; }; add rule t c ct state new accept";
  beforeEach((context) => {
    skipIf(context, missingTools("nft"));
    namespace.run("nft", [TRACK]);
  });

  it("conntrack-insert-failed: two first packets of one connection at once", async (context) => {
    skipIf(context, cpus().length < 2 ? "two packets at once need two CPUs" : undefined);
    const { twin, scene } = await acts(`
import mmap
def clashes():
    rows = [line.split() for line in open("/proc/net/stat/nf_conntrack")]
    at = rows[0].index("clashres")
    return sum(int(row[at], 16) for row in rows[1:])
there = udp()
there.bind(("127.0.0.1", 9000))
turn()
for i in range(50): udp().sendto(b"x", ("127.0.0.1", 9000))
turn()
both = mmap.mmap(-1, 3)
cpus = sorted(os.sched_getaffinity(1) if len(os.sched_getaffinity(0)) < 2 else os.sched_getaffinity(0))
me = 0 if os.fork() == 0 else 1
os.sched_setaffinity(0, {cpus[me % len(cpus)]})
def together(step):
    both[me] = step
    while both[1 - me] not in (step, (step + 1) % 256): pass
for i in range(3000):
    s = udp()
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    s.bind(("127.0.0.1", 2000 + i))
    s.connect(("127.0.0.1", 9000))
    together((2 * i + 1) % 256)
    s.send(b"x")
    s.close()
    if me == 1 and i % 50 == 49: both[2] = clashes() > 20
    together((2 * i + 2) % 256)
    if both[2]: break
if me == 0: os._exit(0)
os.wait()
`);
    expect(judged("conntrack-insert-failed", twin)).toMatchObject({ findings: [], isOk: true });
    const { findings } = judged("conntrack-insert-failed", scene);
    expect(findings).toMatchObject([{ severity: "info", subject: { kind: "table", table: "nf_conntrack" } }]);
    expect(findings[0]?.summary).toMatch(/clashres \d+/);
  });

  it("conntrack-full and conntrack-drop: more connections than the table has room for", () => {
    // Every connection to another port, from one socket: as many as there is room for and a third more.
    const flood = `
import socket
most = int(open("/proc/sys/net/netfilter/nf_conntrack_max").read())
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
count = most * PART // 3
for i in range(count): s.sendto(b"", ("127.0.%d.%d" % (i // 65535 // 200, 2 + i // 65535 % 200), 1 + i % 65535))
`;
    const only = ["conntrack-full", "conntrack-drop"];
    const inside = (part: number) =>
      healthInside(namespace, { step: `python3 -c '${flood.replace("PART", String(part))}'`, only });
    expect(inside(1)).toMatchObject({ findings: [], ok: only });
    const { findings } = inside(4);
    expect(findings).toMatchObject([
      { id: "conntrack-full", severity: "crit", limit: { name: "net.netfilter.nf_conntrack_max" } },
      // Those without an answer make room: nothing was dropped yet.
      { id: "conntrack-drop", severity: "warn" },
    ]);
  }, 60_000);
});

describe("numbers of the machine", () => {
  it("neighbour-table: neighbours of a namespace count in the table of all", async (context) => {
    const before = await takeSample({ sockets: false });
    const entries = before.arpCache?.[0]?.entries;
    skipIf(context, entries === undefined ? "stat/arp_cache is of the first namespace alone" : undefined);
    namespace.ip("link add a0 type veth peer name a1\nlink set a0 up\naddr add 10.7.0.1/16 dev a0");
    const one = (i: number) =>
      `neigh add 10.7.${1 + (i >> 8)}.${i & 255} lladdr 02:00:00:00:00:01 dev a0 nud permanent`;
    namespace.ip(Array.from({ length: 1000 }, (_, i) => one(i)).join("\n"));
    const after = await takeSample({ sockets: false });
    const room = { ipv4: entries! + 500, ipv6: 1e6 };
    const given = limitsOf({
      "net.ipv4.neigh.default.gc_thresh2": [room.ipv4],
      "net.ipv4.neigh.default.gc_thresh3": [room.ipv4 * 10],
      "net.ipv6.neigh.default.gc_thresh2": [room.ipv6],
      "net.ipv6.neigh.default.gc_thresh3": [room.ipv6],
    });
    expect(judged("neighbour-table", [before], { limits: given }).findings).toEqual([]);
    const { findings } = judged("neighbour-table", [before, after], { limits: given });
    expect(findings).toMatchObject([{ severity: "info", subject: { kind: "table", table: "arp_cache" } }]);
    expect(findings[0]?.namespace).toBeUndefined();
  });

  it("tcp-memory and udp-memory: what waits unread is the machine's memory, and whose it is here is named", async () => {
    const { twin, scene, pid } = await acts(`
there = udp()
there.setsockopt(socket.SOL_SOCKET, 33, 1 << 25)
there.bind(("127.0.0.1", 0))
listener = socket.create_server(("127.0.0.1", 0))
turn()
turn()
kept = []
for i in range(20):
    client = socket.create_connection(listener.getsockname())
    client.setblocking(False)
    kept += [client, listener.accept()[0]]
    try:
        while True: client.send(b"x" * 65536)
    except BlockingIOError: pass
out = udp()
for i in range(3000): out.sendto(b"x" * 8000, there.getsockname())
`);
    const pages = (sample: Sample) => [sample.sockstat!.TCP!.mem!, sample.sockstat!.UDP!.mem!];
    const [tcp = 0, datagrams = 0] = pages(twin.at(-1)!);
    const [more = 0, moreDatagrams = 0] = pages(scene.at(-1)!);
    // Marks half the way: others of this machine use some, too.
    const half = (before: number, after: number) => Math.floor((before + after) / 2);
    const given = limitsOf({
      "net.ipv4.tcp_mem": [1, half(tcp, more), more * 10],
      "net.ipv4.udp_mem": [1, 1, half(datagrams, moreDatagrams)],
    });
    const thresholds = { warn: 1 };
    expect(judged("tcp-memory", twin, { limits: given })).toMatchObject({ findings: [], isOk: true });
    expect(judged("udp-memory", twin, { limits: given, thresholds })).toMatchObject({ findings: [], isOk: true });
    const [finding] = judged("tcp-memory", scene, { limits: given }).findings;
    expect(finding).toMatchObject({ severity: "warn", subject: { kind: "machine" }, owners: [{ pid }] });
    expect(finding?.namespace).toBeUndefined();
    const { findings } = judged("udp-memory", scene, { limits: given, thresholds });
    expect(findings).toMatchObject([{ severity: "warn", subject: { kind: "machine" } }]);
    // With the machine's own settings, or where they are not shown, neither is.
    expect(judged("tcp-memory", scene, { limits: limits({ pid }) }).findings).toEqual([]);
  });
});
