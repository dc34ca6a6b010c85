import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isProcfsError, type Sample } from "../../packages/procnet/src/index.ts";
import { LIMITS } from "../../packages/procnet/src/live/limit-names.ts";
import { evaluateHealth, FINDINGS, HealthMonitor, healthSinceBoot, useTable } from "../../packages/procnet/src/live.ts";
import { devText, limitsOf, ownerOf, type SampleTexts, sampleOf, softnetRow } from "../support/live/sample.ts";
import { looked, times } from "../support/live/tcp-rows.ts";

/*
 * What an attacker can write into a captured tree, and what is simply not there: nothing throws, nothing that was not read is in order,
 * no number is made up, and thousands of everything take no more than thousands of times as long.
 */

const IDS = FINDINGS.map(({ id }) => id).sort();
const RESERVED = "net.ipv4.ip_local_reserved_ports";
const settings = Object.keys(LIMITS).map((name) => [name, name === RESERVED ? [] : [10, 20, 30]]);
const limits = limitsOf(Object.fromEntries(settings));

/** Files of this kernel, by what a sample calls them. */
const FILES = {
  snmp: "snmp",
  snmp6: "snmp6",
  netstat: "netstat",
  sockstat: "sockstat",
  sockstat6: "sockstat6",
  softnet: "softnet_stat",
  arpCache: "stat/arp_cache",
  ndiscCache: "stat/ndisc_cache",
  conntrack: "stat/nf_conntrack",
  xfrm: "xfrm_stat",
  tls: "tls_stat",
  dev: "dev",
} as const;

function textsOf(change: (text: string) => string): SampleTexts {
  return Object.fromEntries(
    Object.entries(FILES).flatMap(([name, file]) => {
      try {
        return [[name, change(readFileSync(`/proc/self/net/${file}`, "latin1"))]];
      } catch {
        return [];
      }
    }),
  );
}

/** A sample of those texts that the parsers take, one by one: what they refuse was not read. */
function sampleOfAny(at: number, texts: SampleTexts): Sample {
  let sample = sampleOf(at, {});
  for (const [name, text] of Object.entries(texts)) {
    try {
      const { [name === "dev" ? "devices" : (name as keyof Sample)]: read } = sampleOf(at, { [name]: text });
      sample = { ...sample, [name === "dev" ? "devices" : name]: read };
    } catch (error) {
      if (!isProcfsError(error)) throw error;
    }
  }
  return sample;
}

function check(samples: readonly Sample[]): void {
  const health = evaluateHealth(samples, { limits });
  const { findings, unknown, ok } = health;
  expect([...new Set([...findings, ...unknown].map(({ id }) => id).concat(ok))].sort()).toEqual(IDS);
  for (const { evidence, summary } of findings) {
    expect(summary).not.toMatch(/NaN|undefined|Infinity|-\d+ (times|packets|segments)/);
    for (const { value, delta = 0, perSecond = 0 } of evidence)
      expect([Number.isFinite(value), delta >= 0, Number.isFinite(perSecond)]).toEqual([true, true, true]);
  }
  useTable(health, { samples, limits });
  healthSinceBoot(samples.at(-1)!);
}

describe("texts that somebody made up", () => {
  const changes: [string, (text: string) => string][] = [
    ["as they are", (text) => text],
    ["numbers beyond 64 bits", (text) => text.replace(/\b\d+\b/g, (word) => `${word}999999999999999999999`)],
    ["400 digits", (text) => text.replace(/\b[1-9]\d*\b/g, "9".repeat(400))],
    ["negative", (text) => text.replace(/\b([1-9]\d*)\b/g, "-$1")],
    ["no numbers", (text) => text.replace(/\b\d+\b/g, "NaN")],
    [
      "names of every object",
      (text) => text.replace(/\b[A-Z]\w*Errors\b/g, "__proto__").replace(/\b(eth0|lo):/g, "__proto__:"),
    ],
    ["another name of every object", (text) => text.replace(/\b[A-Z]\w*(Drop|Fails)\w*\b/g, "constructor")],
    ["groups taken away", (text) => text.replace(/^(Tcp|Udp|TcpExt|UDP|TCP).*\n/gm, "")],
    ["a line of each", (text) => `${text.split("\n")[0]}\n`],
    ["half of it", (text) => text.slice(0, text.length / 2)],
    ["nothing", () => ""],
  ];

  it("are those of this kernel", () => expect(Object.keys(textsOf((text) => text)).length).toBeGreaterThan(5));

  it.each(changes)("%s: judged or unknown, and no number made up", (_, change) => {
    const [before, after] = [textsOf((text) => text), textsOf(change)];
    check([sampleOfAny(100_000, before), sampleOfAny(160_000, after)]);
    check([sampleOfAny(100_000, after), sampleOfAny(160_000, before)]);
    check([sampleOfAny(100_000, after), sampleOfAny(160_000, after)]);
    check([sampleOfAny(100_000, after)]);
  });
});

