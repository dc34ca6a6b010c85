import { expect, it } from "vitest";
import { escapeText } from "../../packages/procnet/src/index.ts";
import {
  FIRST_PORT,
  HIDING_NAMES,
  HOSTILE_DEVICES,
  HOSTILE_NAMES,
  hostile,
  LONG_NAME,
} from "../support/page/hostile.ts";
import { layoutFaults } from "../support/page/layout.ts";
import { canRead, explain, row, VIEWS } from "../support/page/person.ts";
import { usePage } from "../support/page/use-page.ts";

/* Names that somebody hostile chose are shown as text, in every view, with all told that there is. */

const tests = usePage(hostile, ["--expose", "full"]);
const NAMES = [...HOSTILE_NAMES, ...HIDING_NAMES, ["length", LONG_NAME] as const];

const text = (name: string): string => escapeText(Buffer.from(name, "latin1").toString("utf8"));

/** Whether anything that was chosen elsewhere ran, or became part of the markup. */
async function expectUntouched(page: Awaited<ReturnType<ReturnType<typeof tests>["open"]>>["page"]): Promise<void> {
  expect(await page.evaluate("window.taken")).toBeUndefined();
  expect(await page.locator("img, b, [onerror], [onmouseover], [href^='javascript:']").count()).toBe(0);
}

it("sockets: each name stands there as it is, what hides in it made visible", async () => {
  const { page } = await tests().open("/?view=sockets");
  for (const [at, [what, name]] of NAMES.entries()) {
    const mine = row(page, `127.0.0.1:${FIRST_PORT + at}`);
    await mine.waitFor();
    if (what !== "length") expect(await mine.innerText(), what).toContain(text(name).slice(0, 12));
  }
  await expectUntouched(page);
  expect(await layoutFaults(page)).toEqual([]);
});

it("unix sockets: their paths, and the command lines, in the explanation too", async () => {
  const { page } = await tests().open("/?view=sockets&protocol=unix&columns=proto,local,process,command");
  await row(page, "unix").first().waitFor();
  const caught = row(page, text(HOSTILE_NAMES.get("markup")!)).first();
  await explain(page, caught);
  // Bytes that are no UTF-8 are no digits.
  await row(page, "/run/caf").first().waitFor();
  await expectUntouched(page);
});

it.each(VIEWS)("%s: nothing is run, and nothing is wider than the page", async (view) => {
  const { page } = await tests().open(`/?view=${view.toLowerCase()}`);
  await page
    .getByRole("main")
    .getByRole("row")
    .nth(1)
    .or(page.getByRole("main").getByRole("listitem").first())
    .or(page.getByRole("main").getByText("leads from here"))
    .or(page.getByRole("main").getByText("No connection has sent or received anything"))
    .first()
    .waitFor();
  await expectUntouched(page);
  expect(await layoutFaults(page)).toEqual([]);
});

it("interfaces: whatever they are called", async () => {
  const { page } = await tests().open();
  for (const name of HOSTILE_DEVICES) await canRead(page, escapeText(name));
});
