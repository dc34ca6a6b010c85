import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { BURDENED, burdened } from "../support/page/burdened.ts";
import { canRead, filterOf, row, there } from "../support/page/person.ts";
import { usePage } from "../support/page/use-page.ts";

/* From the overview everything is one click away, and its graphs begin before it was opened. */

const tests = usePage(burdened);
const { most, full, here } = BURDENED;

it("leads from a finding to its evidence, and to the row that it is about", async () => {
  const { page } = await tests().open();
  const main = page.getByRole("main");
  await main.getByRole("link", { name: "tcp-accept-queue-overflow" }).first().click();
  await there(page, "Health");
  await page.getByRole("complementary", { name: /tcp-accept-queue-overflow/ }).waitFor();
  await page.goBack();
  await main
    .getByRole("link", { name: `tcp ${here}:${full.port}` })
    .first()
    .click();
  await there(page, "Listeners");
  await expect.poll(() => row(page).count()).toBe(2);
  await row(page, `${here}:${full.port}`, full.program).waitFor();
});

it("leads from a process, and from a number, to their sockets", async () => {
  const { page } = await tests().open();
  await row(page, most.program).getByRole("link").click();
  await there(page, "Sockets");
  expect(await filterOf(page).inputValue()).toMatch(/^pid = \d+$/);
  await row(page, `${here}:${most.port}`, most.program).first().waitFor();
  await page.goBack();
  await page
    .getByRole("main")
    .getByRole("link", { name: /^CLOSE_WAIT \d+$/ })
    .click();
  await there(page, "Sockets");
  await row(page, "CLOSE_WAIT").first().waitFor();
  expect(await row(page, "ESTABLISHED").count()).toBe(0);
});

it("says what a graph shows, and hides a line of it", async () => {
  const { page } = await tests().open();
  const line = page.getByRole("button", { name: /^ESTABLISHED/ });
  await expect.poll(() => line.textContent()).toMatch(/^ESTABLISHED [\d,]+, at least [\d,]+, at most [\d,]+$/);
  await line.scrollIntoViewIfNeeded();
  const drawn = page.getByRole("figure").first().locator("path.is-established");
  await expect.poll(() => drawn.count()).toBe(1);
  await line.press("Enter");
  await expect.poll(() => drawn.count()).toBe(0);
  expect(await line.getAttribute("aria-pressed")).toBe("false");
  await line.press("Enter");
  await expect.poll(() => drawn.count()).toBe(1);
});

/** How many points the line of those that are established has. */
async function points(page: Page): Promise<number> {
  const states = page.getByRole("figure").first();
  await states.scrollIntoViewIfNeeded();
  const path = await states.locator("path.is-established[d*=L]").getAttribute("d");
  return path?.split("L").length ?? 0;
}

it("has at once what was seen before it was opened", async () => {
  const { page } = await tests().open();
  await expect.poll(() => points(page)).toBeGreaterThan(8);
  const second = await tests().open();
  expect(await points(second.page)).toBeGreaterThan(6);
  await canRead(second.page, /Interface/);
});
