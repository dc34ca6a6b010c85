import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Sample, takeSample } from "../../packages/procnet/src/index.ts";
import { Actor, evidenceOf, judged, samplesAround } from "../support/live/scene.ts";
import { Namespace } from "../support/namespace.ts";
import { missingTools, noNamespaces, skipIf } from "../support/tools.ts";

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

/** Starts a program, which says when it is ready. */
async function start(program: string): Promise<Actor> {
  actor = new Actor(namespace, program);
  await actor.said();
  return actor;
}

const PRELUDE = `
import os, socket, struct, sys
def turn():
    print("done", flush=True)
    if not sys.stdin.readline(): sys.exit()
def udp(family=socket.AF_INET, host="127.0.0.1", size=None):
    s = socket.socket(family, socket.SOCK_DGRAM)
    if size: s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, size)
    s.bind((host, 0))
    return s
`;

describe("udp-receive-buffer", () => {
  it("names the socket and the process, and counts as the row does", async () => {
    const scene = await start(`${PRELUDE}
lost = udp(size=2048)
fine = udp()
out = udp()
turn()
for i in range(100):
    out.sendto(b"x" * 500, lost.getsockname())
    out.sendto(b"x", fine.getsockname())
    fine.recv(10)
turn()
turn()
`);
    const samples = await samplesAround(scene);
    const { findings } = judged("udp-receive-buffer", samples);
    expect(findings).toHaveLength(1);
    const [{ severity, subject, owners, evidence, summary }] = findings as [(typeof findings)[0]];
    expect(severity).toBe("warn");
    expect(subject).toMatchObject({ kind: "socket", protocol: "udp", local: expect.stringMatching(/^127\.0\.0\.1:/) });
    expect(owners).toMatchObject([{ pid: scene.pid, sockets: 1 }]);
    const errors = samples.map(({ snmp }) => snmp!.Udp.RcvbufErrors);
    expect(evidence[0]).toMatchObject({ file: "net/udp", delta: errors[1]! - errors[0]! });
    expect(evidence[0]!.delta).toBeGreaterThan(90);
    expect(summary).toContain("because its receive buffer was full: ");

    // The row was read a moment after the counters, or a filter refused what the counters have not.
    const [before, after] = samples as [Sample, Sample];
    const { Udp } = after.snmp!;
    const summaryWith = (less: number): string | undefined => {
      const snmp = { ...after.snmp!, Udp: { ...Udp, RcvbufErrors: Udp.RcvbufErrors - less } };
      return judged("udp-receive-buffer", [before, { ...after, snmp }]).findings.find(
        ({ subject }) => subject.kind === "socket",
      )?.summary;
    };
    expect(summaryWith(5)).toContain("because its receive buffer was full: ");
    expect(summaryWith(40)).toContain("because its receive buffer was full, or a filter of its own refused them: ");
  });

  it("tells of the namespace what open sockets do not explain, and nothing where that is all", async () => {
    const scene = await start(`${PRELUDE}
open = udp(size=2048)
closed = udp(size=2048)
out = udp()
turn()
for i in range(200):
    out.sendto(b"x" * 500, open.getsockname())
    out.sendto(b"x" * 500, closed.getsockname())
closed.close()
turn()
for i in range(2000): out.sendto(b"x" * 500, open.getsockname())
turn()
turn()
`);
    const first = await takeSample({ pid: scene.pid });
    await scene.step();
    const second = await takeSample({ pid: scene.pid });
    const { findings } = judged("udp-receive-buffer", [first, { ...second, at: first.at + 10_000 }]);
    const namespace = findings.find(({ subject }) => subject.kind === "namespace")!;
    const [counted = 0] = evidenceOf(namespace, "Udp.RcvbufErrors").slice(2);
    const [, open] = evidenceOf(namespace, "drops of open sockets");
    expect(open).toBeGreaterThan(150);
    expect(namespace.summary).toMatch(`${counted - open!} datagrams were lost in 10.0 s, `);
    expect(namespace.summary).toContain("in sockets that are closed by now");

    await scene.step();
    const third = await takeSample({ pid: scene.pid });
    const later = { ...third, at: first.at + 20_000 };
    const told = (sample: typeof later) =>
      judged("udp-receive-buffer", [{ ...second, at: first.at + 10_000 }, sample]).findings.map(
        ({ subject }) => subject.kind,
      );
    expect(told(later)).toEqual(["socket"]);
    // The counters were read a moment later than the sockets: what came between is no loss of a socket that is closed.
    const { Udp } = third.snmp!;
    const apart = (more: number) => ({
      ...later,
      snmp: { ...third.snmp!, Udp: { ...Udp, RcvbufErrors: Udp.RcvbufErrors + more } },
    });
    expect(told(apart(90))).toEqual(["socket"]);
    expect(told(apart(300))).toEqual(["socket", "namespace"]);
  });

  it("is found on IPv6 too", async () => {
    const scene = await start(`${PRELUDE}
lost = udp(socket.AF_INET6, "::1", 2048)
out = udp(socket.AF_INET6, "::1")
turn()
for i in range(100): out.sendto(b"x" * 500, lost.getsockname())
turn()
turn()
`);
    const { findings } = judged("udp-receive-buffer", await samplesAround(scene));
    expect(findings).toMatchObject([{ subject: { kind: "socket", protocol: "udp6" }, owners: [{ pid: scene.pid }] }]);
  });

  it("is silent about what was lost before, and where all is read", async () => {
    const scene = await start(`${PRELUDE}
lost = udp(size=2048)
out = udp()
for i in range(100): out.sendto(b"x" * 500, lost.getsockname())
turn()
while True:
    try: lost.recv(1000, socket.MSG_DONTWAIT)
    except BlockingIOError: break
for i in range(100):
    out.sendto(b"x" * 500, lost.getsockname())
    lost.recv(1000)
turn()
turn()
`);
    const [before, after] = await samplesAround(scene);
    expect(before!.snmp!.Udp.RcvbufErrors).toBeGreaterThan(90);
    expect(before!.sockets!.datagrams).toMatchObject([{ drops: before!.snmp!.Udp.RcvbufErrors }]);
    expect(judged("udp-receive-buffer", [before!, after!])).toMatchObject({ findings: [], unknown: [], isOk: true });
  });

  it("knows a socket that lost before and was connected since", async () => {
    const scene = await start(`${PRELUDE}
lost = udp(host="0.0.0.0", size=2048)
out = udp()
for i in range(100): out.sendto(b"x" * 500, ("127.0.0.1", lost.getsockname()[1]))
turn()
lost.connect(out.getsockname())
while True:
    try: lost.recv(1000, socket.MSG_DONTWAIT)
    except BlockingIOError: break
for i in range(12): out.sendto(b"x" * 500, lost.getsockname())
turn()
turn()
`);
    const [before, after] = await samplesAround(scene);
    expect(after!.sockets!.datagrams[0]!.localAddress).not.toBe(before!.sockets!.datagrams[0]!.localAddress);
    const errors = after!.snmp!.Udp.RcvbufErrors - before!.snmp!.Udp.RcvbufErrors;
    const thresholds = { socketDrops: 1 };
    expect(judged("udp-receive-buffer", [before!, after!], { thresholds }).findings).toMatchObject([
      { evidence: [{ delta: errors }, { name: "rxQueue" }, { name: "Udp.RcvbufErrors", delta: errors }] },
    ]);
  });

  it("is silent about a socket that refuses datagrams by a filter of its own, whose drops grow as well", async () => {
    const scene = await start(`${PRELUDE}
import ctypes
picky = udp()
none = struct.pack("HBBI", 6, 0, 0, 0)
kept = ctypes.create_string_buffer(none)
SO_ATTACH_FILTER = 26
picky.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, struct.pack("HL", 1, ctypes.addressof(kept)))
out = udp()
turn()
for i in range(100): out.sendto(b"x" * 500, picky.getsockname())
turn()
turn()
`);
    const samples = await samplesAround(scene);
    expect(samples[1]!.sockets!.datagrams).toMatchObject([{ drops: 100 }]);
    expect(judged("udp-receive-buffer", samples)).toMatchObject({ findings: [], unknown: [], isOk: true });
  });

  it("tells of the namespace where nobody looked at sockets, and that it does not know whose", async () => {
    const scene = await start(`${PRELUDE}
lost = udp(size=2048)
out = udp()
turn()
for i in range(100): out.sendto(b"x" * 500, lost.getsockname())
turn()
turn()
`);
    const before = await takeSample({ pid: scene.pid, sockets: false });
    await scene.step();
    const after = await takeSample({ pid: scene.pid, sockets: false });
    const { findings, unknown } = judged("udp-receive-buffer", [before, after]);
    expect(findings).toMatchObject([{ subject: { kind: "namespace", namespace: before.namespace }, owners: [] }]);
    expect(unknown).toEqual(["not-looked"]);
    const [total] = evidenceOf(findings[0]!, "Udp.RcvbufErrors").slice(2);
    expect(total).toBeGreaterThan(90);
  });
});

