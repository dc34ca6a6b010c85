import { describe, expect, it } from "vitest";
import { digestSockets } from "../../packages/procnet/src/live/digest.ts";
import { HealthMonitor } from "../../packages/procnet/src/live/health/monitor.ts";
import type { ProcessSample, Sample } from "../../packages/procnet/src/live/sample.ts";
import type { UnixSocket } from "../../packages/procnet/src/sockets/types.ts";
import { judge, words } from "../support/live/judge.ts";
import { group, limitsOf, ownerOf, type SampleRest, sampleOf } from "../support/live/sample.ts";
import { looked, times } from "../support/live/tcp-rows.ts";

const WEB = ownerOf(812, "web");
const QUEUE = limitsOf({ "net.core.somaxconn": [100] });

/** A sample so many seconds after boot. */
function at(seconds: number, counters: Record<string, number>, rest: SampleRest = {}): Sample {
  return sampleOf(1_000_000 + seconds * 1000, { netstat: group("TcpExt", counters) }, rest);
}

const listens = (rx: number, more: number[] = []) =>
  looked(
    [WEB],
    { rx, inode: 1 },
    ...more.map((other, i) => ({ rx: other, inode: 2 + i, local: `127.0.0.1:${81 + i}` })),
  );

describe("tcp-accept-queue-overflow", () => {
  const drops = (count: number, rest?: SampleRest) => [
    at(0, { ListenOverflows: 5 }, rest),
    at(10, { ListenOverflows: 5 + count }, rest),
  ];

  it("is raised above one a second, and bad above five", () => {
    const said = (count: number) => words("tcp-accept-queue-overflow", drops(count));
    expect([10, 11, 50, 51].map(said)).toEqual([["ok"], ["warn"], ["warn"], ["crit"]]);
  });

  it("is not judged without the counter, by one sample, or when it began anew", () => {
    const [first, last] = drops(100) as [Sample, Sample];
    expect(words("tcp-accept-queue-overflow", [first])).toEqual(["first-sample"]);
    expect(words("tcp-accept-queue-overflow", [last, { ...first, at: last.at + 1 }])).toEqual(["reset"]);
    expect(words("tcp-accept-queue-overflow", [at(0, {}), at(10, {})])).toEqual(["no-file"]);
  });

  it("says that no queue was long, and nothing of queues where nobody looked", () => {
    const [short] = judge("tcp-accept-queue-overflow", drops(100, listens(0))).findings;
    expect(short).toMatchObject({ subject: { kind: "namespace" }, owners: [], limit: undefined });
    expect(short!.summary).toContain("the burst was shorter than that");
    expect(judge("tcp-accept-queue-overflow", drops(100)).findings[0]!.summary).toBe(
      "100 attempts to connect were dropped in 10.0 s because an accept queue was full",
    );
  });

  it("looks for the listener in looks around drops only, names all, and learns no backlog from several", () => {
    const samples = [
      at(0, { ListenOverflows: 0 }, listens(0, [0, 90])),
      at(1, { ListenOverflows: 0 }, listens(0, [0, 90])),
      at(2, { ListenOverflows: 0 }, listens(3, [2, 0])),
      at(3, { ListenOverflows: 90 }, listens(4, [2, 0])),
      at(4, { ListenOverflows: 99 }, listens(4, [2, 0])),
    ];
    const [finding] = judge("tcp-accept-queue-overflow", samples, QUEUE).findings;
    expect(finding!.summary).toContain("likely that of 127.0.0.1:80, where 4 waited (or of 127.0.0.1:81)");
    expect(finding!.limit).toMatchObject({ name: "net.core.somaxconn", value: 100 });
    const alone = samples.map(({ sockets, ...sample }, i) => ({ ...sample, ...listens(i < 2 ? 0 : 4) }));
    expect(judge("tcp-accept-queue-overflow", alone, QUEUE).findings[0]!.limit).toMatchObject({
      name: "backlog",
      value: 3,
      scope: "listener",
    });
  });

  it("holds on below its mark while drops go on, and is cleared after rounds without", () => {
    const monitor = new HealthMonitor({ only: ["tcp-accept-queue-overflow"], window: 10_000, clearRounds: 2 });
    const seen = (seconds: number, count: number) =>
      monitor.add(at(seconds, { ListenOverflows: count })).findings.map(({ severity }) => severity);
    expect([seen(0, 0), seen(10, 20), seen(20, 25), seen(30, 25), seen(40, 25)]).toEqual([
      [],
      ["warn"],
      ["warn"],
      ["warn"],
      [],
    ]);
  });
});

