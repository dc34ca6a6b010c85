import { describe, expect, it } from "vitest";
import { turnsDuring } from "../../../test/support/turns.ts";
import { eachInTurns, inTurns } from "./turns.ts";

const THINGS: readonly number[] = Array.from({ length: 320 }, (_, at) => at);

/** What takes a while, as a row with hundreds of fields does. */
function slowly(): void {
  for (const end = performance.now() + 0.25; performance.now() < end; );
}

describe.each([
  ["a list", (take: (one: number) => void) => eachInTurns(THINGS, 0, take)],
  ["what is not counted before", (take: (one: number) => void) => inTurns(THINGS.values(), take)],
])("%s", (_, through) => {
  it("gives others their turn by the clock, however few things there are", async () => {
    // 80 ms of work: ten slices of 32 things, and of 5 ms at least.
    expect(await turnsDuring(() => through(slowly))).toBeGreaterThan(5);
  });

  it("is gone through once, in its order", async () => {
    const taken: number[] = [];
    await through((one) => taken.push(one));
    expect(taken).toEqual(THINGS);
  });
});
