import { describe, expect, it } from "vitest";
import { digestSockets } from "../../packages/procnet/src/live/digest.ts";
import type { SampleRest, SampleTexts } from "../support/live/sample.ts";
import { group, limitsOf, ownerOf, sampleOf, sockstatText, tcpSockets } from "../support/live/sample.ts";
import { evidenceOf, judged } from "../support/live/scene.ts";

const MEM = limitsOf({ "net.ipv4.tcp_mem": [900, 1200, 1800], "net.ipv4.udp_mem": [900, 1200, 1800] });

/** Two samples, ten seconds apart. */
function twoOf(before: SampleTexts, after: SampleTexts, rest: SampleRest = {}) {
  return [sampleOf(100_000, before, rest), sampleOf(110_000, after, rest)];
}

const tcpExt = (counters: Record<string, number>): SampleTexts => ({ netstat: group("TcpExt", counters) });

describe("tcp-memory", () => {
  const at = (tcp: number, rest: SampleRest = {}) => [sampleOf(0, { sockstat: sockstatText({ tcp }) }, rest)];

  it("is raised above pressure, and is bad near the end; it is the machine's", () => {
    const { findings } = judged("tcp-memory", at(1300), { limits: MEM });
    expect(findings).toMatchObject([
      {
        severity: "warn",
        subject: { kind: "machine" },
        limit: { value: 1200, scope: "machine" },
        namespace: undefined,
      },
    ]);
    expect(evidenceOf(findings[0]!, "TCP.mem")).toEqual([undefined, 1300, undefined]);
    expect(judged("tcp-memory", at(1700), { limits: MEM }).findings).toMatchObject([
      { severity: "crit", limit: { value: 1800, file: "/proc/sys/net/ipv4/tcp_mem" } },
    ]);
  });

  it("names who holds most of what waits in this namespace", () => {
    const row =
      "   0: 0100007F:0050 0200007F:1388 01 00000000:004C4B40 00:00000000 00000000     0        0 77 1 0000000000000000 20 4 30 10 -1\n";
    const sockets = digestSockets(tcpSockets(row, [ownerOf(812, "slow")]));
    const [finding] = judged("tcp-memory", at(1300, { sockets }), { limits: MEM }).findings;
    expect(finding?.summary).toContain("slow (812)");
    expect(finding?.owners).toMatchObject([{ pid: 812, sockets: 1 }]);
  });

  it("is silent below, and unknown without the limit", () => {
    expect(judged("tcp-memory", at(1200), { limits: MEM })).toMatchObject({ findings: [], isOk: true });
    expect(judged("tcp-memory", at(5000))).toMatchObject({ findings: [], unknown: ["no-limit"], isOk: false });
    expect(judged("tcp-memory", [sampleOf(0, {})], { limits: MEM }).unknown).toEqual(["no-file"]);
  });
});

describe("tcp-memory-pressure", () => {
  const of = (times: number, ms: number) => tcpExt({ TCPMemoryPressures: times, TCPMemoryPressuresChrono: ms });

  it("is raised by pressure that came and went, and is bad when it lasted", () => {
    expect(judged("tcp-memory-pressure", twoOf(of(1, 10), of(2, 30))).findings).toMatchObject([{ severity: "warn" }]);
    const [finding] = judged("tcp-memory-pressure", twoOf(of(1, 10), of(3, 3010))).findings;
    expect(finding).toMatchObject({ severity: "crit" });
    expect(finding?.summary).toContain("2 times in 10.0 s; 3000 ms");
  });

  it("is silent when it was long ago, and unknown after a reset", () => {
    expect(judged("tcp-memory-pressure", twoOf(of(7, 900), of(7, 900)))).toMatchObject({ findings: [], isOk: true });
    expect(judged("tcp-memory-pressure", twoOf(of(7, 900), of(1, 2))).unknown).toEqual(["reset"]);
  });
});

describe("tcp-abort-memory", () => {
  const of = (aborts: number) => tcpExt({ TCPAbortOnMemory: aborts });

  it("is bad from the first connection on", () => {
    const { findings } = judged("tcp-abort-memory", twoOf(of(3), of(4)));
    expect(findings).toMatchObject([{ severity: "crit" }]);
    expect(evidenceOf(findings[0]!, "TcpExt.TCPAbortOnMemory")).toEqual([3, 4, 1]);
  });

  it("is silent about those of yesterday, and knows nothing of one look", () => {
    expect(judged("tcp-abort-memory", twoOf(of(400), of(400)))).toMatchObject({ findings: [], isOk: true });
    expect(judged("tcp-abort-memory", [sampleOf(0, of(400))])).toMatchObject({
      findings: [],
      unknown: ["first-sample"],
    });
  });
});

