import { describe, expect, it } from "vitest";
import { evaluateHealth } from "../../packages/procnet/src/live/health/evaluate.ts";
import { HealthMonitor } from "../../packages/procnet/src/live/health/monitor.ts";
import type { Sample } from "../../packages/procnet/src/live/sample.ts";
import { judge, words } from "../support/live/judge.ts";
import { group, limitsOf, ownerOf, type SampleRest, sampleOf, sockstatText } from "../support/live/sample.ts";
import { looked, type Row, times } from "../support/live/tcp-rows.ts";

const WEB = ownerOf(812, "web");
const DAY = 86_400;

type Counts = Readonly<Record<string, number>>;

/** A sample so many seconds after a day. */
function at(seconds: number, tcp: Counts, tcpExt: Counts, rest: SampleRest = {}): Sample {
  return sampleOf((DAY + seconds) * 1000, { snmp: group("Tcp", tcp), netstat: group("TcpExt", tcpExt) }, rest);
}

/** Looks at rows, one after the other. */
function looks(gap: number, ...all: readonly (readonly Row[])[]): Sample[] {
  return all.map((rows, i) => at(i * gap, {}, {}, looked([WEB], ...rows)));
}

describe("tcp-retransmissions", () => {
  const again = (retrans: number, out: number, needless = 0) => [
    at(0, { RetransSegs: 0, OutSegs: 0 }, { TCPSpuriousRTOs: 0, TCPDSACKRecv: 0 }),
    at(10, { RetransSegs: retrans, OutSegs: out }, { TCPSpuriousRTOs: 0, TCPDSACKRecv: needless }),
  ];
  const said = (...counts: Parameters<typeof again>) => words("tcp-retransmissions", again(...counts));

  it("is a share of all that was sent", () => {
    expect([
      said(9, 991),
      said(10, 990 + 10),
      said(100, 9900),
      said(299, 9701),
      said(300, 9700),
      said(1000, 9000),
    ]).toEqual([["too-little"], ["ok"], ["info"], ["info"], ["warn"], ["crit"]]);
  });

  it("tells nothing of little, and is in order when nothing was sent again", () => {
    expect([said(500, 999), said(0, 0)]).toEqual([["too-little"], ["ok"]]);
  });

  it("weighs less when more than half was needless", () => {
    expect([said(1000, 9000, 500), said(1000, 9000, 501), said(300, 9700, 300), said(100, 9900, 100)]).toEqual([
      ["crit"],
      ["warn"],
      ["info"],
      ["info"],
    ]);
    const spurious = (needless: number) => words("tcp-spurious", again(1000, 9000, needless));
    expect([spurious(0), spurious(500), spurious(501)]).toEqual([["ok"], ["ok"], ["info"]]);
    expect(words("tcp-spurious", again(9, 9000, 9))).toEqual(["too-little"]);
  });

  it("names the peer with the most connections that repeat", () => {
    const [before, after] = again(1000, 9000) as [Sample, Sample];
    const peers = looked(
      [WEB],
      ...times(3, (i) => ({
        local: "10.0.0.1:5000",
        remote: "10.0.0.2:80",
        state: "01",
        retransmits: 1,
        inode: 10 + i,
      })),
      { local: "10.0.0.1:5000", remote: "10.0.0.3:80", state: "01", retransmits: 9, inode: 20 },
    );
    const [finding] = judge("tcp-retransmissions", [before, { ...after, ...peers }]).findings;
    expect(finding!.summary).toContain("now 3 connections with 10.0.0.2 repeat");
    expect(finding!.owners).toMatchObject([{ pid: 812, sockets: 4 }]);
  });
});

describe("tcp-timeouts", () => {
  it("is raised by what was given up, not by time-outs", () => {
    const said = (timers: number, given: number) =>
      words("tcp-timeouts", [
        at(0, {}, { TCPTimeouts: 0, TCPAbortOnTimeout: 0 }),
        at(60, {}, { TCPTimeouts: timers, TCPAbortOnTimeout: given }),
      ]);
    expect([said(500, 0), said(500, 1)]).toEqual([["ok"], ["warn"]]);
  });
});