describe("tcp-listen-drops-other", () => {
  const said = (drops: number, overflows: number) =>
    words("tcp-listen-drops-other", [
      at(0, { ListenDrops: 0, ListenOverflows: 0 }),
      at(10, { ListenDrops: drops, ListenOverflows: overflows }),
    ]);

  it("leaves out what overflowed, also where the two were read at different times", () => {
    expect([said(500, 500), said(500, 502), said(510, 500), said(511, 500)]).toEqual([
      ["ok"],
      ["ok"],
      ["ok"],
      ["warn"],
    ]);
  });
});

describe("tcp-accept-queue-long", () => {
  const long = (...lengths: number[]) => lengths.map((rx, i) => at(i * 10, {}, listens(rx)));

  it("needs five looks in which something waits, without a gap", () => {
    expect(words("tcp-accept-queue-long", long(9, 9, 9, 0, 9), QUEUE)).toEqual(["ok"]);
    expect(words("tcp-accept-queue-long", long(1, 9, 8, 2, 9), QUEUE)).toEqual(["info"]);
    expect(words("tcp-accept-queue-long", long(9, 9, 9, 9, 0), QUEUE)).toEqual(["ok"]);
  });

  it("is worse when it does not become shorter, or is almost full", () => {
    expect(words("tcp-accept-queue-long", long(7, 8, 8, 8, 9), QUEUE)).toEqual(["warn"]);
    expect(words("tcp-accept-queue-long", long(99, 9, 9, 9, 79), QUEUE)).toEqual(["info"]);
    expect(words("tcp-accept-queue-long", long(99, 9, 9, 9, 80), QUEUE)).toEqual(["warn"]);
    expect(words("tcp-accept-queue-long", long(99, 9, 9, 9, 100), QUEUE)).toEqual(["crit"]);
  });

  it("claims of a short window no more than info", () => {
    expect(words("tcp-accept-queue-long", long(100, 100), QUEUE)).toEqual(["info"]);
    expect(words("tcp-accept-queue-long", long(9, 9), QUEUE)).toEqual(["window-too-short"]);
    expect(words("tcp-accept-queue-long", long(9, 9, 9, 9, 9))).toEqual(["warn", "no-limit"]);
    expect(words("tcp-accept-queue-long", [at(0, {}), at(1, {})])).toEqual(["not-looked"]);
  });
});

describe("tcp-syn-queue-full", () => {
  const full = (...counts: number[]) =>
    counts.map((count, i) => at(i * 5, { TCPReqQFullDrop: count, TCPReqQFullDoCookies: 0 }));

  it("must go on for ten seconds: a burst is none, and a window of five seconds can only say that it is so", () => {
    expect(words("tcp-syn-queue-full", full(0, 500, 500, 500))).toEqual(["ok"]);
    expect(words("tcp-syn-queue-full", full(0, 10, 20, 20))).toEqual(["warn"]);
    expect(words("tcp-syn-queue-full", full(0, 500, 1000, 1000))).toEqual(["crit"]);
    expect(words("tcp-syn-queue-full", full(0, 500))).toEqual(["info"]);
    expect(words("tcp-syn-queue-full", full(0, 5, 10, 15))).toEqual(["ok"]);
  });
});

describe("tcp-syn-cookies-bad", () => {
  it("is worth knowing above one a second", () => {
    const said = (count: number) =>
      words("tcp-syn-cookies-bad", [at(0, { SyncookiesFailed: 0 }), at(10, { SyncookiesFailed: count })]);
    expect([said(10), said(11)]).toEqual([["ok"], ["info"]]);
  });
});

