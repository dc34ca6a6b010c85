import { expect, it } from "vitest";
import { HealthMonitor } from "../../packages/procnet/src/live/health/monitor.ts";
import { localPortUse } from "../../packages/procnet/src/live/health/port-use.ts";
import type { LimitName, Limits } from "../../packages/procnet/src/live/limit-names.ts";
import { limits as limitsFrom } from "../../packages/procnet/src/live/limits.ts";
import type { Sample } from "../../packages/procnet/src/live/sample.ts";
import { takeSample } from "../../packages/procnet/src/live/take-sample.ts";
import { judge, useLabs, words } from "../support/live/judge.ts";
import { veth } from "../support/namespace.ts";
import { until } from "../support/time.ts";

const lab = useLabs();

const tcpExt = (name: string, { netstat }: Sample): number => Number(netstat?.TcpExt[name] ?? 0);
const counted = (state: string, { sockets }: Sample): number => sockets!.counts.get(`tcp ${state}`) ?? 0;
const rowsOf = (state: string, { sockets }: Sample) => sockets!.notable.filter((row) => row.state === state);
const withLimit = (limits: Limits, name: LimitName, value: number): Limits => ({
  ...limits,
  [name]: { ...limits[name], values: [value], unknown: undefined },
});

it("a link that loses packets: much is sent again", async () => {
  const own = lab();
  own.namespace.ip("link set lo mtu 1500");
  own.namespace.run("tc", "qdisc add dev lo root tbf rate 40mbit burst 8kb limit 12kb".split(" "));
  const scene = await own.play("transfer", 4);
  const before = await own.sample();
  await scene.next();
  const after = await own.sample();
  const { findings, unknown } = judge("tcp-retransmissions", [before, after]);
  expect(unknown).toEqual([]);
  expect(findings).toMatchObject([{ subject: { kind: "namespace", namespace: before.namespace } }]);
  const [again, sent] = findings[0]!.evidence;
  expect([again!.name, sent!.name]).toEqual(["Tcp.RetransSegs", "Tcp.OutSegs"]);
  expect(sent!.delta).toBeGreaterThan(1000);
  expect(again!.delta! / (again!.delta! + sent!.delta!)).toBeGreaterThan(0.01);
});

it("twin: the same over a link that loses none, and repeats among too little", async () => {
  const own = lab();
  own.namespace.ip("link set lo mtu 1500");
  const scene = await own.play("transfer", 4);
  const clients = await own.play("unanswered", 3, 0);
  const before = await own.sample();
  await scene.next();
  const after = await own.sample();
  expect(words("tcp-retransmissions", [before, after])).toEqual(["ok"]);
  expect(words("tcp-spurious", [before, after])).toEqual(["ok"]);
  await clients.next();
  const repeated = await own.when(
    (now) => Number(now.snmp?.Tcp.RetransSegs) > Number(after.snmp?.Tcp.RetransSegs),
    "repeats",
  );
  expect(words("tcp-retransmissions", [after, repeated])).toEqual(["too-little"]);
  expect(words("tcp-retransmissions", [repeated])).toEqual(["first-sample"]);
  expect(words("tcp-retransmissions", [repeated, { ...before, at: repeated.at + 1 }])).toEqual(["reset"]);
});

