import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { History } from "./history.ts";

describe("a history", () => {
  it("keeps the last points of each series, the oldest first", () => {
    const history = new History({ points: 3 });
    for (let time = 1; time <= 5; time++) history.add(time, [["a", time * 10]]);
    const { times, values } = history.points("a");
    expect([[...times], [...values]]).toEqual([
      [3, 4, 5],
      [30, 40, 50],
    ]);
    expect(history.last("a")).toBe(50);
  });

  it("has no number where there was none: neither 0 nor the one before", () => {
    const history = new History({ points: 4 });
    history.add(1, [["a", 1]]);
    history.add(2, [["b", 2]]);
    history.add(3, [["a", undefined]]);
    expect([...history.points("a").values]).toEqual([1, Number.NaN, Number.NaN]);
    expect([...history.points("b").values]).toEqual([Number.NaN, 2, Number.NaN]);
    expect(history.last("a")).toBeUndefined();
    expect([...history.points("nobody").values]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });

  it("forgets series of which no point is left, and those seen longest ago where there are too many", () => {
    const history = new History({ points: 2, series: 2 });
    history.add(1, [["a", 1]]);
    history.add(2, [["b", 2]]);
    history.add(3, [["c", 3]]);
    expect(history.names()).toEqual(["b", "c"]);
    for (let time = 4; time < 8; time++) history.add(time, []);
    expect(history.names()).toEqual([]);
  });

  it("forgets a series with its last point, not later", () => {
    const history = new History({ points: 2 });
    history.add(1, [["a", 1]]);
    history.add(2, [["b", 2]]);
    expect(history.names()).toEqual(["a", "b"]);
    history.add(3, [["b", 3]]);
    expect(history.names()).toEqual(["b"]);
  });

  it("is what an array of points would be, whatever comes", () => {
    const rounds = fc.array(fc.dictionary(fc.constantFrom("a", "b", "c"), fc.integer()), { maxLength: 30 });
    fc.assert(
      fc.property(rounds, fc.integer({ min: 1, max: 8 }), (all, points) => {
        const history = new History({ points });
        all.forEach((values, at) => {
          history.add(at, Object.entries(values));
        });
        const kept = all.slice(-points);
        for (const name of ["a", "b", "c"])
          expect([...history.points(name).values]).toEqual(kept.map((values) => values[name] ?? Number.NaN));
      }),
    );
  });

  it.each([0, -1, 1.5, Number.NaN, "3"])("refuses %o points", (points) => {
    expect(() => new History({ points } as object)).toThrow(/whole numbers from 1 on/);
  });
});