describe("tcp-receive-drops", () => {
  const of = (counters: Record<string, number>) =>
    tcpExt({ PruneCalled: 0, RcvPruned: 0, OfoPruned: 0, TCPBacklogDrop: 0, TCPRcvQDrop: 0, ...counters });

  it("is raised by more than one a second, by the counter that rose most", () => {
    const [finding] = judged("tcp-receive-drops", twoOf(of({}), of({ TCPRcvQDrop: 30, RcvPruned: 20 }))).findings;
    expect(finding).toMatchObject({ severity: "warn", evidence: [{ delta: 30 }, { delta: 20 }, { delta: 0 }] });
    expect(finding?.summary).toContain("TcpExt.TCPRcvQDrop rose by 30 in 10.0 s, 3.0 a second");
  });

  it("only tells of queues that were squeezed", () => {
    const { findings } = judged("tcp-receive-drops", twoOf(of({}), of({ PruneCalled: 4 })));
    expect(findings).toMatchObject([{ severity: "info" }]);
    expect(findings[0]?.summary).toContain("4 times");
  });

  it("is silent about single ones, and does not add counters of one segment up", () => {
    const few = { TCPRcvQDrop: 6, RcvPruned: 6, OfoPruned: 6, TCPBacklogDrop: 0 };
    expect(judged("tcp-receive-drops", twoOf(of({}), of(few)))).toMatchObject({ findings: [], isOk: true });
    expect(judged("tcp-receive-drops", twoOf({}, {})).unknown).toEqual(["no-file"]);
  });
});

describe("udp-memory", () => {
  const snmp = (errors: number) => group("Udp", { InDatagrams: 5, MemErrors: errors });
  const of = (errors: number, udp: number) => ({ snmp: snmp(errors), sockstat: sockstatText({ udp }) });

  it("is raised by the first datagram without memory, and by a machine near its end", () => {
    const { findings } = judged("udp-memory", twoOf(of(0, 10), of(3, 1500)), { limits: MEM });
    expect(findings.map(({ subject }) => subject.kind).sort()).toEqual(["machine", "namespace"]);
    const machine = findings.find(({ subject }) => subject.kind === "machine");
    expect(machine?.summary).toContain("1,500 pages of 1,800");
  });

  it("is silent about those of before and about use that is high", () => {
    expect(judged("udp-memory", twoOf(of(9, 1400), of(9, 1400)), { limits: MEM })).toMatchObject({
      findings: [],
      isOk: true,
    });
    expect(judged("udp-memory", twoOf(of(9, 1400), of(9, 1400))).unknown).toEqual(["no-limit"]);
  });
});

describe("udp-send-buffer", () => {
  const of = (errors: number, six = 0) => ({
    snmp: group("Udp", { SndbufErrors: errors }),
    snmp6: `Udp6SndbufErrors\t${six}\n`,
  });

  it("adds both families up", () => {
    const { findings } = judged("udp-send-buffer", twoOf(of(0, 0), of(80, 70)));
    expect(findings).toMatchObject([{ severity: "warn", evidence: [{ delta: 80 }, { delta: 70 }] }]);
    expect(findings[0]?.summary).toContain("150 datagrams were not sent in 10.0 s, 15.0 a second");
  });

  it("is silent about ten a second", () => {
    expect(judged("udp-send-buffer", twoOf(of(0, 0), of(80, 20)))).toMatchObject({ findings: [], isOk: true });
  });
});

describe("udp-no-port", () => {
  const at = (time: number, total: number) => sampleOf(time, { snmp: group("Udp", { NoPorts: total }) });

  it("tells of ten times as many as before", () => {
    const { findings } = judged("udp-no-port", [at(0, 0), at(50_000, 50), at(60_000, 250)]);
    expect(findings).toMatchObject([{ severity: "info" }]);
    expect(findings[0]?.summary).toBe(
      "20.0 datagrams a second come for ports at which nobody listens; before, 1.0 did",
    );
  });

  it("is silent where it was always so, and below five a second", () => {
    const always = [at(0, 0), at(50_000, 2000), at(60_000, 2400)];
    expect(judged("udp-no-port", always)).toMatchObject({ findings: [], isOk: true });
    const few = [at(0, 0), at(50_000, 0), at(60_000, 49)];
    expect(judged("udp-no-port", few)).toMatchObject({ findings: [], isOk: true });
  });

  it("does not compare what is too short; few are no news in any window", () => {
    expect(judged("udp-no-port", [at(0, 0), at(5000, 400)]).unknown).toEqual(["window-too-short"]);
    expect(judged("udp-no-port", [at(0, 0), at(5000, 4)])).toMatchObject({ findings: [], isOk: true });
  });
});

describe("udp-checksum", () => {
  const of = (udp: number, tcp: number) => ({
    snmp: group("Tcp", { InCsumErrors: tcp }) + group("Udp", { InCsumErrors: udp }),
  });

  it("tells which protocol", () => {
    const { findings } = judged("udp-checksum", twoOf(of(1, 0), of(1, 2)));
    expect(findings).toMatchObject([{ severity: "info" }]);
    expect(findings[0]?.summary).toContain("2 packets with a wrong checksum came in 10.0 s (Tcp.InCsumErrors 2)");
  });

  it("is silent about old ones", () => {
    expect(judged("udp-checksum", twoOf(of(900, 7), of(900, 7)))).toMatchObject({ findings: [], isOk: true });
  });
});