it("acknowledgements that come late: what was sent again had arrived", async () => {
  const own = lab();
  const far = lab();
  veth(own.namespace, "v0", far.namespace, "v1");
  own.namespace.ip("address add 10.7.0.1/24 dev v0\nlink set v0 up");
  far.namespace.ip("address add 10.7.0.2/24 dev v1\nlink set v1 up");
  await far.play("far_reader");
  const writer = await own.play("far_writer", 30);
  const before = await own.sample();
  // Half a second for each acknowledgement, which carry no data and are small.
  far.namespace.run("tc", "qdisc add dev v1 root tbf rate 1kbit burst 100 limit 100000".split(" "));
  await writer.next();
  const retransmitted = (now: Sample): number =>
    Number(now.snmp!.Tcp.RetransSegs) - Number(before.snmp!.Tcp.RetransSegs);
  const repeated = await own.when((now) => retransmitted(now) >= 20, "repeats");
  expect(words("tcp-spurious", [before, repeated])).toEqual(["ok"]);
  far.namespace.run("tc", "qdisc change dev v1 root tbf rate 10mbit burst 2000 limit 100000".split(" "));
  const known = await own.when((now) => judge("tcp-spurious", [before, now]).findings.length > 0, "needless repeats");
  const { findings } = judge("tcp-spurious", [before, known]);
  expect(findings).toMatchObject([{ severity: "info", subject: { kind: "namespace" } }]);
  expect(findings[0]!.evidence.map(({ name }) => name)).toEqual([
    "TcpExt.TCPSpuriousRTOs",
    "TcpExt.TCPDSACKRecv",
    "Tcp.RetransSegs",
  ]);
  // What is needless weighs less.
  const marks = { segments: 1, info: 0.01, warn: 0.02, crit: 0.03 };
  expect(words("tcp-retransmissions", [before, repeated], undefined, marks)).toEqual(["crit"]);
  expect(words("tcp-retransmissions", [before, known], undefined, marks)).toEqual(["warn"]);
});

it("a connection that is given up, and its twin that still tries", async () => {
  const own = lab();
  const patient = await own.play("unanswered", 2, 0);
  const before = await own.sample();
  await patient.next();
  const trying = await own.when((now) => tcpExt("TCPTimeouts", now) > tcpExt("TCPTimeouts", before), "timeouts");
  expect(words("tcp-timeouts", [before, trying])).toEqual(["ok"]);
  patient.end();
  const other = lab();
  const hasty = await other.play("unanswered", 2, 500);
  const start = await other.sample();
  await hasty.next();
  const given = await other.when((now) => tcpExt("TCPAbortOnTimeout", now) >= 2, "connections that are given up");
  expect(judge("tcp-timeouts", [start, given]).findings).toMatchObject([
    { severity: "warn", evidence: [{ name: "TcpExt.TCPAbortOnTimeout", before: 0, value: 2, delta: 2 }, {}] },
  ]);
});

it("nobody answers at one destination; its twin are a few, and those that are refused", async () => {
  const own = lab();
  const few = await own.play("unanswered", 4, 0);
  const refusals = await own.play("refused", 50);
  const before = await own.sample();
  await few.next();
  await refusals.next();
  const some = await own.when(
    (now) => rowsOf("SYN_SENT", now).filter((row) => row.retransmits >= 2).length === 4,
    "repeats",
  );
  // Each tries for a minute: how often all of them have by now is not asked.
  expect(words("tcp-connect-unanswered", [before, some], undefined, { repeats: 1000 })).toEqual(["ok"]);

  const other = lab();
  const scene = await other.play("unanswered", 12, 0);
  const start = await other.sample();
  await scene.next();
  // Fewer than are asked for by destination: what is left is the share of repeats.
  const once = await other.when((now) => tcpExt("TCPSynRetrans", now) >= 12, "repeats");
  expect(judge("tcp-connect-unanswered", [start, once], undefined, { sockets: 13 }).findings).toMatchObject([
    { severity: "warn", subject: { kind: "namespace" }, owners: [{ pid: scene.pid, sockets: 12 }] },
  ]);
  const twice = await other.when(
    (now) => rowsOf("SYN_SENT", now).filter((row) => row.retransmits >= 2).length === 12,
    "two",
  );
  expect(judge("tcp-connect-unanswered", [start, once, twice]).findings).toMatchObject([
    {
      severity: "warn",
      subject: { kind: "destination", address: "10.9.9.9", port: 80 },
      owners: [{ pid: scene.pid, sockets: 12 }],
      evidence: [{ value: 12 }],
    },
  ]);
});

