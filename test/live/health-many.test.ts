import { describe, expect, it } from "vitest";
import type { Sample } from "../../packages/procnet/src/index.ts";
import { LIMITS } from "../../packages/procnet/src/live/limit-names.ts";
import { evaluateHealth, HealthMonitor, useTable } from "../../packages/procnet/src/live.ts";
import { devText, limitsOf, ownerOf, sampleOf, softnetRow } from "../support/live/sample.ts";
import { looked, times } from "../support/live/tcp-rows.ts";

const RESERVED = "net.ipv4.ip_local_reserved_ports";
const settings = Object.keys(LIMITS).map((name) => [name, name === RESERVED ? [] : [10, 20, 30]]);
const limits = limitsOf(Object.fromEntries(settings));

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
