import { expect, it } from "vitest";
import { CROWD, crowded } from "../support/page/crowded.ts";
import { row } from "../support/page/person.ts";
import { usePage } from "../support/page/use-page.ts";

/* More than 100,000 sockets, each of them real. */

const tests = usePage(crowded);
const many = new Intl.NumberFormat("en-US").format(CROWD);

it("says how many there are in place of 5,000 rows and more, and how to see fewer or all", async () => {
  const { page } = await tests().open("/?view=sockets");
  await page.getByRole("main").getByText(many).first().waitFor();
  expect(await row(page).count()).toBeLessThan(200);
});

it("shows all rows on demand: from the first to the last, few of them drawn at a time", async () => {
  const { page } = await tests().open("/?view=sockets");
  await page.getByRole("main").getByText(many).first().waitFor();
  await page.getByRole("button", { name: /all/i }).click();
  const table = page.getByRole("main").getByRole("table").or(page.getByRole("main").getByRole("grid"));
  await expect.poll(() => table.getAttribute("aria-rowcount")).toBe(`${CROWD + 1}`);
  await row(page, "ESTABLISHED").or(row(page, "LISTEN")).first().waitFor();
  const numbers = (): Promise<number[]> =>
    page
      .getByRole("main")
      .locator("[aria-rowindex]")
      .evaluateAll((rows) => rows.map((one) => Number(one.getAttribute("aria-rowindex"))));
  expect(Math.max(...(await numbers()))).toBeLessThan(300);
  await row(page).nth(2).click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("End");
  await expect.poll(async () => Math.max(...(await numbers()))).toBe(CROWD + 1);
  expect((await numbers()).length).toBeLessThan(300);
  await page.keyboard.press("Home");
  await expect.poll(async () => Math.min(...(await numbers()).filter((at) => at > 1))).toBe(2);
});
