import { describe, expect, it } from "vitest";
import { devText, limitsOf, type SampleRest, sampleOf, softnetRow } from "../support/live/sample.ts";
import { evidenceOf, judged } from "../support/live/scene.ts";

type Cpu = Parameters<typeof softnetRow>[0];

/** Two samples of CPUs 0 and 3, ten seconds apart: those between are off. */
function cpus(before: Cpu, after: Cpu, rest: readonly [SampleRest, SampleRest] = [{}, {}], dev = ["", ""]) {
  const text = (third: Cpu) => softnetRow({ cpu: 0 }) + softnetRow({ ...third, cpu: 3 });
  return [before, after].map((third, at) =>
    sampleOf(100_000 + at * 10_000, { softnet: text(third), ...(dev[at] && { dev: dev[at] }) }, rest[at]),
  );
}

/** A row of a kernel before 5.7, which has 11 columns and no CPU. */
const oldRow = (dropped: number) => `${softnetRow({ dropped }).split(" ").slice(0, 11).join(" ")}\n`;

describe("softnet-dropped", () => {
  const limits = limitsOf({ "net.core.netdev_max_backlog": [1000] });

  it("names the CPU by the column of the kernel, not by the place of the row", () => {
    const { findings } = judged("softnet-dropped", cpus({ dropped: 7 }, { dropped: 207 }), { limits });
    expect(findings).toMatchObject([
      { severity: "warn", subject: { kind: "cpu", cpu: 3 }, namespace: undefined, limit: { value: 1000 } },
    ]);
    expect(evidenceOf(findings[0]!, "dropped of CPU 3")).toEqual([7, 207, 200]);
    expect(findings[0]?.summary).toContain("CPU 3 dropped 200 packets in 10.0 s, 20.0 a second");
    expect(judged("softnet-dropped", cpus({ dropped: 7 }, { dropped: 8 })).findings).toMatchObject([
      { severity: "info" },
    ]);
  });

  it("adds rows up that do not tell their CPU", () => {
    const of = (at: number, ...drops: number[]) => sampleOf(at, { softnet: drops.map(oldRow).join("") });
    const { findings } = judged("softnet-dropped", [of(0, 5, 1), of(10_000, 5, 301)]);
    expect(findings).toMatchObject([{ subject: { kind: "machine" }, evidence: [{ delta: 300 }] }]);
  });

  it("is silent about old drops, and knows nothing after 32 bits or of a CPU that was off", () => {
    expect(judged("softnet-dropped", cpus({ dropped: 900 }, { dropped: 900 }))).toMatchObject({
      findings: [],
      isOk: true,
    });
    expect(judged("softnet-dropped", cpus({ dropped: 0xffffffff }, { dropped: 5 }))).toMatchObject({
      findings: [],
      unknown: ["reset"],
    });
    const one = (at: number, text: string) => sampleOf(at, { softnet: text });
    const woken = [
      one(0, softnetRow({ cpu: 0 })),
      one(9, softnetRow({ cpu: 0 }) + softnetRow({ cpu: 1, dropped: 50 })),
    ];
    expect(judged("softnet-dropped", woken)).toMatchObject({ findings: [], unknown: ["reset"] });
  });
});

describe("softnet-squeezed", () => {
  it("is no more than worth knowing, however often", () => {
    const { findings } = judged("softnet-squeezed", cpus({ squeezed: 0 }, { squeezed: 5000 }));
    expect(findings).toMatchObject([{ severity: "info", subject: { cpu: 3 } }]);
    expect(findings[0]?.summary).toContain("nothing was lost meanwhile");
  });

  it("is a warning with drops of the backlog, or of the ring", () => {
    const dropping = judged("softnet-squeezed", cpus({}, { squeezed: 200, dropped: 4 })).findings;
    expect(dropping).toMatchObject([{ severity: "warn" }]);
    const ring = [devText({ eth0: {} }), devText({ eth0: { recvFifo: 12 } })];
    const { findings } = judged("softnet-squeezed", cpus({}, { squeezed: 200 }, [{}, {}], ring));
    expect(findings).toMatchObject([{ severity: "warn" }]);
    expect(findings[0]?.summary).toContain("meanwhile recvFifo of eth0 rose by 12");
  });

  it("is silent below ten a second, with drops too", () => {
    expect(judged("softnet-squeezed", cpus({}, { squeezed: 100, dropped: 90 }))).toMatchObject({
      findings: [],
      isOk: true,
    });
  });
});

describe("softnet-flow-limit", () => {
  it("tells of packets of large flows", () => {
    const { findings } = judged("softnet-flow-limit", cpus({}, { flowLimit: 6 }));
    expect(findings).toMatchObject([{ severity: "info", subject: { cpu: 3 }, evidence: [{ delta: 6 }] }]);
  });

  it("is silent without, and unknown where the kernel has no such column", () => {
    expect(judged("softnet-flow-limit", cpus({ flowLimit: 6 }, { flowLimit: 6 }))).toMatchObject({ isOk: true });
    const ancient = (at: number) => sampleOf(at, { softnet: `${softnetRow({}).split(" ").slice(0, 9).join(" ")}\n` });
    expect(judged("softnet-flow-limit", [ancient(0), ancient(10_000)]).unknown).toEqual(["no-file"]);
  });
});
