import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { makeScene, noScene, type Scene } from "./scene.ts";
import { missingTools, skipIf } from "./tools.ts";

/** One scene for all tests of a file. They are skipped, and the reason is printed, where none can be made. */
export function useScene(...tools: string[]): () => Scene {
  const reason = noScene() ?? missingTools(...tools);
  let scene: Scene | undefined;
  beforeAll(async () => {
    if (reason === undefined) scene = await makeScene();
  });
  beforeEach((context) => skipIf(context, reason));
  afterAll(() => scene?.remove());
  return () => scene!;
}

const ATTEMPTS = 20;

/**
 * Compares what we read with what a program says, at a moment when neither changes: ours is read before and after the
 * program, and both readings must agree.
 */
export function expectSame<Value>(ours: () => Value, theirs: () => Value): void {
  let attempt = 0;
  let before: Value;
  let other: Value;
  let after: Value;
  do {
    before = ours();
    other = theirs();
    after = ours();
  } while (JSON.stringify(before) !== JSON.stringify(after) && ++attempt < ATTEMPTS);
  expect(before).toEqual(after);
  expect(after).toEqual(other);
}
