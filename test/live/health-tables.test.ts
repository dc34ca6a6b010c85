import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { takeSample } from "../../packages/procnet/src/index.ts";
import {
  CONNTRACK,
  group,
  limitsOf,
  lines,
  missing,
  NEIGHBOURS,
  type SampleTexts,
  sampleOf,
  statText,
} from "../support/live/sample.ts";
import { Actor, evidenceOf, healthInside, judged, samplesAround } from "../support/live/scene.ts";
import { Namespace, veth } from "../support/namespace.ts";
import { missingTools, noNamespaces, skipIf } from "../support/tools.ts";

type Row = Readonly<Record<string, number>>;

/** Two samples, ten seconds apart. */
const twoOf = (before: SampleTexts, after: SampleTexts) => [sampleOf(100_000, before), sampleOf(110_000, after)];
const tracked = (...rows: Row[]): SampleTexts => ({ conntrack: statText(CONNTRACK, ...rows) });
const arp = (...rows: Row[]): SampleTexts => ({ arpCache: statText(NEIGHBOURS, ...rows) });

describe("conntrack-full", () => {
  const limits = limitsOf({ "net.netfilter.nf_conntrack_max": [1000] });
  const at = (time: number, entries: number) => sampleOf(time, tracked({ entries }, { entries }));

  it("is raised by three marks, and counts rows that all say the same once", () => {
    const severities = [760, 910, 960].map((entries) => {
      const { findings } = judged("conntrack-full", [at(0, entries)], { limits });
      return findings[0]?.severity;
    });
    expect(severities).toEqual(["info", "warn", "crit"]);
    const { findings } = judged("conntrack-full", [at(0, 910)], { limits });
    expect(findings).toMatchObject([
      { subject: { table: "nf_conntrack" }, limit: { value: 1000, scope: "namespace" } },
    ]);
    expect(findings[0]?.summary).toBe("910 connections are tracked, of 1,000 at most: 91.0 %");
  });

  it("takes the most of the last ten seconds", () => {
    const samples = [at(0, 990), at(30_000, 960), at(35_000, 100)];
    expect(judged("conntrack-full", samples, { limits }).findings).toMatchObject([{ evidence: [{ value: 960 }] }]);
    expect(judged("conntrack-full", [...samples, at(45_001, 100)], { limits })).toMatchObject({ isOk: true });
  });

  it("is silent at three quarters, and unknown by the limit of another namespace or without the module", () => {
    expect(judged("conntrack-full", [at(0, 750)], { limits })).toMatchObject({ findings: [], isOk: true });
    expect(judged("conntrack-full", [at(0, 999)]).unknown).toEqual(["no-limit"]);
    const without = [sampleOf(0, {}, { missing: [missing("stat/nf_conntrack")] })];
    expect(judged("conntrack-full", without, { limits }).unknown).toEqual(["no-file"]);
  });
});

describe("conntrack-drop", () => {
  it("is bad when packets are dropped, and adds CPUs up that count in hexadecimal", () => {
    const { findings } = judged(
      "conntrack-drop",
      twoOf(tracked({ drop: 1 }, { drop: 2 }), tracked({ drop: 30 }, { drop: 17 })),
    );
    expect(findings).toMatchObject([{ severity: "crit", subject: { kind: "table" } }]);
    expect(evidenceOf(findings[0]!, "drop")).toEqual([3, 47, 44]);
  });

  it("warns of connections that were forgotten to make room", () => {
    const { findings } = judged("conntrack-drop", twoOf(tracked({}), tracked({ early_drop: 5 })));
    expect(findings).toMatchObject([{ severity: "warn" }]);
    expect(findings[0]?.summary).toContain("5 connections were forgotten");
  });

  it("is silent about old ones, and unknown after a reset", () => {
    const old = tracked({ drop: 900, early_drop: 4 });
    expect(judged("conntrack-drop", twoOf(old, old))).toMatchObject({ findings: [], isOk: true });
    expect(judged("conntrack-drop", twoOf(old, tracked({}))).unknown).toEqual(["reset"]);
  });
});

