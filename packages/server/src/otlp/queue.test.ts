import { expect, it } from "vitest";
import { Queue } from "./queue.ts";

const one = (points: number, bytes = 10): { body: Uint8Array; points: number } => ({
  body: new Uint8Array(bytes),
  points,
});

function queueOf(bytes: number, requests: number): { readonly queue: Queue; readonly dropped: number[] } {
  const dropped: number[] = [];
  return { queue: new Queue({ bytes, requests }, (points) => dropped.push(points)), dropped };
}

it.each([
  ["bytes", 35, 100],
  ["requests", 1000, 3],
])("the oldest give way where there are too many %s", (_, bytes, requests) => {
  const { queue, dropped } = queueOf(bytes, requests);
  for (const points of [1, 2, 3, 4, 5]) queue.put(one(points));
  expect(dropped).toEqual([1, 2]);
  expect(queue.points).toBe(12);
  expect([queue.take(), queue.take(), queue.take(), queue.take()].map((taken) => taken?.points)).toEqual([
    3,
    4,
    5,
    undefined,
  ]);
  queue.put(one(6, 35));
  expect(queue.size).toBe(bytes === 35 ? 1 : 1);
});

it("what is put back is the oldest still, or gives way to what came meanwhile", () => {
  const { queue, dropped } = queueOf(1000, 2);
  queue.put(one(1));
  const taken = queue.take()!;
  queue.put(one(2));
  queue.putBack(taken);
  expect(queue.take()?.points).toBe(1);
  queue.put(one(3));
  queue.putBack(taken);
  expect(dropped).toEqual([1]);
  expect(queue.points).toBe(5);
});

it("one that is larger than all room is dropped itself", () => {
  const { queue, dropped } = queueOf(5, 2);
  queue.put(one(1));
  expect(dropped).toEqual([1]);
  expect(queue.size).toBe(0);
});

it("lets go of all at the end", () => {
  const { queue, dropped } = queueOf(1000, 10);
  queue.put(one(1));
  queue.put(one(2));
  queue.clear();
  expect(dropped).toEqual([3]);
  expect(queue.take()).toBeUndefined();
});