describe("udp-no-port", () => {
  it("counts what comes for a port without a socket; the same rate as before is no news", async () => {
    const scene = await start(`${PRELUDE}
gone = udp()
where = gone.getsockname()
gone.close()
out = udp()
turn()
for count in (0, 200, 200):
    for i in range(count): out.sendto(b"x", where)
    turn()
turn()
`);
    // Seconds of the window are what the test says; what was counted is the kernel's.
    const at = async (seconds: number) => ({ ...(await takeSample({ pid: scene.pid })), at: seconds * 1000 });
    const first = await at(0);
    await scene.step();
    const quiet = await at(50);
    await scene.step();
    const loud = await at(60);
    await scene.step();
    const asLoud = await at(70);
    const { findings } = judged("udp-no-port", [first, quiet, loud]);
    expect(findings).toMatchObject([{ severity: "info", evidence: [{ name: "Udp.NoPorts", delta: 200 }] }]);
    const thresholds = { before: 5, recent: 5 };
    expect(judged("udp-no-port", [quiet, loud, asLoud], { thresholds })).toMatchObject({ findings: [], isOk: true });
  });
});

describe("netlink-drops", () => {
  const LISTENER = `${PRELUDE}
watch = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)
watch.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
watch.bind((0, 1 | 0x10 | 0x40))
turn()
while True: turn()
`;
  const churn = (times: number) => {
    const one = "addr add 10.5.0.1/24 dev lo\naddr del 10.5.0.1/24 dev lo\n";
    namespace.ip(one.repeat(times));
  };

  it("names the program whose buffer was overrun", async () => {
    const scene = await start(LISTENER);
    const samples = await samplesAround(scene, async () => churn(40));
    const { findings } = judged("netlink-drops", samples);
    expect(findings).toMatchObject([
      { severity: "warn", subject: { kind: "socket", protocol: "netlink" }, owners: [{ pid: scene.pid }] },
    ]);
    expect(findings[0]?.summary).toContain("had no room");
  });

  it("is silent about what was missed before", async () => {
    const scene = await start(LISTENER);
    churn(40);
    const samples = await samplesAround(scene);
    expect(samples[0]!.sockets!.netlink).toMatchObject([{ drops: expect.any(Number) }]);
    expect(judged("netlink-drops", samples)).toMatchObject({ findings: [], unknown: [], isOk: true });
  });
});

describe("raw-packet-drops", () => {
  const RAW = `${PRELUDE}
raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_UDP)
raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
here = udp()
out = udp()
def send():
    for i in range(50):
        out.sendto(b"x" * 500, here.getsockname())
        here.recv(1000)
`;

  it("names the program that does not read", async () => {
    const scene = await start(`${RAW}
turn()
send()
turn()
turn()
`);
    const { findings } = judged("raw-packet-drops", await samplesAround(scene));
    expect(findings).toMatchObject([
      { severity: "info", subject: { kind: "socket", protocol: "raw" }, owners: [{ pid: scene.pid }] },
    ]);
    expect(findings[0]!.evidence[0]!.delta).toBeGreaterThan(40);
  });

  it("is silent where the losses are old", async () => {
    const scene = await start(`${RAW}
send()
turn()
turn()
turn()
`);
    expect(judged("raw-packet-drops", await samplesAround(scene))).toMatchObject({ findings: [], isOk: true });
  });
});
