import { createSocket } from "node:dgram";
import { describe, expect, it } from "vitest";
import { CONNTRACK, devText, group, NEIGHBOURS, sampleOf, statText } from "../../../../../test/support/live/sample.ts";
import { takeSample } from "../../index.ts";
import { type Rate, ratesBetween } from "./between.ts";

const snmp = (sent: number, established = 3): string =>
  group("Tcp", { RtoMin: 200, CurrEstab: established, RetransSegs: sent }) + group("Udp", { InDatagrams: sent });
const dev = (name: string, bytes: number): string =>
  `Inter-|   Receive                                                |  Transmit\n face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed\n${name.padStart(6)}: ${bytes} 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n`;
const softnet = (dropped: string, cpu = 0): string =>
  `00000005 ${dropped} 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 0000000${cpu}\n`;

const hex = (value: number): string => value.toString(16).padStart(8, "0");
const rate = (rates: readonly Rate[], name: string): Rate | undefined => rates.find((one) => one.name === name);

describe("rates", () => {
  it("are of two samples: of one there is none", () => {
    const { seconds, rates, events } = ratesBetween(undefined, sampleOf(1000, { snmp: snmp(5) }));
    expect({ seconds, events }).toEqual({ seconds: undefined, events: [] });
    expect(rates.map(({ name, delta, perSecond }) => [name, delta, perSecond])).toContainEqual([
      "Tcp.RetransSegs",
      undefined,
      undefined,
    ]);
  });

  it("are differences by the time between, and numbers of now have none", () => {
    const { seconds, rates } = ratesBetween(sampleOf(1000, { snmp: snmp(5) }), sampleOf(3500, { snmp: snmp(15, 9) }));
    expect(seconds).toBe(2.5);
    expect(rate(rates, "Tcp.RetransSegs")).toMatchObject({ kind: "counter", value: 15, delta: 10, perSecond: 4 });
    expect(rate(rates, "Tcp.CurrEstab")).toMatchObject({ kind: "gauge", value: 9, delta: undefined });
    expect(rate(rates, "Tcp.RtoMin")).toMatchObject({ kind: "gauge", perSecond: undefined });
  });

  it("are never of a counter that began anew: that is an event", () => {
    const { rates, events } = ratesBetween(sampleOf(0, { snmp: snmp(500) }), sampleOf(1000, { snmp: snmp(2) }));
    expect(rate(rates, "Tcp.RetransSegs")).toMatchObject({ value: 2, delta: undefined, perSecond: undefined });
    expect(events).toContainEqual({ kind: "reset", name: "Tcp.RetransSegs", of: undefined });
  });

  it("are never of one that went past its end of 32 bits", () => {
    const [before, after] = [softnet("fffffff0"), softnet("00000010")];
    const { rates, events } = ratesBetween(sampleOf(0, { softnet: before }), sampleOf(1000, { softnet: after }));
    expect(rate(rates, "softnet_stat.dropped")).toMatchObject({ value: 16, delta: undefined, bits: 32 });
    expect(events).toEqual([{ kind: "wrap", name: "softnet_stat.dropped", of: { kind: "cpu", cpu: 0 } }]);
  });

  it("tell interfaces of one name apart by their index, and CPUs by their number", () => {
    const one = sampleOf(0, { dev: dev("veth0", 900) }, { devices: { veth0: { index: 4 } } });
    const other = sampleOf(1000, { dev: dev("veth0", 1000) }, { devices: { veth0: { index: 9 } } });
    const { rates, events } = ratesBetween(one, other);
    expect(rate(rates, "dev.recvBytes")).toMatchObject({ delta: undefined });
    const kinds = events.filter(({ name }) => name === "dev.recvBytes").map(({ kind, of }) => [kind, of]);
    expect(kinds).toEqual([
      ["appeared", { kind: "interface", interface: "veth0", index: 9 }],
      ["gone", { kind: "interface", interface: "veth0", index: 4 }],
    ]);
    const cpus = ratesBetween(
      sampleOf(0, { softnet: softnet("00000001", 0) + softnet("00000002", 1) }),
      sampleOf(1000, { softnet: softnet("00000009", 1) }), // CPU 0 was taken off
    );
    expect(rate(cpus.rates, "softnet_stat.dropped")).toMatchObject({ delta: 7, of: { kind: "cpu", cpu: 1 } });
  });

  it("are none over a boot, and none between namespaces", () => {
    const before = sampleOf(1_000_000, { snmp: snmp(5) });
    const booted = ratesBetween(before, sampleOf(1_002_000, { snmp: snmp(9) }, { uptime: 3 }));
    expect(booted.events).toEqual([{ kind: "boot", name: undefined, of: undefined }]);
    expect(booted.rates.every(({ delta }) => delta === undefined)).toBe(true);
    const elsewhere = ratesBetween(before, sampleOf(1_001_000, { snmp: snmp(9) }, { namespace: 7 }));
    expect(elsewhere.seconds).toBeUndefined();
    expect(elsewhere.rates.every(({ delta }) => delta === undefined)).toBe(true);
    expect(elsewhere.events).toEqual([{ kind: "namespace", name: undefined, of: undefined }]);
  });

  it("go on for an interface that gets another name: its index says that it is the same", () => {
    const known = { devices: { eth0: { index: 3 }, wan0: { index: 3 } } };
    const [before, after] = [
      sampleOf(0, { dev: dev("eth0", 10) }, known),
      sampleOf(1000, { dev: dev("wan0", 15) }, known),
    ];
    const { rates, events } = ratesBetween(before, after);
    expect(rate(rates, "dev.recvBytes")).toMatchObject({ delta: 5, of: { interface: "wan0", index: 3 } });
    expect(events).toEqual([]);
  });

  it("are none of an interface that may be another one: one counter of it fell, and only the name is known", () => {
    const samples = (rest: object) => [
      sampleOf(0, { dev: devText({ eth0: { recvBytes: 1e9, sentBytes: 0 }, eth1: { recvBytes: 1 } }) }, rest),
      sampleOf(1000, { dev: devText({ eth0: { recvBytes: 7, sentBytes: 5e8 }, eth1: { recvBytes: 3 } }) }, rest),
    ];
    const deltas = (rest: object) => {
      const [before, after] = samples(rest);
      const { rates, events } = ratesBetween(before, after!);
      const of = (name: string) => rates.filter((one) => one.name === name).map(({ delta }) => delta);
      return { received: of("dev.recvBytes"), sent: of("dev.sentBytes"), resets: events.length };
    };
    expect(deltas({})).toEqual({ received: [undefined, 2], sent: [undefined, 0], resets: 16 });
    // A driver's fault in one counter costs no other one where the index says that it is the same.
    const known = { devices: { eth0: { index: 3 } } };
    expect(deltas(known)).toEqual({ received: [undefined, 2], sent: [5e8, 0], resets: 1 });
  });

  it("of the tables by CPU are those of each CPU, and one that went past 32 bits wraps by itself", () => {
    const rows = (first: number, second: number) => ({
      conntrack: statText(CONNTRACK, { entries: 5, drop: first }, { entries: 5, drop: second }),
      arpCache: statText(NEIGHBOURS, { entries: 2, lookups: first }, { entries: 2, lookups: second }),
    });
    const { rates, events } = ratesBetween(
      sampleOf(0, rows(2 ** 32 - 1, 7)),
      sampleOf(1000, rows(4, 9), { namespace: 4026531840 }),
    );
    const of = (name: string) =>
      rates.filter((one) => one.name === name).map((one) => [one.of, one.kind, one.bits, one.value, one.delta]);
    const [one, two] = [
      { kind: "cpu", cpu: 0 },
      { kind: "cpu", cpu: 1 },
    ];
    expect(of("stat/nf_conntrack.drop")).toEqual([
      [one, "counter", 32, 4, undefined],
      [two, "counter", 32, 9, 2],
    ]);
    expect(of("stat/nf_conntrack.entries")).toEqual([[undefined, "gauge", 32, 5, undefined]]);
    expect(events).toEqual([
      { kind: "reset", name: "stat/arp_cache.lookups", of: one },
      { kind: "wrap", name: "stat/nf_conntrack.drop", of: one },
    ]);
  });

  it("of kernels whose softnet_stat names no CPU are those of all CPUs, while there are as many", () => {
    const row = (dropped: number) => `${[5, dropped, ...new Array(9).fill(0)].map(hex).join(" ")}\n`;
    const at = (time: number, ...dropped: readonly number[]) => sampleOf(time, { softnet: dropped.map(row).join("") });
    const { rates } = ratesBetween(at(0, 3, 4), at(1000, 5, 6));
    expect(rate(rates, "softnet_stat.dropped")).toMatchObject({
      ...{ of: { kind: "cpus", count: 2 }, value: 11, delta: 4, perSecond: 4 },
    });
    // One that is switched on brings what it dropped long ago.
    const more = ratesBetween(at(0, 3, 4), at(1000, 5, 6, 4000));
    expect(rate(more.rates, "softnet_stat.dropped")).toMatchObject({ value: 4011, delta: undefined });
    expect(more.events.map(({ kind }) => kind)).toContain("appeared");
  });

  it("are none of a CPU that is off, nor when it comes back", () => {
    const both = softnet("00000003") + softnet("00000009", 1);
    const off = ratesBetween(sampleOf(0, { softnet: both }), sampleOf(1000, { softnet: softnet("00000004") }));
    expect(off.events.every(({ kind, of }) => kind === "gone" && of?.kind === "cpu" && of.cpu === 1)).toBe(true);
    expect(rate(off.rates, "softnet_stat.dropped")).toMatchObject({ delta: 1, of: { cpu: 0 } });
    const back = ratesBetween(sampleOf(0, { softnet: softnet("00000004") }), sampleOf(1000, { softnet: both }));
    expect(back.rates.filter(({ delta = 0 }) => delta > 0)).toEqual([]);
    expect(back.events.map(({ kind }) => kind)).toContain("appeared");
  });

  it("have no time to be divided by where both samples are of one moment", () => {
    const { rates } = ratesBetween(sampleOf(0, { snmp: snmp(5) }), sampleOf(0, { snmp: snmp(9) }));
    expect(rate(rates, "Tcp.RetransSegs")).toMatchObject({ delta: 4, perSecond: undefined });
  });

  it("of values beyond 2^53 are as exact as doubles are, and never below 0", () => {
    const big = (text: string) => ({ netstat: `IpExt: InOctets\nIpExt: ${text}\n` });
    const { rates } = ratesBetween(sampleOf(0, big("9007199254740993")), sampleOf(1000, big("9007199254750993")));
    expect(Math.abs(rate(rates, "IpExt.InOctets")!.delta! - 10_000)).toBeLessThanOrEqual(2);
    const end = ratesBetween(sampleOf(0, big("18446744073709551615")), sampleOf(1000, big("12")));
    expect(rate(end.rates, "IpExt.InOctets")!.delta).toBeUndefined();
  });

  it("of the running kernel count what this process sends", async () => {
    const socket = createSocket("udp4");
    const before = await takeSample({ sockets: false });
    await new Promise<void>((done) => {
      let left = 200;
      for (let sent = 0; sent < 200; sent++) socket.send("x", 9, "127.0.0.1", () => --left === 0 && done());
    });
    const { rates } = ratesBetween(before, await takeSample({ sockets: false }));
    socket.close();
    expect(rate(rates, "Udp.OutDatagrams")!.delta).toBeGreaterThanOrEqual(200);
    expect(rate(rates, "Udp.OutDatagrams")!.perSecond).toBeGreaterThan(0);
  });
});