describe("tcp-connect-unanswered", () => {
  const repeats = (count: number, opens: number, rest?: SampleRest) => [
    at(0, { ActiveOpens: 0 }, { TCPSynRetrans: 0 }, rest),
    at(10, { ActiveOpens: opens }, { TCPSynRetrans: count }, rest),
  ];
  const syn = (count: number, retransmits: number) =>
    looked(
      [WEB],
      ...times(count, (i) => ({ remote: `10.9.0.${1 + (i % 2)}:80`, state: "02", retransmits, inode: 5 + i })),
    );

  it("is told by destination from five on with two repeats", () => {
    expect(words("tcp-connect-unanswered", repeats(0, 0, syn(8, 2)))).toEqual(["ok"]);
    expect(words("tcp-connect-unanswered", repeats(0, 0, syn(10, 1)))).toEqual(["ok"]);
    expect(words("tcp-connect-unanswered", repeats(0, 0, syn(10, 2)))).toEqual(["warn", "warn"]);
  });

  it("is told by the share of repeats, where they are our own; without a look it may be those of listeners", () => {
    const said = (...of: Parameters<typeof repeats>) => words("tcp-connect-unanswered", repeats(...of));
    expect([said(11, 100, syn(1, 1)), said(10, 100, syn(1, 1)), said(9, 0, syn(1, 1))]).toEqual([
      ["warn"],
      ["ok"],
      ["ok"],
    ]);
    expect(said(500, 10, syn(0, 0))).toEqual(["ok"]);
    expect(said(500, 10)).toEqual(["info"]);
    expect(said(0, 10)).toEqual(["not-looked"]);
  });
});

describe("tcp-attempt-fails", () => {
  const fails = (uptime: number, ...counts: number[]) =>
    counts.map((count, i) => ({
      ...at(i * 10, { AttemptFails: 0, OutRsts: count, EstabResets: 0 }, {}),
      uptime: uptime + i * 10,
    }));
  const said = (...counts: number[]) => words("tcp-attempt-fails", fails(DAY, ...counts));

  it("is held against the time before, and must go on for twenty seconds", () => {
    expect(said(0, 0, 0, 0, 0, 0, 510, 1020)).toEqual(["warn"]);
    expect(said(0, 0, 0, 0, 0, 0, 0, 5000)).toEqual(["ok"]);
    expect(said(0, 100, 200, 300, 400, 500, 1100, 1700)).toEqual(["ok"]);
    expect(said(0, 100, 200, 300, 400, 500, 1600, 2700)).toEqual(["warn"]);
  });

  it("tells nothing of a short window with many, is in order with few, and waits after boot", () => {
    expect([said(0, 400), said(0, 501), said(0, 501, 1002)]).toEqual([
      ["ok"],
      ["window-too-short"],
      ["window-too-short"],
    ]);
    expect(words("tcp-attempt-fails", fails(0, 0, 0, 0, 510, 1020))).toEqual(["too-little"]);
    expect(words("tcp-attempt-fails", fails(30, 0, 0, 0, 510, 1020))).toEqual(["warn"]);
  });
});

