import { expect, it } from "vitest";
import { limits } from "../../packages/procnet/src/live/limits.ts";
import type { Sample } from "../../packages/procnet/src/live/sample.ts";
import { takeSample } from "../../packages/procnet/src/live/take-sample.ts";
import { judge, useLabs, words } from "../support/live/judge.ts";

const lab = useLabs();

const tcpExt = (name: string, { netstat }: Sample): number => Number(netstat?.TcpExt[name] ?? 0);
const waiting = ({ sockets }: Sample): number => Math.max(0, ...sockets!.listeners.map(({ rxQueue }) => rxQueue));
const halfOpen = ({ sockets }: Sample): number => sockets!.counts.get("tcp SYN_RECV") ?? 0;

it("a listener that does not accept overflows: the finding names it, its owner and its backlog", async () => {
  const { play, sample, limits, when } = bound(lab());
  const scene = await play("unaccepted", 3, 200);
  const before = await sample();
  await scene.next();
  const first = await when((now) => tcpExt("ListenOverflows", now) - tcpExt("ListenOverflows", before) >= 196, "drops");
  const second = await when((now) => tcpExt("ListenOverflows", now) > tcpExt("ListenOverflows", first), "repeats");
  const samples = [before, first, second];
  const { findings } = judge("tcp-accept-queue-overflow", samples, await limits());
  expect(findings).toMatchObject([
    {
      severity: "crit",
      subject: { kind: "listener", protocol: "tcp", address: "127.0.0.1", port: 8081 },
      limit: { name: "backlog", value: 3, scope: "listener" },
      owners: [{ pid: scene.pid, sockets: 1 }],
      namespace: before.namespace,
    },
  ]);
  const [{ evidence, summary }] = findings as [(typeof findings)[0]];
  expect(evidence[0]).toMatchObject({ name: "TcpExt.ListenOverflows", file: "net/netstat" });
  expect(evidence[0]!.value - evidence[0]!.before!).toBe(evidence[0]!.delta);
  expect(summary).toContain("likely that of 127.0.0.1:8081, where 4 waited");

  // Each drop for a full queue counts as a drop in general too: nothing is reported twice.
  expect(words("tcp-listen-drops-other", samples)).toEqual(["ok"]);

  const long = [...samples, await sample(), await sample(), await sample()];
  expect(judge("tcp-accept-queue-long", long, await limits()).findings).toMatchObject([
    {
      severity: "crit",
      subject: { port: 8081 },
      owners: [{ pid: scene.pid }],
      evidence: [{ value: 4 }],
      limit: { value: 3 },
    },
  ]);
  // Two looks are not five, whether others are dropped meanwhile or not.
  const [short = ""] = words("tcp-accept-queue-long", long.slice(3, 5), await limits());
  expect(["info", "window-too-short"]).toContain(short);

  await scene.next();
  const left = await sample();
  expect(words("tcp-not-accepted-closed", [left])).toEqual(["ok"]);
  expect(judge("tcp-not-accepted-closed", [left], undefined, { warn: 4 }).findings).toMatchObject([
    {
      severity: "warn",
      subject: { kind: "listener", port: 8081 },
      owners: [{ pid: scene.pid }],
      evidence: [{ value: 4 }],
    },
  ]);
});

it("a queue that is long and has room is worth knowing; one that fills the setting is critical", async () => {
  const { play, sample, limits, when } = bound(lab("net.core.somaxconn=20"));
  const scene = await play("unaccepted", 100, 12);
  const before = await sample();
  await scene.next();
  await when((now) => waiting(now) === 12, "connections that wait");
  const samples = [before, await sample(), await sample(), await sample(), await sample(), await sample()];
  const own = await limits();
  const { findings } = judge("tcp-accept-queue-long", samples, own);
  expect(findings).toMatchObject([
    { severity: "info", limit: { name: "net.core.somaxconn", value: 20, file: "/proc/sys/net/core/somaxconn" } },
  ]);
  expect(words("tcp-accept-queue-long", samples, own, { warn: 0.6, crit: 1 })).toEqual(["warn"]);
  expect(words("tcp-accept-queue-long", samples, own, { warn: 0.3, crit: 0.6 })).toEqual(["crit"]);
  // It has not become shorter for as long as is asked.
  expect(words("tcp-accept-queue-long", samples, own, { seconds: 0 })).toEqual(["warn"]);
  expect(words("tcp-accept-queue-overflow", samples, own)).toEqual(["ok"]);

  // The setting of another namespace is not known, and nobody takes the reader's own for it.
  const foreign = limitsFrom(scene.pid);
  expect(foreign["net.core.somaxconn"]).toMatchObject({ values: undefined, unknown: "other-namespace" });
  expect(words("tcp-accept-queue-long", samples, foreign)).toEqual(["info", "no-limit"]);
  const seen = await takeSample({ pid: scene.pid });
  expect(waiting(seen)).toBe(12);
});

it("twin: who accepts all of a burst is in order", async () => {
  const { play, sample, limits } = bound(lab());
  const scene = await play("accepted", 100);
  const samples = [await sample()];
  await scene.next();
  for (let i = 0; i < 5; i++) samples.push(await sample());
  const own = await limits();
  for (const id of [
    "tcp-accept-queue-overflow",
    "tcp-listen-drops-other",
    "tcp-accept-queue-long",
    "tcp-not-accepted-closed",
  ])
    expect(words(id, samples, own), id).toEqual(["ok"]);
});

