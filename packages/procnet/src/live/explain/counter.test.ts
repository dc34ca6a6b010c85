import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { skipIf } from "../../../../../test/support/tools.ts";
import { ProcFs } from "../../procfs.ts";
import { seriesOf } from "../counters/series.ts";
import { FINDINGS } from "../health/facts.ts";
import { takeSample } from "../take-sample.ts";
import { counterNames, explainCounter } from "./counter.ts";
import { counterGroups } from "./counters/groups.ts";

const FIXTURES = new URL("../../../../../test/fixtures/", import.meta.url);
const COUNTERS = new URL("../../files/counters/", import.meta.url);
const TREES = readdirSync(FIXTURES).filter((name) => /^[0-9]/.test(name));
/** Written into a captured tree as names that no kernel has yet. */
const FUTURE = /^New|\.New/;

/** Names of all counters of a procfs, as `seriesOf` has them. */
async function namesIn(root: string): Promise<string[]> {
  const series = seriesOf(await takeSample({ procfs: new ProcFs({ root }), sockets: false }));
  return [...new Set(series.map(({ name }) => name))];
}

/** Fields of the type in a source file. */
function fieldsIn(file: string): string[] {
  const source = readFileSync(new URL(file, COUNTERS), "utf8");
  return [...source.matchAll(/^ {2}readonly (\w+)\??: (?:Value|number)\b/gm)].map(([, name]) => name!);
}

const unexplained = (names: readonly string[]) => names.filter((name) => explainCounter(name) === undefined);

describe("every counter", () => {
  it("of this kernel is explained", async () => {
    const names = await namesIn("/proc");
    expect(names.length).toBeGreaterThan(200);
    expect(unexplained(names)).toEqual([]);
  });

  it("of the captured trees is explained, old kernels and new", async () => {
    const names = (await Promise.all(TREES.map((tree) => namesIn(`${FIXTURES.pathname}${tree}`)))).flat();
    expect(names.length).toBeGreaterThan(150);
    expect(unexplained(names.filter((name) => !FUTURE.test(name)))).toEqual([]);
  });

  it.each([
    ["netstat-tcp-ext.ts", "TcpExt", 130],
    ["netstat-mptcp-ext.ts", "MPTcpExt", 70],
    ["netstat.ts", "IpExt", 15],
    ["xfrm-stat.ts", "xfrm_stat", 30],
    ["tls-stat.ts", "tls_stat", 15],
    ["stat-arp-cache.ts", "stat/arp_cache", 12],
    ["stat-nf-conntrack.ts", "stat/nf_conntrack", 15],
    ["stat-rt-cache.ts", "stat/rt_cache", 15],
    ["stat-synproxy.ts", "stat/synproxy", 6],
    ["stat-nf-flowtable.ts", "stat/nf_flowtable", 3],
    ["softnet-stat.ts", "softnet_stat", 9],
  ])("that %s has a type for is explained", (file, group, least) => {
    const names = fieldsIn(file).map((field) => `${group}.${field}`);
    expect(names.length).toBeGreaterThanOrEqual(least);
    expect(unexplained(names)).toEqual([]);
  });

  it("of the tables by CPU is explained, by the kernel's columns", (context) => {
    skipIf(context, existsSync("/proc/net/stat/rt_cache") ? undefined : "the kernel has no /proc/net/stat");
    const columns = readdirSync("/proc/net/stat").flatMap((table) => {
      const [head = ""] = readFileSync(`/proc/net/stat/${table}`, "latin1").split("\n");
      return head
        .split(/\s+/)
        .filter((name) => name !== "")
        .map((column) => `stat/${table}.${column}`);
    });
    expect(columns.length).toBeGreaterThan(20);
    expect(unexplained(columns)).toEqual([]);
  });
});

