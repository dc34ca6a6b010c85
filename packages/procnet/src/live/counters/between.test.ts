import { createSocket } from "node:dgram";
import { describe, expect, it } from "vitest";
import { group, sampleOf } from "../../../../../test/support/live/sample.ts";
import { takeSample } from "../../index.ts";
import { type Rate, ratesBetween } from "./between.ts";

const snmp = (sent: number, established = 3): string =>
  group("Tcp", { RtoMin: 200, CurrEstab: established, RetransSegs: sent }) + group("Udp", { InDatagrams: sent });
const dev = (name: string, bytes: number): string =>
  `Inter-|   Receive                                                |  Transmit\n face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed\n${name.padStart(6)}: ${bytes} 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n`;
const softnet = (dropped: string, cpu = 0): string =>
  `00000005 ${dropped} 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 0000000${cpu}\n`;

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