describe("tcp-ephemeral-ports and tcp-bind-ports", () => {
  const range = (first: number, last: number, reserved: readonly number[] = [], reuse = 0) =>
    limitsOf({
      "net.ipv4.ip_local_port_range": [first, last],
      "net.ipv4.ip_local_reserved_ports": reserved,
      "net.ipv4.tcp_tw_reuse": [reuse],
    });
  const to = (count: number, state = "01", more: readonly Row[] = []) =>
    at(
      0,
      {},
      {},
      looked(
        [WEB],
        ...more,
        ...times(count, (i) => ({ local: `10.0.0.1:${40_000 + i}`, remote: "10.0.0.2:80", state, inode: i + 9 })),
      ),
    );
  const said = (sample: Sample, limits = range(40_000, 40_199)) => words("tcp-ephemeral-ports", [sample], limits);

  it("are shares of the range without what is reserved", () => {
    expect([said(to(99)), said(to(100)), said(to(160)), said(to(190))]).toEqual([["ok"], ["info"], ["warn"], ["crit"]]);
    expect(said(to(60), range(40_000, 40_199, [40_100, 40_199]))).toEqual(["info"]);
    const bind = (count: number) => words("tcp-bind-ports", [to(count)], range(40_000, 40_199));
    expect([bind(159), bind(160), bind(190)]).toEqual([["ok"], ["warn"], ["crit"]]);
    expect(words("tcp-bind-ports", [to(150)], range(40_000, 40_199, [40_190, 40_199]))).toEqual(["ok"]);
    expect(words("tcp-bind-ports", [to(152)], range(40_000, 40_199, [40_190, 40_199]))).toEqual(["warn"]);
  });

  it("are told once where one destination takes them, by whom and where to, and both where several do", () => {
    const told = (sample: Sample) => {
      const only = ["tcp-ephemeral-ports", "tcp-bind-ports"];
      const limits = range(40_000, 40_199);
      const monitor = new HealthMonitor({ only, limits });
      const [at, watched] = [evaluateHealth([sample], { only, limits }), monitor.add(sample)];
      expect(watched.findings.map(({ id }) => id)).toEqual(at.findings.map(({ id }) => id));
      return at.findings.map(({ id, severity }) => `${severity} ${id}`);
    };
    expect(told(to(195))).toEqual(["crit tcp-ephemeral-ports"]);
    expect(told(to(165))).toEqual(["warn tcp-ephemeral-ports"]);
    const others = times(60, (i) => ({
      local: `10.0.0.1:${40_130 + i}`,
      remote: `10.0.1.${i}:80`,
      state: "01",
      inode: 900 + i,
    }));
    expect(told(to(130, "01", others))).toEqual(["crit tcp-bind-ports", "info tcp-ephemeral-ports"]);
  });

  it("leave out what may be taken again in TIME_WAIT, and ports of listeners", () => {
    expect(said(to(190, "06"))).toEqual(["crit"]);
    expect(said(to(190, "06"), range(40_000, 40_199, [], 1))).toEqual(["ok"]);
    expect(said(to(190, "06"), range(40_000, 40_199, [], 2))).toEqual(["crit"]);
    const listeners = times(10, (i) => ({ local: `10.0.0.1:${40_000 + i}`, inode: 500 + i }));
    expect(said(to(100, "01", listeners))).toEqual(["ok"]);
  });

  it("know nothing of a range in which few are many, and are in order without connections", () => {
    expect(said(to(40), range(40_000, 40_049))).toEqual(["too-little"]);
    expect(said(to(0), limitsOf({}))).toEqual(["ok"]);
    expect(said(to(60), limitsOf({}))).toEqual(["no-limit"]);
  });
});

describe("tcp-time-wait and tcp-orphans", () => {
  const stat = (tw: number, orphan: number, overflows: number, seconds: number) =>
    sampleOf(seconds * 1000, {
      sockstat: sockstatText({ tw, orphan }),
      netstat: group("TcpExt", { TCPTimeWaitOverflow: overflows }),
    });
  const limits = limitsOf({ "net.ipv4.tcp_max_tw_buckets": [100], "net.ipv4.tcp_max_orphans": [100] });

  it("are shares of their limits, and none is in order whatever they are", () => {
    const waits = (tw: number, overflows = 0) =>
      words("tcp-time-wait", [stat(0, 0, 0, 0), stat(tw, 0, overflows, 9)], limits);
    expect([waits(80), waits(81), waits(10, 1)]).toEqual([["ok"], ["info"], ["warn"]]);
    const orphans = (orphan: number) => words("tcp-orphans", [stat(0, orphan, 0, 0)], limits);
    expect([orphans(25), orphans(26), orphans(51)]).toEqual([["ok"], ["warn"], ["crit"]]);
    expect(words("tcp-orphans", [stat(0, 0, 0, 0)])).toEqual(["ok"]);
    expect(words("tcp-orphans", [stat(0, 1, 0, 0)])).toEqual(["no-limit"]);
    expect(words("tcp-time-wait", [stat(0, 0, 0, 0), stat(0, 0, 0, 9)])).toEqual(["ok"]);
    expect(words("tcp-time-wait", [stat(0, 0, 0, 0), stat(1, 0, 0, 9)])).toEqual(["no-limit"]);
  });
});