describe("an explanation of a counter", () => {
  it("says what it counts, how far it reaches, where it stands in the kernel, and which finding looks at it", () => {
    expect(explainCounter("TcpExt.ListenOverflows")).toEqual({
      kind: "counter",
      subject: "TcpExt.ListenOverflows",
      name: "TcpExt.ListenOverflows",
      meaning: "connections dropped because the accept queue of a listener was full",
      file: "net/netstat",
      type: "counter",
      scope: "namespace",
      bits: "word",
      since: undefined,
      source: "tcp_conn_request, net/ipv4/tcp_input.c",
      rfc: undefined,
      finding: "tcp-accept-queue-overflow",
      facts: expect.any(Array),
      waitingFor: undefined,
      actor: "nobody",
      unknown: [{ what: "when it grew", where: "rates() and procnet rates" }],
      text:
        "TcpExt.ListenOverflows: connections dropped because the accept queue of a listener was full. It is of one network namespace, " +
        "in net/netstat; it only grows, with 64 bits, or 32 on a 32-bit kernel. In the kernel: tcp_conn_request, " +
        "net/ipv4/tcp_input.c. The finding tcp-accept-queue-overflow looks at it. Not known: when it grew (rates() and procnet rates).",
    });
  });

  it("is there for all names, each with a meaning, a source, and a sentence that ends", () => {
    const names = counterNames();
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(500);
    for (const name of names) {
      const found = explainCounter(name)!;
      expect(found.name).toBe(name);
      expect(found.meaning).toMatch(/^[a-zA-Z0-9].{8,}[^.]$/);
      expect(found.source).toMatch(/^\w+, (net|include)\/[\w./-]+\.[ch]$/);
      expect(found.since ?? "1.0").toMatch(/^\d\.[\dx.]+( or before)?$/);
      expect(found.text).not.toMatch(/undefined|NaN|\|/);
    }
  });

  it("tells numbers of now from what grows, and the machine from a namespace", () => {
    const of = (name: string) => [explainCounter(name)?.type, explainCounter(name)?.scope, explainCounter(name)?.bits];
    expect(of("Tcp.CurrEstab")).toEqual(["gauge", "namespace", "word"]);
    expect(of("Ip.ReasmTimeout")).toEqual(["counter", "namespace", 64]);
    expect(of("TCP.mem")).toEqual(["gauge", "machine", "word"]);
    expect(of("TCP.tw")).toEqual(["gauge", "namespace", "word"]);
    expect(of("softnet_stat.dropped")).toEqual(["counter", "machine", 32]);
    expect(of("stat/nf_conntrack.entries")).toEqual(["gauge", "namespace", 32]);
    expect(of("stat/nf_conntrack.drop")).toEqual(["counter", "namespace", 32]);
    expect(of("tls_stat.TlsCurrTxSw")).toEqual(["gauge", "namespace", "word"]);
  });

  it("agrees with the series of a sample, where both say it", async () => {
    for (const { name, kind, scope } of seriesOf(await takeSample({ sockets: false }))) {
      expect([name, explainCounter(name)?.type, explainCounter(name)?.scope]).toEqual([name, kind, scope]);
    }
  });

  it("is found by the ways that counters are written", () => {
    expect(explainCounter("ListenDrops")?.name).toBe("TcpExt.ListenDrops");
    expect(explainCounter("TcpExtListenDrops")?.name).toBe("TcpExt.ListenDrops");
    expect(explainCounter("TcpRetransSegs")?.name).toBe("Tcp.RetransSegs");
    expect(explainCounter("stat/nf_conntrack.early_drop")?.name).toBe("stat/nf_conntrack.earlyDrop");
    expect(explainCounter("softnet_stat.time_squeeze")?.name).toBe("softnet_stat.timeSqueeze");
    expect(explainCounter("IcmpMsg.InType3")?.meaning).toBe("messages of type 3 received; absent before the first");
    expect(explainCounter("Icmp6.OutType135")?.file).toBe("net/snmp6");
  });

  it("is none for what is no counter, or several", () => {
    for (const name of [
      "",
      ".",
      "Tcp.",
      "Tcp.Nothing",
      "Nothing.InErrors",
      "InCsumErrors",
      "constructor",
      "Tcp.__proto__",
      "IcmpMsg.InType1234",
    ]) {
      expect(explainCounter(name)).toBeUndefined();
    }
  });

  it("names findings that there are", () => {
    const ids = new Set(FINDINGS.map(({ id }) => id));
    const named = new Set(counterNames().flatMap((name) => explainCounter(name)?.finding ?? []));
    expect(named.has("tcp-accept-queue-overflow")).toBe(true);
    expect([...named].filter((id) => !ids.has(id))).toEqual([]);
  });
});

it("keeps the groups in the order of the files", () => {
  expect(
    counterGroups()
      .map(({ name }) => name)
      .slice(0, 4),
  ).toEqual(["Ip", "Icmp", "Tcp", "Udp"]);
});