describe("conntrack-insert-failed", () => {
  it("tells of more than one race a second", () => {
    const { findings } = judged(
      "conntrack-insert-failed",
      twoOf(tracked({}), tracked({ insert_failed: 20, clashres: 4 })),
    );
    expect(findings).toMatchObject([{ severity: "info", evidence: [{ delta: 20 }, { delta: 4 }] }]);
  });

  it("is silent about one a second", () => {
    const few = tracked({ insert_failed: 10, clashres: 10 });
    expect(judged("conntrack-insert-failed", twoOf(tracked({}), few))).toMatchObject({ findings: [], isOk: true });
  });
});

describe("neighbour-table", () => {
  const limits = limitsOf({
    "net.ipv4.neigh.default.gc_thresh2": [512],
    "net.ipv4.neigh.default.gc_thresh3": [1024],
    "net.ipv6.neigh.default.gc_thresh2": [512],
    "net.ipv6.neigh.default.gc_thresh3": [1024],
  });
  const judge = (before: SampleTexts, after: SampleTexts) =>
    judged("neighbour-table", twoOf(before, after), { limits });

  it("is raised by marks of the settings, and is bad when a neighbour was refused", () => {
    expect(judge(arp({}), arp({ entries: 600 })).findings).toMatchObject([
      { severity: "info", subject: { table: "arp_cache" }, limit: { value: 512 }, namespace: undefined },
    ]);
    expect(judge(arp({}), arp({ entries: 900 })).findings).toMatchObject([
      { severity: "warn", limit: { value: 1024 } },
    ]);
    const { findings } = judge(arp({ table_fulls: 1 }, {}), arp({ entries: 1024, table_fulls: 3 }, { table_fulls: 4 }));
    expect(findings).toMatchObject([{ severity: "crit" }]);
    expect(findings[0]?.summary).toContain("6 new neighbours of IPv4 were refused in 10.0 s");
  });

  it("looks at IPv6 as well", () => {
    const six = (row: Row) => ({ ...arp({}), ndiscCache: statText(NEIGHBOURS, row) });
    expect(judge(six({}), six({ entries: 900 })).findings).toMatchObject([{ subject: { table: "ndisc_cache" } }]);
  });

  it("is silent about a small table, about those refused before, and unknown in namespaces without the file", () => {
    const calm = arp({ entries: 512, table_fulls: 9 });
    expect(judge(calm, calm)).toMatchObject({ findings: [], isOk: true });
    expect(judged("neighbour-table", [sampleOf(0, {}, { missing: [missing("stat/arp_cache")] })]).unknown).toEqual([
      "no-file",
    ]);
    const noLimit = judged("neighbour-table", twoOf(arp({}), arp({ entries: 2000 })));
    expect(noLimit).toMatchObject({ findings: [], unknown: ["no-limit"] });
  });
});

describe("what IP could not deliver", () => {
  const ip = (name: string, four: number, six = 0): SampleTexts => ({
    snmp: group("Ip", { [name]: four }),
    snmp6: lines({ [`Ip6${name}`]: six }),
  });

  it.each([
    ["ip-no-route", "OutNoRoutes"],
    ["ip-discards", "OutDiscards"],
    ["ip-discards", "InDiscards"],
    ["ip-reassembly", "ReasmFails"],
  ])("%s: %s of both families are added up, and one a second is silent", (id, name) => {
    expect(judged(id, twoOf(ip(name, 5), ip(name, 65, 50))).findings).toMatchObject([
      { severity: "warn", evidence: [{ name: `Ip.${name}`, delta: 60 }, { delta: 50 }] },
    ]);
    expect(judged(id, twoOf(ip(name, 5), ip(name, 20))).findings).toMatchObject([{ severity: "info" }]);
    expect(judged(id, twoOf(ip(name, 5), ip(name, 15)))).toMatchObject({ findings: [], isOk: true });
    expect(judged(id, twoOf(ip(name, 9), ip(name, 2))).unknown).toEqual(["reset"]);
  });
});