describe("tcp-close-wait-leak", () => {
  const left = (count: number, rx = 0): Row[] =>
    times(count, (i) => ({ local: "10.0.0.1:80", remote: `10.0.0.2:${5000 + i}`, state: "08", rx, inode: i + 9 }));
  const said = (...counts: number[]) => words("tcp-close-wait-leak", looks(20, ...counts.map((count) => left(count))));

  it("is worth knowing when one stays for a minute, and a warning when many do and become more", () => {
    expect([said(0, 9, 9, 9), said(1, 1, 1, 1), said(12, 12, 12, 12), said(12, 13, 14, 15)]).toEqual([
      ["ok"],
      ["info"],
      ["info"],
      ["warn"],
    ]);
    expect(said(9, 13, 14, 15)).toEqual(["info"]);
  });

  it("counts the same sockets only, and those that were accepted", () => {
    const renewed = looks(20, ...times(4, (i) => left(20).map((row) => ({ ...row, inode: row.inode! + 100 * i }))));
    expect(words("tcp-close-wait-leak", renewed)).toEqual(["ok"]);
    const waiting = looks(20, ...times(4, () => left(20, 1).map((row) => ({ ...row, inode: 0 }))));
    expect(words("tcp-close-wait-leak", waiting)).toEqual(["ok"]);
    expect(words("tcp-not-accepted-closed", waiting)).toEqual(["warn"]);
    expect(
      words(
        "tcp-not-accepted-closed",
        looks(
          1,
          left(9, 1).map((row) => ({ ...row, inode: 0 })),
        ),
      ),
    ).toEqual(["ok"]);
  });

  it("is held against the descriptors that the process may have", () => {
    const process = { pid: 812, startTime: 8120, program: "web", descriptors: 20 };
    const share = (limit: number) =>
      words(
        "tcp-close-wait-leak",
        looks(20, ...times(4, () => left(12))).map((sample) => ({ ...sample, processes: [{ ...process, limit }] })),
      );
    expect([share(1024), share(120), share(24), share(Number.POSITIVE_INFINITY)]).toEqual([
      ["info"],
      ["warn"],
      ["crit"],
      ["info"],
    ]);
  });

  it("says whose they are where it knows, and that it does not where not", () => {
    const rows = left(2, 6);
    const known = judge("tcp-close-wait-leak", looks(20, rows, rows, rows, rows)).findings[0]!;
    expect(known.summary).toBe(
      "web (process 812) has left 2 connections open for at least 60.0 s after the peer closed: all with data and the end not read",
    );
    const samples = times(4, (i) => at(i * 20, {}, {}, looked([], ...rows)));
    expect(judge("tcp-close-wait-leak", samples).findings).toMatchObject([
      { subject: { kind: "namespace" }, owners: [] },
    ]);
  });
});

describe("tcp-peer-not-reading, tcp-owner-not-reading and tcp-stalled", () => {
  const rows = (count: number, more: Row): Row[] =>
    times(count, (i) => ({ local: "10.0.0.1:80", remote: `10.0.0.2:${5000 + i}`, state: "01", inode: i + 9, ...more }));
  const shut = rows(10, { tx: 5000, timer: 4 });

  it("a window that was closed for part of the time only is none", () => {
    expect(words("tcp-peer-not-reading", looks(10, shut, shut, shut, shut))).toEqual(["warn"]);
    expect(
      words("tcp-peer-not-reading", looks(10, shut.slice(1), shut.slice(1), shut.slice(1), shut.slice(1))),
    ).toEqual(["info"]);
    expect(words("tcp-peer-not-reading", looks(10, shut, rows(10, { tx: 5000 }), shut, shut))).toEqual(["ok"]);
    expect(words("tcp-peer-not-reading", looks(10, shut, shut))).toEqual(["info"]);
    expect(words("tcp-peer-not-reading", looks(10, shut.slice(1)))).toEqual(["window-too-short"]);
  });

  it("a queue that is small must stay the same, one that is large must not fall", () => {
    const said = (...queues: number[]) =>
      words("tcp-owner-not-reading", looks(5, ...queues.map((rx) => rows(1, { rx }))));
    expect([said(5, 5, 5), said(5, 6, 7), said(70_000, 70_001, 70_002), said(70_002, 70_001, 70_000)]).toEqual([
      ["info"],
      ["ok"],
      ["info"],
      ["ok"],
    ]);
    expect([said(9, 5, 5, 5), said(0, 0, 0), said(5, 5)]).toEqual([["info"], ["ok"], ["window-too-short"]]);
    const [finding] = judge("tcp-owner-not-reading", looks(5, ...[9, 5, 5, 5].map((rx) => rows(1, { rx })))).findings;
    expect(finding!.summary).toContain("for at least 10.0 s");
  });

  it("five connections with one peer and three repeats are a path that is broken", () => {
    const said = (count: number, more: Row) =>
      words("tcp-stalled", looks(1, rows(count, { tx: 9, timer: 1, ...more })));
    expect([said(4, { retransmits: 3 }), said(5, { retransmits: 2 }), said(5, { retransmits: 3 })]).toEqual([
      ["ok"],
      ["ok"],
      ["warn"],
    ]);
    expect(said(5, { retransmits: 3, state: "02" })).toEqual(["ok"]);
  });
});
