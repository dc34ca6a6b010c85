import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isProcfsError, type Sample } from "../../packages/procnet/src/index.ts";
import { LIMITS } from "../../packages/procnet/src/live/limit-names.ts";
import { evaluateHealth, FINDINGS, healthSinceBoot, useTable } from "../../packages/procnet/src/live.ts";
import { limitsOf, ownerOf, type SampleTexts, sampleOf } from "../support/live/sample.ts";
import { looked, times } from "../support/live/tcp-rows.ts";

/*
 * What an attacker can write into a captured tree, and what is simply not there: nothing throws, nothing that was not read is in order,
 * and no number is made up.
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
    const over = { ...sampleOf(0, {}), ...looked([], { state: "06", inode: 0, remote: "127.0.0.1:9" }), processes: [] };
    expect(evaluateHealth([over], { only: ["process-fd-limit"] }).ok).toEqual(["process-fd-limit"]);
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