describe("errors of TLS and IPsec", () => {
  it("tells which of TLS, and knows numbers of now from those that count", () => {
    const tls = (errors: number, now: number) => ({
      tls: lines({ TlsCurrRxSw: now, TlsRxSw: now, TlsDecryptError: errors }),
    });
    const { findings } = judged("tls-errors", twoOf(tls(1, 9), tls(3, 5)));
    expect(findings).toMatchObject([{ severity: "info", evidence: [{ name: "TlsDecryptError", delta: 2 }] }]);
    expect(judged("tls-errors", twoOf(tls(3, 1), tls(3, 90)))).toMatchObject({ findings: [], isOk: true });
    expect(judged("tls-errors", [sampleOf(0, {}, { missing: [missing("tls_stat")] })]).unknown).toEqual(["no-file"]);
  });

  it("tells why IPsec dropped, and not what a policy blocks", () => {
    const xfrm = (states: number, blocked: number) => ({
      xfrm: lines({ XfrmInNoStates: states, XfrmInPolBlock: blocked }),
    });
    expect(judged("xfrm-errors", twoOf(xfrm(0, 0), xfrm(2, 9))).findings[0]?.summary).toBe(
      "IPsec counted 2 errors in 10.0 s: XfrmInNoStates 2",
    );
    expect(judged("xfrm-errors", twoOf(xfrm(2, 0), xfrm(2, 9)))).toMatchObject({ findings: [], isOk: true });
  });
});

