import { expect, it } from "vitest";
import { Ranks } from "./ranks.ts";

const counts = (text: string): Map<string, number> =>
  new Map(
    text
      .split(" ")
      .map((part) => part.split("=") as [string, string])
      .map(([name, count]) => [name, Number(count)]),
  );
const placed = (ranks: Ranks, text: string, places: number): string =>
  [...ranks.take(counts(text), places)].sort().join("");

it("gives places to those who have most", () => {
  expect(placed(new Ranks(), "a=1 b=3 c=2", 2)).toBe("bc");
  expect(placed(new Ranks(), "a=1 b=3 c=2", 5)).toBe("abc");
  expect(placed(new Ranks(), "a=1", 0)).toBe("");
});

it("keeps who has one until it is a fifth below who would take it", () => {
  const ranks = new Ranks();
  expect(placed(ranks, "a=10 b=9", 1)).toBe("a");
  expect(placed(ranks, "a=10 b=12", 1)).toBe("a");
  expect(placed(ranks, "a=10 b=13", 1)).toBe("b");
  expect(placed(ranks, "a=15 b=13", 1)).toBe("b");
  expect(placed(ranks, "a=15", 1)).toBe("a");
});

it("gives the same places whatever the order", () => {
  expect(placed(new Ranks(), "c=1 b=1 a=1", 2)).toBe("ab");
  expect(placed(new Ranks(), "a=1 b=1 c=1", 2)).toBe("ab");
});

it("remembers who got a place, not who would have got one of more places", () => {
  const ranks = new Ranks();
  expect(ranks.rank(counts("a=10 b=9 c=8"))).toEqual(["a", "b", "c"]);
  ranks.hold(new Set(["a"]));
  expect(ranks.rank(counts("a=10 b=12 c=8"))).toEqual(["a", "b", "c"]);
  expect(ranks.rank(counts("a=10 b=13 c=8"))).toEqual(["b", "a", "c"]);
});
