import type { Rate } from "procnet/live";
import { expect, it } from "vitest";
import { Moved } from "./moved.ts";

function bytesOf(index: number, delta: number | undefined): Rate {
  const of = { kind: "interface", interface: `veth${index}`, index } as const;
  const counter = { name: "dev.recvBytes", file: "net/dev", scope: "namespace", kind: "counter", bits: 64 } as const;
  return { ...counter, of, value: 1, delta, perSecond: delta };
}

const names = (rates: readonly Rate[]): unknown[] =>
  rates.map(({ of }) => (of?.kind === "interface" ? of.interface : undefined));

it("tells what grew, then or before", () => {
  const moved = new Moved();
  expect(names(moved.take([bytesOf(1, 5), bytesOf(2, 0), bytesOf(3, undefined)]))).toEqual(["veth1"]);
  expect(names(moved.take([bytesOf(1, 0), bytesOf(2, 7)]))).toEqual(["veth1", "veth2"]);
  expect(moved.take([])).toEqual([]);
  expect(names(moved.take([bytesOf(1, 0), bytesOf(2, 0)]))).toEqual(["veth1", "veth2"]);
});

it("is no larger after days of interfaces that come and go", () => {
  const moved = new Moved();
  for (let index = 1; index < 1000; index++) moved.take([bytesOf(0, 1), bytesOf(index, 1)]);
  expect(moved.size).toBe(2);
});
