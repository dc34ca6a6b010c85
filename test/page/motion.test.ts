import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { BURDENED, burdened } from "../support/page/burdened.ts";
import { row } from "../support/page/person.ts";
import { usePage } from "../support/page/use-page.ts";

/* Nothing moves for who does not want it. */

const tests = usePage(burdened);
const LISTENING = `/?view=sockets&filter=${encodeURIComponent("state listening")}`;

/** Keeps count of whatever moves from now on. */
const COUNT = `
  window.moved = [];
  for (const type of ["animationstart", "transitionrun"])
    document.addEventListener(type, ({ target }) => window.moved.push(type + " " + target.className), true);
`;

async function movedWhileRowsComeAndGo(page: Page, port: number): Promise<string[]> {
  const program = tests().scene.programs.get(BURDENED.shell.program)!;
  await row(page, BURDENED.shell.program).first().waitFor();
  await page.evaluate(COUNT);
  await program.do({ do: "listen", key: "new", address: "127.0.0.1", port });
  await row(page, `127.0.0.1:${port}`).waitFor();
  await program.do({ do: "close", key: "new" });
  await row(page, `127.0.0.1:${port}`, /closed/i).waitFor();
  return page.evaluate<string[]>("window.moved");
}

it("fades nothing where that is asked for", async () => {
  const { page } = await tests().open(LISTENING, { reducedMotion: "reduce" });
  expect(await movedWhileRowsComeAndGo(page, 7101)).toEqual([]);
  expect(await page.evaluate("document.getAnimations().length")).toBe(0);
});

it("fades what is new elsewhere", async () => {
  const { page } = await tests().open(LISTENING);
  expect(await movedWhileRowsComeAndGo(page, 7102)).not.toEqual([]);
});
