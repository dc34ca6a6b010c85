import { expect, it } from "vitest";
import { Ranks } from "./ranks.ts";

const counts = (text: string): Map<string, number> =>
  new Map(
    text
      .split(" ")
      .map((part) => part.split("=") as [string, string])
      .map(([name, count]) => [name, Number(count)]),
  );
const placed = (ranks: Ranks, text: string, places?: number): string =>
  [...ranks.take(counts(text), places)].sort().join("");

it("gives places to those who have most", () => {
  expect(placed(new Ranks(2), "a=1 b=3 c=2")).toBe("bc");
  expect(placed(new Ranks(5), "a=1 b=3 c=2")).toBe("abc");
  expect(placed(new Ranks(0), "a=1")).toBe("");
});

it("keeps who has one until it is a fifth below who would take it", () => {
  const ranks = new Ranks(1);
  expect(placed(ranks, "a=10 b=9")).toBe("a");
  expect(placed(ranks, "a=10 b=12")).toBe("a");
  expect(placed(ranks, "a=10 b=13")).toBe("b");
  expect(placed(ranks, "a=15 b=13")).toBe("b");
  expect(placed(ranks, "a=15")).toBe("a");
});

it("gives the same places whatever the order", () => {
  expect(placed(new Ranks(2), "c=1 b=1 a=1")).toBe("ab");
  expect(placed(new Ranks(2), "a=1 b=1 c=1")).toBe("ab");
});

it("has fewer places where that is said", () => expect(placed(new Ranks(3), "a=1 b=3 c=2", 1)).toBe("b"));
