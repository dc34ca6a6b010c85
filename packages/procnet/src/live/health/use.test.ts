import { describe, expect, it } from "vitest";
import {
  devText,
  group,
  limitsOf,
  sampleOf,
  sockstatText,
  softnetRow,
} from "../../../../../test/support/live/sample.ts";
import { evaluateHealth } from "./evaluate.ts";
import { SPECS } from "./findings/index.ts";
import { useTable } from "./use.ts";

const limits = limitsOf({ "net.ipv4.tcp_mem": [900, 1200, 1800] });
const at = (time: number, drops: number) =>
  sampleOf(
    time,
    {
      netstat: group("TcpExt", { TCPMemoryPressures: 0, TCPMemoryPressuresChrono: 0 }),
      sockstat: sockstatText({ tcp: 450 }),
      softnet: softnetRow({ cpu: 0, dropped: drops }),
      dev: devText({ eth0: { recvBytes: time * 12_500 } }),
    },
    { devices: { eth0: { speed: 1e9 } } },
  );
const samples = [at(0, 0), at(10_000, 500)];
const rowOf = (rows: ReturnType<typeof useTable>, resource: string) => rows.find((row) => row.resource === resource)!;

describe("the table of the USE method", () => {
  it("has in order, found and not known in its cells", () => {
    const rows = useTable(evaluateHealth(samples, { limits }), { samples, limits });
    expect(rowOf(rows, "network stack (CPU)").saturation).toMatchObject({ state: "finding", severity: "warn" });
    expect(rowOf(rows, "memory of TCP, UDP")).toMatchObject({
      utilization: {
        state: "unknown",
        checks: expect.arrayContaining([{ id: "tcp-memory", state: "ok", severity: undefined }]),
      },
      saturation: { state: "ok", severity: undefined },
    });
    expect(rowOf(rows, "conntrack").errors).toMatchObject({ state: "unknown" });
    expect(rowOf(rows, "network stack (CPU)")).toMatchObject({ utilization: undefined, errors: undefined });
  });

  it("says how much is used, of what was read", () => {
    const health = evaluateHealth(samples, { limits });
    const rows = useTable(health, { samples, limits });
    expect(rowOf(rows, "interface").utilization?.share).toBeCloseTo(0.1);
    expect(rowOf(rows, "memory of TCP, UDP").utilization?.share).toBe(0.25);
    expect(rowOf(rows, "conntrack").utilization?.share).toBeUndefined();
    expect(rowOf(useTable(health), "interface").utilization).toMatchObject({ state: "ok", share: undefined });
  });

  it("leaves out what was not judged", () => {
    const health = evaluateHealth(samples, { limits, only: ["softnet-dropped"] });
    const rows = useTable(health);
    expect(rowOf(rows, "interface")).toMatchObject({
      utilization: undefined,
      saturation: undefined,
      errors: undefined,
    });
    expect(rowOf(rows, "network stack (CPU)").saturation?.checks).toEqual([
      { id: "softnet-dropped", state: "finding", severity: "warn" },
    ]);
  });

  it("has a place for every finding that names one, once", () => {
    const rows = useTable(evaluateHealth(samples));
    const ids = rows
      .flatMap(({ utilization, saturation, errors }) => [utilization, saturation, errors])
      .flatMap((cell) => cell?.checks ?? [])
      .map(({ id }) => id);
    expect(ids.sort()).toEqual(SPECS.flatMap(({ id, use }) => (use === undefined ? [] : [id])).sort());
  });
});
