import { describe, expect, it } from "vitest";
import { ownersOf } from "../../packages/procnet/src/live/health/window.ts";
import { HealthMonitor } from "../../packages/procnet/src/live.ts";
import {
  CONNTRACK,
  group,
  limitsOf,
  lines,
  missing,
  ownerOf,
  sampleOf,
  sockstatText,
  statText,
} from "../support/live/sample.ts";
import { judged } from "../support/live/scene.ts";

/* Where one number of several is not there, or began anew: the others are told, and it is told that it is not known. */

describe("one of several numbers", () => {
  it("tcp-time-wait: that connections ended without it is told also where nobody knows how many there are", () => {
    const at = (time: number, overflows: number) =>
      sampleOf(
        time,
        { netstat: group("TcpExt", { TCPTimeWaitOverflow: overflows }) },
        { missing: [missing("sockstat")] },
      );
    expect(judged("tcp-time-wait", [at(0, 1), at(1000, 9)]).findings).toMatchObject([{ severity: "warn" }]);
    expect(judged("tcp-time-wait", [at(0, 1), at(1000, 1)])).toMatchObject({
      findings: [],
      unknown: ["no-file"],
      isOk: false,
    });
  });

  it("tcp-receive-drops: a queue that was squeezed is not known where only that counter began anew", () => {
    const at = (time: number, pruned: number) =>
      sampleOf(time, { netstat: group("TcpExt", { PruneCalled: pruned, RcvPruned: 3 }) });
    expect(judged("tcp-receive-drops", [at(0, 5), at(1000, 0)])).toMatchObject({
      findings: [],
      unknown: ["reset"],
      isOk: false,
    });
    expect(judged("tcp-receive-drops", [at(0, 5), at(1000, 5)])).toMatchObject({ isOk: true });
  });

  it("tcp-attempt-fails: a sample between without the counter gives no baseline", () => {
    const at = (time: number, fails?: number) =>
      sampleOf(100_000 + time, {
        snmp: group("Tcp", { ...(fails === undefined ? {} : { AttemptFails: fails }), OutRsts: 0, EstabResets: 0 }),
      });
    const samples = [at(0, 0), at(40_000), at(50_000, 600), at(60_000, 4000)];
    expect(judged("tcp-attempt-fails", samples)).toMatchObject({ findings: [], unknown: ["window-too-short"] });
  });

  it("conntrack: a table without a row is no 0", () => {
    const texts = { conntrack: statText(CONNTRACK) };
    expect(judged("conntrack-drop", [sampleOf(0, texts), sampleOf(1000, texts)])).toMatchObject({
      findings: [],
      unknown: ["no-file"],
      isOk: false,
    });
  });

  it("conntrack-full: what another namespace tracked a moment ago is not of this one", () => {
    const limits = limitsOf({ "net.netfilter.nf_conntrack_max": [1000] });
    const at = (time: number, entries: number, namespace: number) =>
      sampleOf(time, { conntrack: statText(CONNTRACK, { entries }) }, { namespace });
    expect(judged("conntrack-full", [at(0, 990, 1), at(1000, 10, 1)], { limits }).findings).toMatchObject([
      { severity: "crit" },
    ]);
    expect(judged("conntrack-full", [at(0, 990, 1), at(1000, 10, 2)], { limits })).toMatchObject({ isOk: true });
  });

  it("udp-no-port: a window that is too short for a baseline is not in order, where all may have come lately", () => {
    const at = (time: number, ports: number) => sampleOf(100_000 + time, { snmp: group("Udp", { NoPorts: ports }) });
    // 4 a second over 50 s, which can be 20 a second over the last ten.
    expect(judged("udp-no-port", [at(0, 0), at(50_000, 200)]).unknown).toEqual(["window-too-short"]);
    expect(judged("udp-no-port", [at(0, 0), at(50_000, 50)])).toMatchObject({ isOk: true });
  });
});

describe("numbers of the machine", () => {
  it("tcp-memory-pressure is of no namespace", () => {
    const at = (time: number, count: number) =>
      sampleOf(time, { netstat: group("TcpExt", { TCPMemoryPressures: count, TCPMemoryPressuresChrono: 0 }) });
    const [finding] = judged("tcp-memory-pressure", [at(0, 0), at(1000, 1)]).findings;
    expect(finding).toMatchObject({ subject: { kind: "machine" } });
    expect(finding?.namespace).toBeUndefined();
  });

  it("that their limits are not shown clears what is of the namespace", () => {
    const id = "udp-memory";
    const monitor = new HealthMonitor({ only: [id], window: 1000, clearRounds: 2 });
    const add = (second: number, errors: number): number => {
      const texts = {
        snmp: group("Udp", { MemErrors: errors }),
        snmp6: lines({ Udp6MemErrors: 0 }),
        sockstat: sockstatText({}),
      };
      return monitor.add(sampleOf(second * 1000, texts)).findings.length;
    };
    // udp_mem is never known here.
    expect([add(0, 0), add(1, 3), add(2, 3), add(3, 3)]).toEqual([0, 1, 1, 0]);
  });
});

it("owners: the one that holds most of what a finding is about comes first", () => {
  const [few, most, both] = [ownerOf(1, "few"), ownerOf(2, "most"), ownerOf(3, "both")];
  const sockets = [[few], [most], [most], [both, most], [both]].map((owners) => ({ owners }));
  expect(ownersOf(sockets).map(({ program, sockets: held }) => [program, held])).toEqual([
    ["most", 3],
    ["both", 2],
    ["few", 1],
  ]);
});