describe("tcp-syn-recv-many", () => {
  const half = (count: number) =>
    at(0, {}, looked([WEB], {}, ...times(count, (i) => ({ state: "03", inode: 0, remote: `10.9.0.1:${1000 + i}` }))));
  const both = (cookies: number) =>
    limitsOf({
      "net.core.somaxconn": [4096],
      "net.ipv4.tcp_max_syn_backlog": [100],
      "net.ipv4.tcp_syncookies": [cookies],
    });

  it("is held against the lesser setting, of which a quarter is kept back with cookies off", () => {
    const said = (count: number, cookies: number) => words("tcp-syn-recv-many", [half(count)], both(cookies));
    expect([said(50, 1), said(51, 1), said(90, 1), said(91, 1)]).toEqual([["ok"], ["warn"], ["warn"], ["crit"]]);
    expect([said(37, 0), said(38, 0), said(68, 0)]).toEqual([["ok"], ["warn"], ["crit"]]);
  });

  it("is in order without one, whatever the settings are", () => {
    expect(words("tcp-syn-recv-many", [half(0)])).toEqual(["ok"]);
    expect(words("tcp-syn-recv-many", [half(1)])).toEqual(["no-limit"]);
  });
});

describe("unix-accept-queue", () => {
  const row = (more: Partial<UnixSocket>): UnixSocket =>
    ({
      protocol: "unix",
      num: 0n,
      refCount: 2,
      flags: 0,
      type: "STREAM",
      state: "CONNECTING",
      inode: 0,
      path: "/run/x.sock",
      listening: false,
      namespace: 1,
      owners: [],
      ownerless: "kernel",
      ...more,
    }) as UnixSocket;
  const look = (i: number, ...all: UnixSocket[]) => at(i, {}, { sockets: digestSockets(all) });

  it("counts by path, leaves out rows that may be forged, and needs five looks", () => {
    const five = (...all: UnixSocket[]) => times(5, (i) => look(i, ...all));
    expect(words("unix-accept-queue", five(row({}), row({})), QUEUE)).toEqual(["info"]);
    expect(words("unix-accept-queue", five(...times(80, () => row({}))), QUEUE)).toEqual(["warn"]);
    expect(words("unix-accept-queue", five(...times(100, () => row({}))), QUEUE)).toEqual(["crit"]);
    expect(words("unix-accept-queue", five(...times(100, () => row({ suspect: true }))), QUEUE)).toEqual(["ok"]);
    expect(words("unix-accept-queue", [...five(row({})).slice(1), look(9)], QUEUE)).toEqual(["ok"]);
    expect(words("unix-accept-queue", [...five(row({})), look(5), look(6, row({})), look(7, row({}))], QUEUE)).toEqual([
      "ok",
    ]);
    expect(words("unix-accept-queue", five(row({})).slice(0, 2), QUEUE)).toEqual(["window-too-short"]);
    expect(judge("unix-accept-queue", five(row({ path: "__proto__" })), QUEUE).findings[0]!.subject).toEqual({
      kind: "unix-listener",
      path: "__proto__",
    });
  });
});

describe("process-fd-limit", () => {
  const process = (descriptors: number | undefined, limit: number | undefined): ProcessSample => ({
    pid: 812,
    startTime: 8120,
    program: "web",
    descriptors,
    limit,
  });
  const said = (...processes: ProcessSample[]) => words("process-fd-limit", [at(0, {}, { processes })]);

  it("is a share of the soft limit of each process", () => {
    expect([said(process(80, 100)), said(process(81, 100)), said(process(96, 100))]).toEqual([
      ["ok"],
      ["warn"],
      ["crit"],
    ]);
    expect(said(process(80_000, Number.POSITIVE_INFINITY))).toEqual(["ok"]);
    expect(said()).toEqual(["ok"]);
  });

  it("is not judged where nobody could count, nor where nobody looked", () => {
    expect(said(process(undefined, 100), process(96, 100))).toEqual(["crit", "no-file"]);
    expect(words("process-fd-limit", [at(0, {})])).toEqual(["not-looked"]);
  });
});