it("strangers that never finish a handshake fill its queue: drops without cookies", async () => {
  const settings = ["net.ipv4.tcp_syncookies=0", "net.ipv4.tcp_max_syn_backlog=64"];
  const { play, sample, limits, when } = bound(lab(...settings));
  const scene = await play("half_open", 45, 400);
  const before = await sample();
  await scene.next();
  const after = await when((now) => halfOpen(now) > 40, "half-open connections");
  const own = await limits();
  expect(judge("tcp-syn-recv-many", [after], own).findings).toMatchObject([
    {
      severity: "crit",
      subject: { kind: "listener", port: 8081 },
      owners: [{ pid: scene.pid }],
      limit: { name: "net.ipv4.tcp_max_syn_backlog", value: 64 },
    },
  ]);
  expect(words("tcp-syn-recv-many", [after], limitsFrom(scene.pid))).toEqual(["no-limit"]);
  expect(judge("tcp-listen-drops-other", [before, after], own).findings).toMatchObject([
    { severity: "warn", subject: { kind: "namespace" } },
  ]);
  const full = judge("tcp-syn-queue-full", [before, after], own, { seconds: 0 }).findings;
  expect(full).toMatchObject([
    { severity: "crit", subject: { kind: "listener", port: 8081 }, owners: [{ pid: scene.pid }] },
  ]);
  expect(full[0]!.evidence.map(({ name }) => name)).toContain("TcpExt.TCPReqQFullDrop");
  // It has not lasted for ten seconds.
  expect(words("tcp-syn-queue-full", [before, after], own, { seconds: 3600 })).toEqual(["info"]);
  expect(words("tcp-syn-cookies-bad", [before, after], own)).toEqual(["ok"]);
});

it("strangers are answered by cookies, and packets that match none are told", async () => {
  const { play, sample, limits } = bound(lab("net.ipv4.tcp_syncookies=1"));
  const scene = await play("half_open", 16, 400);
  const before = await sample();
  await scene.next();
  const flooded = await sample();
  const own = await limits();
  expect(words("tcp-syn-queue-full", [before, flooded], own, { seconds: 0 })).toEqual(["crit"]);
  expect(words("tcp-syn-cookies-bad", [before, flooded], own)).toEqual(["ok"]);
  await scene.next();
  const answered = await sample();
  const { findings } = judge("tcp-syn-cookies-bad", [flooded, answered], own);
  expect(findings).toMatchObject([{ severity: "info", owners: [] }]);
  expect(findings[0]!.evidence[0]).toMatchObject({ name: "TcpExt.SyncookiesFailed", delta: 400 });
});

it("twin: a few half-open connections are in order", async () => {
  const { play, sample, limits, when } = bound(lab("net.ipv4.tcp_syncookies=0", "net.ipv4.tcp_max_syn_backlog=64"));
  const scene = await play("half_open", 200, 8);
  const before = await sample();
  await scene.next();
  const after = await when((now) => halfOpen(now) === 8, "half-open connections");
  await scene.next();
  const later = await sample();
  const own = await limits();
  for (const id of ["tcp-syn-recv-many", "tcp-syn-queue-full", "tcp-listen-drops-other", "tcp-syn-cookies-bad"])
    expect(words(id, [before, after, later], own), id).toEqual(["ok"]);
});

it("connections that wait for a unix socket are told by their rows", async () => {
  const { play, sample, limits } = bound(lab("net.core.somaxconn=4"));
  const scene = await play("unix", 3, 5, 0);
  const samples = [await sample()];
  await scene.next();
  for (let i = 0; i < 5; i++) samples.push(await sample());
  const own = await limits();
  expect(judge("unix-accept-queue", samples, own).findings).toMatchObject([
    {
      severity: "crit",
      subject: { kind: "unix-listener", path: "@procnet-queue" },
      owners: [{ pid: scene.pid }],
      evidence: [{ value: 4, before: 4, file: "net/unix" }],
      limit: { name: "net.core.somaxconn", value: 4 },
    },
  ]);
  expect(words("unix-accept-queue", samples, limitsFrom(scene.pid))).toEqual(["info", "no-limit"]);
  expect(words("unix-accept-queue", samples.slice(-2), own, { warn: 2, crit: 2 })).toEqual(["window-too-short"]);
});

it("twin: a unix socket that accepts is in order", async () => {
  const { play, sample, limits } = bound(lab("net.core.somaxconn=4"));
  const scene = await play("unix", 3, 5, 1);
  await scene.next();
  const samples: Sample[] = [];
  for (let i = 0; i < 6; i++) samples.push(await sample());
  expect(words("unix-accept-queue", samples, await limits())).toEqual(["ok"]);
});

it("a process that is about to run out of descriptors is told, with its limit", async () => {
  const { play, sample } = bound(lab());
  const scene = await play("descriptors", 64, 63);
  const full = await sample();
  const { findings } = judge("process-fd-limit", [full]);
  expect(findings.filter(({ owners }) => owners[0]?.pid === scene.pid)).toMatchObject([
    { severity: "crit", subject: { kind: "process", pid: scene.pid }, limit: { value: 64, scope: "process" } },
  ]);
});

it("twin: one that uses half of them is in order", async () => {
  const { play, sample } = bound(lab());
  await play("descriptors", 64, 32);
  expect(words("process-fd-limit", [await sample()])).toEqual(["ok"]);
});

function limitsFrom(pid: number) {
  return limits({ pid });
}

function bound(of: ReturnType<typeof lab>) {
  return {
    play: of.play.bind(of),
    sample: of.sample.bind(of),
    limits: of.limits.bind(of),
    when: of.when.bind(of),
  };
}