it("refusals all at once are told from those that were always there", async () => {
  const own = lab();
  const marks = { seconds: 0.2, uptime: 0, floor: 1, times: 10 };
  const scene = await own.play("refused", 20);
  const samples = [await own.sample()];
  const last = (): number => samples.at(-1)!.at - samples[0]!.at;
  // Quiet for as long as is asked, then a storm.
  await until(async () => samples.push(await own.sample()) > 2 && last() > 300, "a quiet time");
  expect(words("tcp-attempt-fails", samples, undefined, marks)).toEqual(["ok"]);
  await until(async () => {
    await scene.next();
    samples.push(await own.sample());
    return judge("tcp-attempt-fails", samples, undefined, marks).findings.length > 0;
  }, "the finding");
  const { findings } = judge("tcp-attempt-fails", samples, undefined, marks);
  expect(findings).toMatchObject([{ severity: "warn", subject: { kind: "namespace" } }]);
  expect(findings[0]!.summary).toMatch(/^(AttemptFails|OutRsts) rose by /);
  // The same marks with the storm alone: it may always have been so.
  expect(words("tcp-attempt-fails", samples.slice(-2), undefined, marks)).toEqual([
    "window-too-short",
    "window-too-short",
  ]);
});

it("all ports to one destination are used", async () => {
  const own = lab("net.ipv4.ip_local_port_range='40000 40099'", "net.ipv4.ip_local_reserved_ports=40090-40099");
  const scene = await own.play("ports", 1, 120);
  await scene.next();
  const full = await own.when((now) => (now.sockets?.destinations[0]?.localPorts.length ?? 0) >= 90, "ports");
  const limits = await own.limits();
  const ephemeral = judge("tcp-ephemeral-ports", [full], limits).findings;
  expect(ephemeral).toMatchObject([
    {
      severity: "crit",
      subject: { kind: "destination", address: "127.0.0.1", port: 8084, from: "127.0.0.1" },
      limit: { name: "net.ipv4.ip_local_port_range", value: 90 },
      owners: [{ pid: scene.pid }],
    },
  ]);
  expect(ephemeral[0]!.summary).toContain("90 of 90 local ports");
  expect(judge("tcp-bind-ports", [full], limits).findings).toMatchObject([{ severity: "crit", limit: { value: 90 } }]);
  const seen = await takeSample({ pid: scene.pid });
  for (const id of ["tcp-ephemeral-ports", "tcp-bind-ports"])
    expect(words(id, [seen], limitsFrom({ pid: scene.pid }))).toEqual(["no-limit"]);
  expect(localPortUse(full, limits)).toMatchObject([
    { destination: { remoteAddress: "127.0.0.1", remotePort: 8084 }, used: 90, usable: 90 },
  ]);
  expect(localPortUse(seen, limitsFrom({ pid: scene.pid }))).toBeUndefined();
});

it("twin: as many ports to other destinations each are no shortage of any", async () => {
  const own = lab("net.ipv4.ip_local_port_range='40000 40199'");
  const scene = await own.play("ports", 4, 30);
  await scene.next();
  const sample = await own.when((now) => counted("ESTABLISHED", now) >= 240, "connections");
  const limits = await own.limits();
  expect(words("tcp-ephemeral-ports", [sample], limits)).toEqual(["ok"]);
  expect(words("tcp-bind-ports", [sample], limits)).toEqual(["ok"]);
});

it("more connections end than may be remembered; its twin has room", async () => {
  const own = lab("net.ipv4.tcp_max_tw_buckets=5");
  const scene = await own.play("short_connections", 20);
  const before = await own.sample();
  await scene.next();
  const after = await own.sample();
  const limits = await own.limits();
  expect(judge("tcp-time-wait", [before, after], limits).findings).toMatchObject([
    { severity: "warn", limit: { name: "net.ipv4.tcp_max_tw_buckets", value: 5 } },
  ]);
  expect(words("tcp-time-wait", [after, await own.sample()], limits)).toEqual(["info"]);

  const other = lab();
  const same = await other.play("short_connections", 20);
  const start = await other.sample();
  await same.next();
  const end = await other.sample();
  expect(words("tcp-time-wait", [start, end], await other.limits())).toEqual(["ok"]);
  expect(words("tcp-time-wait", [start, end])).toEqual(["no-limit"]);
});