describe("what was not read is not in order", () => {
  it("of nothing at all, nothing is", () => {
    const { ok, unknown } = evaluateHealth([sampleOf(0, {}), sampleOf(60_000, {})], { limits });
    expect(ok).toEqual([]);
    expect(new Set(unknown.map(({ reason }) => reason))).toEqual(new Set(["no-file", "not-looked"]));
  });

  it("of one sample no rate is, and of two of one time neither", () => {
    const texts = textsOf((text) => text);
    const rated = [
      "ip-discards",
      "interface-errors",
      "softnet-dropped",
      "tcp-timeouts",
      "udp-checksum",
      "tcp-receive-drops",
    ];
    for (const [samples, reason] of [
      [[sampleOf(0, texts)], "first-sample"],
      [[sampleOf(0, texts), sampleOf(0, texts)], "window-too-short"],
    ] as const) {
      const { unknown, ok } = evaluateHealth(samples, { limits, only: rated });
      expect(ok).toEqual([]);
      expect(new Set(unknown.map((one) => one.reason))).toEqual(new Set([reason]));
    }
  });

  it("captures that were copied without their times have no rates", () => {
    const [before, after] = [
      sampleOf(
        0,
        textsOf((text) => text),
      ),
      sampleOf(
        600_000,
        textsOf((text) => text),
      ),
    ];
    const { unknown, ok } = evaluateHealth([before, { ...after, at: 20 }], { limits, only: ["tcp-timeouts"] });
    expect({ ok, unknown }).toMatchObject({ ok: [], unknown: [{ reason: "reset" }] });
    expect(unknown[0]?.message).toMatch(/copied without their times/);
  });

  it.each([
    [
      "tcp",
      ["tcp-accept-queue-long", "tcp-close-wait-leak", "tcp-stalled", "tcp-bind-ports", "tcp-not-accepted-closed"],
    ],
    ["unix", ["unix-accept-queue"]],
    ["udp", ["tcp-bind-ports"]],
    ["netlink", ["netlink-drops"]],
    ["raw", ["raw-packet-drops"]],
  ])("without the table %s, what rests on it is unknown", (what, only) => {
    const missing = [{ what, code: "ENOENT", message: `there is no ${what}` }];
    const samples = [0, 1000].map((at) => ({ ...sampleOf(at, {}), ...looked([]), missing }));
    const { ok, unknown } = evaluateHealth(samples, { limits, only });
    expect(ok).toEqual([]);
    expect(unknown).toMatchObject(only.map(() => ({ reason: "no-file", message: `there is no ${what}` })));
    // That there is no IPv6 is no gap; that its table may not be read is one.
    const six = (code: string) =>
      evaluateHealth(
        samples.map((one) => ({ ...one, missing: [{ ...missing[0]!, what: `${what}6`, code }] })),
        { limits, only },
      );
    if (what === "tcp") expect([six("ENOENT").ok.length, six("EACCES").ok.length]).toEqual([only.length, 0]);
  });

  it("processes that may not be looked into are not in order", () => {
    const missing = [{ what: "processes", code: "EACCES", message: "3 processes could not be looked into" }];
    const sample = { ...sampleOf(0, {}), ...looked([]), processes: [], missing };
    const { ok, unknown } = evaluateHealth([sample], { limits, only: ["process-fd-limit"] });
    expect({ ok, unknown }).toMatchObject({ ok: [], unknown: [{ reason: "no-right" }] });
    const sockets = { ...sampleOf(0, {}), ...looked([], {}), processes: [] };
    expect(evaluateHealth([sockets], { only: ["process-fd-limit"] })).toMatchObject({
      ok: [],
      unknown: [{ reason: "no-file" }],
    });
  });
});

describe("rows of two namespaces, or of two boots", () => {
  const waits = times(6, (i) => i).map((i) => ({
    ...sampleOf(i * 10_000, {}),
    ...looked([ownerOf(7, "stuck")], { rx: 5 }),
  }));
  const told = (samples: readonly Sample[]) => {
    const { findings, unknown } = evaluateHealth(samples, { limits, only: ["tcp-accept-queue-long"] });
    return [...findings.map(({ severity }) => severity), ...unknown.map(({ reason }) => reason)];
  };

  it("are not held together by an inode that both have", () => {
    expect(told(waits)).toEqual(["warn"]);
    expect(told(waits.map((one, i) => ({ ...one, namespace: i === 0 ? 1 : 2 })))).toEqual(["window-too-short"]);
    expect(told(waits.map((one, i) => ({ ...one, uptime: i === 0 ? 9999 : i })))).toEqual(["window-too-short"]);
  });
});

