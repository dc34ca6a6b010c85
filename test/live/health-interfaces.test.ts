import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { Sample } from "../../packages/procnet/src/index.ts";
import { type DevCounts, devText, missing, type SampleRest, sampleOf, softnetRow } from "../support/live/sample.ts";
import { healthInside, judged } from "../support/live/scene.ts";
import { Namespace, veth } from "../support/namespace.ts";
import { missingTools, noNamespaces, ROOT, skipIf } from "../support/tools.ts";

/** Samples of one interface, ten seconds apart unless said otherwise. */
function eth0(counts: readonly DevCounts[], device: NonNullable<SampleRest["devices"]>[string] = {}, step = 10_000) {
  return counts.map((of, at) =>
    sampleOf(
      100_000 + at * step,
      { dev: devText({ eth0: of }), softnet: softnetRow({}) },
      { devices: { eth0: { index: 2, ...device } } },
    ),
  );
}

const SUBJECT = { kind: "interface", interface: "eth0", index: 2 };

describe("interface-errors", () => {
  it("is raised by a share of what came, of each direction", () => {
    const bad = { recvPackets: 20_000, recvErrs: 400, sentPackets: 20_000, sentErrs: 5 };
    const { findings } = judged("interface-errors", eth0([{ recvErrs: 100 }, bad]));
    expect(findings).toMatchObject([{ severity: "warn", subject: SUBJECT }]);
    expect(findings[0]?.summary).toBe(
      "eth0 counted 300 errors of received packets (1.5 %) and 5 errors of sent packets (0.02 %) in 10.0 s",
    );
  });

  it("is silent about a few, about few of very many, and about those of an hour", () => {
    for (const after of [
      { recvPackets: 10, recvErrs: 4 },
      { recvPackets: 10_000_000, recvErrs: 50 },
      { recvPackets: 10_000_000, recvErrs: 0 },
    ]) {
      expect(judged("interface-errors", eth0([{}, after]))).toMatchObject({ findings: [], isOk: true });
    }
    const hour = eth0([{}, { recvPackets: 9000, recvErrs: 20 }], {}, 3_600_000);
    expect(judged("interface-errors", hour)).toMatchObject({ findings: [], isOk: true });
  });

  it("knows nothing of an interface that was made anew under the same name", () => {
    const [before] = eth0([{ recvErrs: 0 }]);
    const [, after] = eth0([{}, { recvErrs: 500, recvPackets: 600 }], { index: 9 });
    expect(judged("interface-errors", [before!, after!])).toMatchObject({ findings: [], unknown: ["reset"] });
    expect(judged("interface-errors", [sampleOf(0, {}, { missing: [missing("dev")] })]).unknown).toEqual(["no-file"]);
  });
});

describe("an interface that was away", () => {
  const [with100, , with5] = eth0([{ recvErrs: 100 }, {}, { recvErrs: 5 }], { index: undefined });
  const later = { ...with100!, at: 120_000, uptime: 120 };
  const gone = sampleOf(110_000, { dev: devText({ lo: {} }) });

  it("has no rate, and least of all a negative one", () => {
    expect(judged("interface-errors", [with100!, gone, with5!])).toMatchObject({ findings: [], unknown: ["reset"] });
    expect(judged("interface-errors", [{ ...with5!, at: 100_000, uptime: 100 }, gone, later]).unknown).toEqual([]);
  });

  it("has none either when it fell in between and is higher again", () => {
    const went = [100, 3, 900].map((recvErrs) => ({ recvErrs }));
    expect(judged("interface-errors", eth0(went))).toMatchObject({ findings: [], unknown: ["reset"] });
  });
});

describe("interface-drops", () => {
  const dropping = { recvPackets: 18_000, recvDrop: 2000 };

  it("warns where the device had no room", () => {
    const [before, after] = [eth0([{}], { recvMissed: 0 })[0]!, eth0([{}, dropping], { recvMissed: 1500 })[1]!];
    const { findings } = judged("interface-drops", [before, after]);
    expect(findings).toMatchObject([{ severity: "warn", subject: SUBJECT }]);
    expect(findings[0]?.summary).toContain("2,000 packets (10.0 %) it received, 1,500 of them because the device had");
  });

  it("says the harmless reading first where there was room everywhere", () => {
    const { findings } = judged("interface-drops", eth0([{}, dropping], { recvMissed: 0 }));
    expect(findings).toMatchObject([{ severity: "info" }]);
    expect(findings[0]?.summary).toContain("likely because nobody wanted them");
  });

  it("warns of what was not sent", () => {
    const { findings } = judged("interface-drops", eth0([{}, { sentPackets: 0, sentDrop: 1500 }]));
    expect(findings).toMatchObject([{ severity: "warn" }]);
    expect(findings[0]?.summary).toBe("eth0 dropped 1,500 packets (100.0 %) that were to be sent in 10.0 s");
  });

  it("is silent below two in a hundred, on a radio below ten", () => {
    expect(judged("interface-drops", eth0([{}, { recvPackets: 98_100, recvDrop: 1900 }]))).toMatchObject({
      findings: [],
      isOk: true,
    });
    const radio = eth0([{}, { recvPackets: 91_000, recvDrop: 9000 }], { isWireless: true });
    expect(judged("interface-drops", radio)).toMatchObject({ findings: [], isOk: true });
    expect(judged("interface-drops", eth0([{}, { recvPackets: 91_000, recvDrop: 9000 }])).findings).toHaveLength(1);
  });

  it("does not tell from few packets", () => {
    const few = eth0([{}, { recvPackets: 9000, recvDrop: 900 }]);
    expect(judged("interface-drops", few)).toMatchObject({ findings: [], unknown: ["too-little"] });
  });
});