it("a program that closes nothing: how long, how many more, and what it has read", async () => {
  const own = lab();
  const scene = await own.play("left_open", 12);
  const samples = [await own.when((now) => counted("CLOSE_WAIT", now) === 12, "connections that the peer closed")];
  for (let i = 2; i <= 5; i++) {
    await scene.next();
    samples.push(await own.when((now) => counted("CLOSE_WAIT", now) === 12 * i, "more of them"));
  }
  const even = samples.map((sample, i) => ({ ...sample, at: samples[0]!.at + i * 20_000 }));
  const { findings } = judge("tcp-close-wait-leak", even);
  expect(findings).toMatchObject([
    {
      severity: "warn",
      subject: { kind: "process", pid: scene.pid },
      owners: [{ pid: scene.pid, sockets: 24 }],
      evidence: [{ value: 60, before: 12 }, { value: 12 }, { value: 12 }, { value: 0 }],
    },
  ]);
  // Held against the descriptors it may have; not growing; and for as long as it was really seen.
  expect(words("tcp-close-wait-leak", even, undefined, { warnShare: 0, critShare: 0 })).toEqual(["crit"]);
  expect(words("tcp-close-wait-leak", [even[3]!, even[4]!, { ...samples[4]!, at: even[4]!.at + 60_000 }])).toEqual([
    "info",
  ]);
  const fast = samples.map((sample, i) => ({ ...sample, at: samples[0]!.at + i * 1000 }));
  expect(words("tcp-close-wait-leak", fast)).toEqual(["info"]);
  expect(words("tcp-close-wait-leak", samples.slice(0, 1))).toEqual(["window-too-short"]);
});

it("twin: who closes after its peers leaves nothing", async () => {
  const own = lab();
  const scene = await own.play("short_connections", 20);
  const before = await own.sample();
  await scene.next();
  const after = { ...(await own.sample()), at: before.at + 61_000 };
  expect(words("tcp-close-wait-leak", [before, after])).toEqual(["ok"]);
});

it("clients that leave before they are accepted", async () => {
  const own = lab();
  const scene = await own.play("unaccepted", 50, 12);
  await scene.next();
  const waiting = await own.when((now) => now.sockets!.listeners.some(({ rxQueue }) => rxQueue === 12), "clients");
  expect(words("tcp-not-accepted-closed", [waiting])).toEqual(["ok"]);
  await scene.next();
  const left = await own.when((now) => counted("CLOSE_WAIT", now) === 12, "clients that left");
  expect(judge("tcp-not-accepted-closed", [left]).findings).toMatchObject([
    {
      severity: "warn",
      subject: { kind: "listener", port: 8081 },
      owners: [{ pid: scene.pid }],
      evidence: [{ value: 12 }],
    },
  ]);
});

