import fc from "fast-check";
import { expect, it } from "vitest";
import { rowWindow } from "./window.ts";

const some = fc.integer({ min: 0, max: 300 });

it("rows that are drawn are there, fill the room, and have the selected one among them", () => {
  fc.assert(
    fc.property(some, some, some, fc.option(some, { nil: undefined }), (total, room, first, selected) => {
      const { first: start, count } = rowWindow({ total, room, first, selected });
      expect(start).toBeGreaterThanOrEqual(0);
      expect(count).toBe(Math.min(total, room));
      expect(start + count).toBeLessThanOrEqual(total);
      if (selected !== undefined && selected < total && room > 0) {
        expect(selected).toBeGreaterThanOrEqual(start);
        expect(selected).toBeLessThan(start + count);
      }
    }),
  );
});

it("moves as little as it can, and draws some beyond the room", () => {
  expect(rowWindow({ total: 100, room: 10, first: 20, selected: 25 })).toEqual({ first: 20, count: 10 });
  expect(rowWindow({ total: 100, room: 10, first: 20, selected: 30 })).toEqual({ first: 21, count: 10 });
  expect(rowWindow({ total: 100, room: 10, first: 95 })).toEqual({ first: 90, count: 10 });
  expect(rowWindow({ total: 100, room: 10, first: 2, beyond: 5 })).toEqual({ first: 0, count: 17 });
});