describe("interface-fifo", () => {
  it("is raised by the first, and not by those of before", () => {
    expect(judged("interface-fifo", eth0([{ recvFifo: 3 }, { recvFifo: 4 }])).findings).toMatchObject([
      { severity: "warn", subject: SUBJECT, evidence: [{ delta: 1 }] },
    ]);
    expect(judged("interface-fifo", eth0([{ recvFifo: 3 }, { recvFifo: 3 }]))).toMatchObject({ isOk: true });
  });
});

describe("interface-saturated", () => {
  const speed = 1e9;
  const full = { sentBytes: 7_000_000_000 };

  it("warns when the link was full for a minute, and tells of a burst", () => {
    const { findings } = judged("interface-saturated", eth0([{}, full], { speed }, 60_000));
    expect(findings).toMatchObject([
      { severity: "warn", limit: { name: "speed", value: 1e9, scope: "interface", file: "/sys/class/net/eth0/speed" } },
    ]);
    expect(findings[0]?.summary).toBe("eth0 carries 93.3 % of the 1000 Mbit/s that its link can");
    const burst = judged("interface-saturated", eth0([{}, { recvBytes: 1_200_000_000 }], { speed })).findings;
    expect(burst).toMatchObject([{ severity: "info" }]);
    expect(burst[0]?.summary).toContain("whether that lasts, 10.0 s do not tell");
  });

  it("is silent where both directions together are full, not one; unknown without a speed", () => {
    const half = { sentBytes: 3_700_000_000, recvBytes: 3_700_000_000 };
    expect(judged("interface-saturated", eth0([{}, half], { speed }, 60_000))).toMatchObject({
      findings: [],
      isOk: true,
    });
    expect(judged("interface-saturated", eth0([{}, full]))).toMatchObject({ findings: [], unknown: ["no-limit"] });
  });

  it("does not ask lo for its speed", () => {
    const lo = (at: number) => sampleOf(at, { dev: devText({ lo: { recvBytes: at * 1e9 } }) });
    expect(judged("interface-saturated", [lo(0), lo(1000)])).toMatchObject({ findings: [], isOk: true });
  });
});

describe("interface-flaps", () => {
  const changes = (before: number, after: number, step?: number): Sample[] => {
    const [first] = eth0([{}], { carrierChanges: before });
    return [first!, eth0([{}, {}], { carrierChanges: after }, step)[1]!];
  };

  it("is raised by down and up", () => {
    expect(judged("interface-flaps", changes(2, 4)).findings).toMatchObject([
      { severity: "warn", subject: SUBJECT, evidence: [{ file: "/sys/class/net/eth0/carrier_changes", delta: 2 }] },
    ]);
  });

  it("is silent about one change, and about two in an hour", () => {
    expect(judged("interface-flaps", changes(2, 3))).toMatchObject({ findings: [], isOk: true });
    expect(judged("interface-flaps", changes(2, 4, 3_600_000))).toMatchObject({ findings: [], isOk: true });
    expect(judged("interface-flaps", eth0([{}, {}])).unknown).toEqual(["no-file"]);
  });
});

describe("interface-storm", () => {
  const storm = (...packets: number[]) =>
    packets.map((recvPackets, at) => {
      const index = { devices: { eth0: { index: 2 } } };
      return sampleOf(at === 0 ? 0 : 40_000 + at * 10_000, { dev: devText({ eth0: { recvPackets } }) }, index);
    });

  it("tells of fifty times as many", () => {
    const { findings } = judged("interface-storm", storm(0, 100_000, 1_200_000));
    expect(findings).toMatchObject([{ severity: "info", subject: SUBJECT }]);
    expect(findings[0]?.summary).toBe("eth0 receives 110,000 packets a second; before, 2,000");
  });

  it("is silent about a host that was idle, and does not compare what is short", () => {
    expect(judged("interface-storm", storm(0, 10, 400_000))).toMatchObject({ findings: [], isOk: true });
    expect(judged("interface-storm", storm(0, 100_000, 1_000_000))).toMatchObject({ findings: [], isOk: true });
    expect(judged("interface-storm", eth0([{}, { recvPackets: 9_000_000 }])).unknown).toEqual(["window-too-short"]);
  });
});

