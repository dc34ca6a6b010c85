import { expect, it } from "vitest";
import type { OwnersFound } from "./found.ts";
import { SharedLook } from "./shared-look.ts";

/** A look that ends when it is told to, and how many have begun. */
function looks(): { shared: SharedLook; begun: () => number; end: (how?: Error) => void } {
  const ends: ((how?: Error) => void)[] = [];
  let begun = 0;
  const start = (): Promise<OwnersFound> => {
    const number = ++begun;
    return new Promise((resolve, reject) =>
      ends.push((how) =>
        how === undefined ? resolve({ owners: () => undefined, number } as unknown as OwnersFound) : reject(how),
      ),
    );
  };
  return { shared: new SharedLook(start), begun: () => begun, end: (how) => ends.shift()!(how) };
}

const numberOf = async (look: Promise<OwnersFound>): Promise<unknown> =>
  ((await look) as unknown as { number: number }).number;

it("those who ask at the same time share a look, and the next begins when that one has ended", async () => {
  const { shared, begun, end } = looks();
  const both = [shared.current(), shared.current()];
  end();
  expect(await Promise.all(both.map(numberOf))).toEqual([1, 1]);
  const third = shared.current();
  end();
  expect(await numberOf(third)).toBe(2);
  expect(begun()).toBe(2);
});

it("who needs one that begins after the question waits for it, and shares it with others who do", async () => {
  const { shared, end } = looks();
  const running = shared.current();
  const later = [shared.fromNow(), shared.fromNow()];
  end();
  expect(await numberOf(running)).toBe(1);
  await new Promise((resolve) => setImmediate(resolve));
  end();
  expect(await Promise.all(later.map(numberOf))).toEqual([2, 2]);
});

it("begins at once where none is under way, and after one that failed", async () => {
  const { shared, end } = looks();
  const first = shared.fromNow();
  const second = shared.fromNow();
  end(new Error("the look failed"));
  await expect(first).rejects.toThrow("the look failed");
  await new Promise((resolve) => setImmediate(resolve));
  end();
  expect(await numberOf(second)).toBe(2);
});
