import type { Rate, RateEvent } from "procnet/live";
import { expect, it } from "vitest";
import { type RatesDocument, RatesNow } from "./rates-now.ts";

function counter(name: string, value: number, delta?: number, more: Partial<Rate> = {}): Rate {
  const of = undefined;
  return {
    ...{ name, file: "net/snmp", scope: "namespace", kind: "counter", bits: 64, of, value },
    ...{ delta, perSecond: delta, ...more },
  };
}

function look(second: number, rates: readonly Rate[], events: readonly RateEvent[] = []): RatesDocument {
  return { takenAt: new Date(second * 1000).toISOString(), seconds: 1, rates, events };
}

function started(...rates: readonly Rate[]): RatesNow {
  const now = new RatesNow();
  now.begin(look(1, rates));
  return now;
}

const grown = (now: RatesNow): unknown[] => now.rows().map(({ name, value, delta }) => [name, value, delta]);

it("knows of what was not told that it did not grow", () => {
  const now = started(counter("Tcp.InSegs", 10, 5), counter("Tcp.OutSegs", 20, 5));
  now.apply(look(2, [counter("Tcp.InSegs", 13, 3)]));
  expect(grown(now)).toEqual([
    ["Tcp.InSegs", 13, 3],
    ["Tcp.OutSegs", 20, 0],
  ]);
});

it("knows no growth of a number of now", () => {
  const now = started(counter("Tcp.CurrEstab", 10, undefined, { kind: "gauge" }));
  now.apply(look(2, []));
  expect(grown(now)).toEqual([["Tcp.CurrEstab", 10, undefined]]);
});

it("knows nothing before all were told", () => {
  const now = new RatesNow();
  now.apply(look(2, [counter("Tcp.InSegs", 13, 3)]));
  expect(now.rows()).toEqual([]);
  expect(now.needsAll).toBe(true);
});

it("knows nothing any more where a look was missed, or counting began anew", () => {
  const later = started(counter("Tcp.InSegs", 10));
  later.apply(look(3, []));
  expect(later.needsAll).toBe(true);
  expect(later.rows()).toEqual([]);
  const anew = started(counter("Tcp.InSegs", 10));
  anew.apply(look(2, [], [{ kind: "reset", name: "Tcp.InSegs", of: undefined }]));
  expect(anew.needsAll).toBe(true);
});

it("passes over a look that all counters are newer than", () => {
  const now = started(counter("Tcp.InSegs", 10, 4));
  now.apply(look(1, [counter("Tcp.InSegs", 9, 1)]));
  expect(grown(now)).toEqual([["Tcp.InSegs", 10, 4]]);
  expect(now.needsAll).toBe(false);
});

it("forgets those that are gone, and keeps those of other interfaces", () => {
  const of = (index: number) => ({ of: { kind: "interface", interface: `eth${index}`, index } }) as const;
  const now = started(counter("dev.recvBytes", 1, 1, of(0)), counter("dev.recvBytes", 2, 1, of(1)));
  now.apply(look(2, [], [{ kind: "gone", name: "dev.recvBytes", ...of(0) }]));
  expect(grown(now)).toEqual([["dev.recvBytes", 2, 0]]);
});