describe("on this kernel", () => {
  const made: Namespace[] = [];
  let actor: Actor | undefined;
  beforeEach((context) => skipIf(context, noNamespaces() ?? missingTools("python3")));
  afterEach(() => {
    actor?.end();
    for (const namespace of made.splice(0)) namespace.remove();
  });
  const make = (): Namespace => {
    const namespace = new Namespace();
    made.push(namespace);
    return namespace;
  };

  /** A program that does a step when it is told to. */
  async function start(namespace: Namespace, setUp: string, step: string): Promise<Actor> {
    const program = `
import socket, struct, sys
${setUp}
print("ready", flush=True)
while sys.stdin.readline():
${step.replaceAll(/^/gm, "    ")}
    print("done", flush=True)
`;
    actor = new Actor(namespace, program);
    await actor.said();
    return actor;
  }

  /** Fires around the first step, and is silent when nothing happens. */
  async function firesOnce(id: string, scene: Actor, counter: string): Promise<void> {
    const { findings } = judged(id, await samplesAround(scene));
    expect(findings).toHaveLength(1);
    const [, , delta = 0] = evidenceOf(findings[0]!, counter);
    expect(delta).toBeGreaterThan(0);
    const quiet = [await takeSample({ pid: scene.pid }), await takeSample({ pid: scene.pid })];
    expect(judged(id, quiet)).toMatchObject({ findings: [], unknown: [], isOk: true });
  }

  const UDP_OUT = "s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)";
  const MANY = 2000;

  it("ip-no-route: an address to which nothing leads", async () => {
    const step = `for i in range(${MANY}):
    try: s.sendto(b"x", ("10.99.0.1", 9))
    except OSError: pass`;
    await firesOnce("ip-no-route", await start(make(), UDP_OUT, step), "Ip.OutNoRoutes");
  });

  it("ip-discards: a shaper whose queue is full", async (context) => {
    skipIf(context, missingTools("tc"));
    const [here, there] = [make(), make()];
    veth(here, "near", there, "far");
    here.ip("link set near up\naddr add 10.7.0.1/24 dev near\nneigh add 10.7.0.2 lladdr 02:00:00:00:00:01 dev near");
    there.ip("link set far up");
    here.run("tc", ["qdisc", "add", "dev", "near", "root", "tbf", "rate", "8kbit", "burst", "2000", "limit", "3000"]);
    const step = `for i in range(${MANY}):
    try: s.sendto(b"x" * 500, ("10.7.0.2", 9))
    except OSError: pass`;
    await firesOnce("ip-discards", await start(here, UDP_OUT, step), "Ip.OutDiscards");
  });

  const RAW_IP = `raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
def ip(source, to, flags, payload, ident=7):
    head = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(payload), ident, flags, 64, 17, 0, socket.inet_aton(source), socket.inet_aton(to))
    raw.sendto(head + payload, (to, 0))`;

  it("ip-reassembly: fragments that overlap", async () => {
    const step = `for i in range(${MANY}):
    ip("127.0.0.1", "127.0.0.1", 0x2000, b"x" * 32, i + 1)
    ip("127.0.0.1", "127.0.0.1", 0x2001, b"x" * 32, i + 1)`;
    await firesOnce("ip-reassembly", await start(make(), RAW_IP, step), "Ip.ReasmFails");
  });

  it("ip-rpfilter: a sender that is answered by another interface", async () => {
    const [here, there] = [make(), make()];
    veth(here, "near", there, "far");
    here.ip("link set near up\naddr add 10.7.0.1/24 dev near");
    there.ip("link set far up\naddr add 10.7.0.2/24 dev far");
    here.sysctl("net.ipv4.conf.all.rp_filter=1", "net.ipv4.conf.near.rp_filter=1");
    const address = here.run("cat", ["/sys/class/net/near/address"]).trim();
    const wire = `raw = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
raw.bind(("far", 0))
to = bytes.fromhex("${address.replaceAll(":", "")}")
head = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20, 7, 0, 64, 17, 0, socket.inet_aton("10.200.0.9"), socket.inet_aton("10.7.0.1"))
total = sum(struct.unpack("!10H", head))
total = (total & 0xffff) + (total >> 16)
head = head[:10] + struct.pack("!H", ~total & 0xffff) + head[12:]`;
    const sender = await start(
      there,
      wire,
      `for i in range(${MANY}): raw.send(to + b"\\x02" * 6 + b"\\x08\\x00" + head)`,
    );
    const watched = new Actor(here, "import sys\nprint('ready', flush=True)\nsys.stdin.readline()");
    await watched.said();
    try {
      const { findings } = judged("ip-rpfilter", await samplesAround(watched, () => sender.step()));
      expect(findings).toMatchObject([{ evidence: [{ name: "TcpExt.IPReversePathFilter" }] }]);
      here.sysctl("net.ipv4.conf.all.rp_filter=0", "net.ipv4.conf.near.rp_filter=0");
      const loose = await samplesAround(watched, () => sender.step());
      expect(judged("ip-rpfilter", loose)).toMatchObject({ findings: [], unknown: [], isOk: true });
    } finally {
      watched.end();
    }
  });

  it("xfrm-errors: a policy that asks for a key that nobody agreed on; one that blocks is obeyed", async (context) => {
    const namespace = make();
    const scene = await start(
      namespace,
      UDP_OUT,
      `for i in range(20):
    try: s.sendto(b"x", ("127.0.0.9", 9))
    except OSError: pass`,
    );
    const [first] = [await takeSample({ pid: scene.pid })];
    skipIf(context, first.xfrm === undefined ? "no IPsec in this kernel" : undefined);
    const policy = "xfrm policy add src 0.0.0.0/0 dst 127.0.0.9/32 dir out";
    // Packets of loopback are left out of policies unless its devices say otherwise.
    namespace.sysctl(
      "net.ipv4.conf.lo.disable_xfrm=0",
      "net.ipv4.conf.lo.disable_policy=0",
      "net.core.xfrm_larval_drop=1",
    );
    namespace.ip(`${policy} action block`);
    expect(judged("xfrm-errors", await samplesAround(scene))).toMatchObject({ findings: [], isOk: true });
    namespace.ip("xfrm policy flush");
    namespace.ip(`${policy} tmpl src 127.0.0.1 dst 127.0.0.9 proto esp mode transport`);
    await firesOnce("xfrm-errors", scene, "XfrmOutNoStates");
  });

  it("conntrack-full: what nftables lets track, against the setting of the namespace", (context) => {
    skipIf(context, missingTools("nft"));
    const namespace = make();
    const rules = `table inet t {
  chain out { type filter hook output priority 0
    ct state new accept
  }
}`;
    const script = `import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for port in range(20000, 20200): s.sendto(b"x", ("127.0.0.1", port))`;
    const step = `nft -f - <<'END'\n${rules}\nEND\npython3 -c '${script}'`;
    const only = ["conntrack-full", "conntrack-drop"];
    const low = { "conntrack-full": { info: 0.0001, warn: 1, crit: 1 } };
    const { findings, ok, unknown } = healthInside(namespace, { step, only, thresholds: low });
    skipIf(context, unknown.length > 0 ? "no connection tracking in this kernel" : undefined);
    expect(findings).toMatchObject([{ severity: "info", limit: { name: "net.netfilter.nf_conntrack_max" } }]);
    expect(findings[0]!.evidence[0]!.value).toBeGreaterThanOrEqual(200);
    expect(ok).toEqual(["conntrack-drop"]);
    expect(healthInside(namespace, { step: "true", only }).ok).toEqual(only);
  });
});