it("a peer that does not read, and the program that is the peer", async () => {
  const own = lab();
  const scene = await own.play("not_reading", 10);
  const probing = (now: Sample): number => now.sockets!.notable.filter(({ timer }) => timer === 4).length;
  const samples = [
    await own.when((now) => probing(now) === 10, "closed windows"),
    await own.sample(),
    await own.sample(),
  ];
  const held = samples.map((sample, i) => ({ ...sample, at: samples[0]!.at + i * 20_000 }));
  expect(judge("tcp-peer-not-reading", held).findings).toMatchObject([
    { severity: "warn", subject: { kind: "process", pid: scene.pid }, evidence: [{ value: 10 }, { unit: "bytes" }] },
  ]);
  expect(words("tcp-peer-not-reading", samples)).toEqual(["info"]);
  // It is raised after half a minute, and has been so for as long by then: since the first look, not since it was raised.
  const monitor = new HealthMonitor({
    only: ["tcp-peer-not-reading"],
    thresholds: { "tcp-peer-not-reading": { warn: 11 } },
  });
  const begin = samples[0]!.takenAt.getTime();
  const seen = [0, 10, 25, 32, 40, 80].map((seconds, i) => ({
    ...samples[i % samples.length]!,
    at: samples[0]!.at + seconds * 1000,
    takenAt: new Date(begin + seconds * 1000),
  }));
  const watched = seen.map((sample) => monitor.add(sample).findings[0]);
  const since = samples[0]!.takenAt.toISOString();
  expect(watched.map((one) => one?.since)).toEqual([undefined, undefined, undefined, since, since, since]);
  expect(watched[3]!.summary).toContain("have not read for at least 32.0 s");
  expect(words("tcp-peer-not-reading", samples, undefined, { warn: 11 })).toEqual(["window-too-short"]);
  // The window is told to be closed when the first probe is answered.
  const shut = await own.when((now) => tcpExt("TCPToZeroWindowAdv", now) >= 10, "windows told to be closed");
  const told = samples.map((sample) => ({ ...sample, netstat: shut.netstat }));
  expect(judge("tcp-owner-not-reading", told).findings).toMatchObject([
    { severity: "info", subject: { kind: "process", pid: scene.pid }, owners: [{ pid: scene.pid, sockets: 10 }] },
  ]);
  const opened = { ...shut.netstat!, TcpExt: { ...shut.netstat!.TcpExt, TCPToZeroWindowAdv: 0 } };
  expect(words("tcp-owner-not-reading", [{ ...samples[0]!, netstat: opened }, ...told.slice(1)])).toEqual(["warn"]);
  expect(words("tcp-owner-not-reading", told.slice(0, 2))).toEqual(["window-too-short"]);

  await scene.next();
  const read = await own.when((now) => probing(now) === 0, "windows that are open again");
  const later = { ...read, at: held[2]!.at + 40_000 };
  expect(words("tcp-peer-not-reading", [...held, later])).toEqual(["ok"]);
});

it("twin: a program that reads late, and always reads", async () => {
  const own = lab();
  const scene = await own.play("unread", 3);
  const samples = [await own.sample()];
  for (let i = 0; i < 3; i++) {
    await scene.next();
    samples.push(
      await own.when(
        (now) => now.sockets!.notable.filter(({ rxQueue }) => rxQueue === 900 - 100 * i).length === 3,
        "data",
      ),
    );
  }
  expect(words("tcp-owner-not-reading", samples)).toEqual(["ok"]);
  expect(words("tcp-peer-not-reading", samples)).toEqual(["ok"]);
});

it("a path that breaks: connections repeat and get no answer; its twin are a few", async () => {
  const own = lab();
  const scene = await own.play("cut_off", 6);
  const before = await own.sample();
  await scene.next();
  const repeating = (now: Sample): number => now.sockets!.notable.filter((row) => row.retransmits >= 3).length;
  const broken = await own.when((now) => repeating(now) >= 6, "repeats");
  expect(judge("tcp-stalled", [before, broken]).findings).toMatchObject([
    {
      severity: "warn",
      subject: { kind: "destination", address: "10.8.0.1" },
      owners: [{ pid: scene.pid, sockets: 6 }],
    },
  ]);
  expect(words("tcp-stalled", [before])).toEqual(["ok"]);
  expect(words("tcp-stalled", [broken], undefined, { warn: 7 })).toEqual(["ok"]);
});

it("connections that nobody holds any more, against the limit of the machine", async () => {
  const own = lab();
  const scene = await own.play("orphans", 3);
  await scene.next();
  const left = await own.when((now) => rowsOf("FIN_WAIT1", now).length === 3, "orphans");
  const limits = await own.limits();
  expect(words("tcp-orphans", [left], limits)).toEqual(["no-limit"]);
  const { findings } = judge("tcp-orphans", [left], withLimit(limits, "net.ipv4.tcp_max_orphans", 4));
  expect(findings).toMatchObject([
    { severity: "crit", subject: { kind: "machine" }, namespace: undefined, limit: { scope: "machine", value: 4 } },
  ]);
  expect(findings[0]!.evidence[1]!.value).toBe(3);
  expect(words("tcp-orphans", [left], withLimit(limits, "net.ipv4.tcp_max_orphans", 131_072))).toEqual(["ok"]);
});