describe("bond-degraded", () => {
  const bond = (...up: boolean[]) => [
    sampleOf(0, {}, { bonds: [{ name: "bond0", slaves: up.map((isUp, at) => ({ name: `eth${at}`, isUp })) }] }),
  ];

  it("names the link that is down", () => {
    const { findings } = judged("bond-degraded", bond(true, false));
    expect(findings).toMatchObject([{ severity: "warn", subject: { interface: "bond0" }, limit: { value: 2 } }]);
    expect(findings[0]?.summary).toBe("1 of 2 links of bond0 are up; not eth1");
  });

  it("is silent where all are up, and unknown without the driver", () => {
    expect(judged("bond-degraded", bond(true, true))).toMatchObject({ findings: [], isOk: true });
    expect(judged("bond-degraded", bond())).toMatchObject({ findings: [], isOk: true });
    expect(judged("bond-degraded", [sampleOf(0, {}, { missing: [missing("bonding")] })]).unknown).toEqual(["no-file"]);
  });
});

describe("on this kernel", () => {
  const made: Namespace[] = [];
  afterEach(() => {
    for (const namespace of made.splice(0)) namespace.remove();
  });

  /** Two namespaces with a pair of devices between them, both up. */
  function pair(): [Namespace, Namespace] {
    const [here, there] = [new Namespace(), new Namespace()];
    made.push(here, there);
    veth(here, "near", there, "far");
    here.ip("link set near up\naddr add 10.7.0.1/24 dev near");
    there.ip("link set far up\naddr add 10.7.0.2/24 dev far");
    return [here, there];
  }

  const frames = (type: string, count: number) =>
    `python3 -c 'import socket
s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
s.bind(("near", 0))
for i in range(${count}): s.send(b"\\xff" * 6 + b"\\x02" * 6 + bytes.fromhex("${type}") + b"x" * 50)'`;

  it("a link that goes down and up is told of by the other end; one that stays is not", (context) => {
    skipIf(context, noNamespaces());
    const [here] = pair();
    const only = ["interface-flaps"];
    const { findings } = healthInside(here, {
      step: "ip link set near down; ip link set near up; ip link set near down; ip link set near up",
      only,
    });
    expect(findings).toMatchObject([{ id: "interface-flaps", subject: { interface: "near" } }]);
    expect(healthInside(here, { step: "true", only })).toMatchObject({ findings: [], unknown: [], ok: only });
  });

  it("frames of a protocol that nobody speaks are drops that do no harm; those of ARP are none", (context) => {
    skipIf(context, noNamespaces() ?? missingTools("python3", "nsenter"));
    const [here, there] = pair();
    const inside = (type: string) => ({
      step: `nsenter --net=/run/netns/${here.name} ${frames(type, 300)}`,
      only: ["interface-drops"],
      thresholds: { "interface-drops": { received: 100 } },
    });
    const { findings } = healthInside(there, inside("88b5"));
    expect(findings).toMatchObject([{ subject: { interface: "far", index: expect.any(Number) } }]);
    expect(findings[0]!.evidence[0]!.delta).toBeGreaterThanOrEqual(300);
    expect(findings[0]?.summary).toMatch(/nobody wanted them|backlog was full/); // the latter on a busy host
    expect(healthInside(there, inside("0806"))).toMatchObject({ findings: [], ok: ["interface-drops"] });
  });

  it("what a link carries is held against its speed", (context) => {
    skipIf(context, noNamespaces() ?? missingTools("python3"));
    const [here] = pair();
    const inside = { step: frames("88b5", 300), only: ["interface-saturated"] };
    // 10,000 Mbit/s that the kernel makes up for veth.
    const low = { thresholds: { "interface-saturated": { warn: 1e-9, hold: 0 } } };
    expect(healthInside(here, { ...inside, ...low }).findings).toMatchObject([
      { severity: "warn", subject: { interface: "near" }, limit: { value: 1e10 } },
    ]);
    expect(healthInside(here, inside)).toMatchObject({ findings: [], unknown: [] });
  });
});

it("what sysfs tells is of the reader's own namespace alone, also where another one has interfaces of the same names", (context) => {
  skipIf(context, noNamespaces());
  const [own, other] = [new Namespace(), new Namespace()];
  try {
    const child = other.spawn("sleep", ["600"]);
    const program = `
      const { takeSample } = await import(process.argv[1]);
      const told = async (pid) => (await takeSample({ pid, sockets: false })).devices.map(({ name, carrierChanges }) => [name, carrierChanges]);
      // It has entered its namespace when it has its name.
      const { readFileSync } = await import("node:fs");
      while (readFileSync("/proc/" + process.argv[2] + "/comm", "utf8") !== "sleep\\n");
      console.log(JSON.stringify([await told(Number(process.argv[2])), await told(process.pid)]));
    `;
    const door = join(ROOT, "packages/procnet/dist/index.js");
    const told = own.run(process.execPath, ["--input-type=module", "-e", program, door, String(child.pid)]);
    expect(JSON.parse(told)).toEqual([[["lo", null]], [["lo", 0]]]);
  } finally {
    own.remove();
    other.remove();
  }
});