describe("settings that nobody can have", () => {
  const ports = (range: readonly number[], reserved: readonly number[]) => {
    const given = limitsOf({ "net.ipv4.ip_local_port_range": range, "net.ipv4.ip_local_reserved_ports": reserved });
    const sample = { ...sampleOf(0, {}), ...looked([]) };
    return evaluateHealth([sample], { limits: given, only: ["tcp-bind-ports"] });
  };

  it("are gone through once for each port", () => {
    expect(ports([-1e15, 1e15], []).ok).toEqual(["tcp-bind-ports"]);
    const all = times(20_000, () => [1, 65_534]).flat();
    expect(ports([0, 65_535], all).ok).toEqual(["tcp-bind-ports"]);
  });

  it("a range of which all is reserved has no port, which is not in order", () => {
    expect(ports([100, 200], [100, 200])).toMatchObject({ ok: [], unknown: [{ reason: "no-limit" }] });
  });

  it("a limit of 0 has no share", () => {
    const process = { pid: 7, startTime: 70, program: "none", descriptors: 9, limit: 0 };
    const sample = { ...sampleOf(0, {}), ...looked([]), processes: [process] };
    const [finding] = evaluateHealth([sample], { only: ["process-fd-limit"] }).findings;
    expect(finding).toMatchObject({ severity: "crit" });
    expect(finding?.summary).toBe("none (process 7) has 9 file descriptors open, more than all of the 0 it may have");
  });
});

describe("thousands of everything", () => {
  /** Milliseconds of CPU time: nobody else's. */
  const cost = (work: () => void): number => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };

  /** A host on which everything that a finding looks for is there so often, in a window of three looks. */
  function crowd(size: number): Sample[] {
    const names = times(size, (i) => `${i % 2 === 0 ? "veth" : "__proto__"}${i}`);
    return times(3, (look) => {
      const sockets = looked(
        [],
        ...times(size, (i) => ({ rx: 3, inode: i + 1, local: `10.${i >> 8}.${i & 255}.1:80` })),
        ...times(size, (i) => ({
          state: "08",
          rx: 1,
          inode: size + i + 1,
          local: `10.${i >> 8}.${i & 255}.1:80`,
          remote: "10.0.0.9:9",
        })),
        ...times(size, (i) => ({
          state: "08",
          rx: 1,
          inode: 0,
          local: `10.${i >> 8}.${i & 255}.1:80`,
          remote: `10.0.0.9:${i + 9}`,
        })),
        ...times(size, (i) => ({
          state: "03",
          inode: 0,
          local: `10.${i >> 8}.${i & 255}.1:80`,
          remote: `10.0.0.9:${i + 9}`,
        })),
      ).sockets;
      const owned = {
        ...sockets,
        notable: sockets.notable.map((socket, i) => ({ ...socket, owners: [ownerOf(i, "leaks")] })),
      };
      return {
        ...sampleOf(look * 30_000, {
          netstat: `TcpExt: ListenOverflows ListenDrops\nTcpExt: ${look * 1000} ${look * 1000}\n`,
          dev: devText(
            Object.fromEntries(
              names.map((name) => [name, { recvErrs: look * 100, recvPackets: look * 1000, recvFifo: look }]),
            ),
          ),
          softnet: times(Math.min(size, 4096), (cpu) =>
            softnetRow({ cpu, dropped: look * 1000, squeezed: look * 1000 }),
          ).join(""),
        }),
        sockets: owned,
        processes: owned.notable.map((_, i) => ({
          pid: i,
          startTime: i,
          program: "leaks",
          descriptors: 99,
          limit: 100,
        })),
      };
    });
  }

  it("take in proportion to how many there are", () => {
    const judge = (size: number): number => {
      const samples = crowd(size);
      return Math.min(
        ...times(2, () => cost(() => useTable(evaluateHealth(samples, { limits }), { samples, limits }))),
      );
    };
    judge(200);
    const [few, many] = [judge(400), judge(4000)];
    // Ten times as many, and what is looked up in pairs would take a hundred times as long.
    expect(many / few).toBeLessThan(40);
  }, 60_000);

  it("are told in a sentence that can be read", () => {
    const { findings } = evaluateHealth(crowd(2000), { limits, only: ["tcp-accept-queue-overflow"] });
    expect(findings[0]?.evidence.length).toBe(2001);
    expect(findings[0]?.summary.length).toBeLessThan(500);
    expect(findings[0]?.summary).toMatch(/ and 1989 more\)$/);
  });

  it("a monitor forgets subjects that are gone", () => {
    const id = "interface-fifo";
    const monitor = new HealthMonitor({ only: [id], window: 1000, clearRounds: 2 });
    const counts: number[] = [];
    for (let round = 0; round < 20; round++) {
      // Each round another interface, which is there for two samples and overruns in the second.
      const dev = devText({ [`veth${round}`]: { recvFifo: 0 }, [`veth${round - 1}`]: { recvFifo: 5 } });
      counts.push(monitor.add(sampleOf(round * 1000, { dev })).findings.length);
    }
    expect(Math.max(...counts)).toBeLessThanOrEqual(3);
  });
});
