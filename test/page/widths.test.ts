import { expect, it } from "vitest";
import { burdened } from "../support/page/burdened.ts";
import { layoutFaults } from "../support/page/layout.ts";
import { explain, row, stands, VIEWS } from "../support/page/person.ts";
import { usePage } from "../support/page/use-page.ts";

/* From 320 to 2,560 pixels: nothing is wider than the page, and ports can be read. */

const tests = usePage(burdened);
const WIDTHS = [320, 375, 480, 640, 768, 1024, 1280, 1440, 1920, 2560];

it.each(VIEWS)("%s", async (view) => {
  const { page } = await tests().open(`/?view=${view.toLowerCase()}`);
  await stands(page, /live/i);
  await row(page).nth(1).or(page.getByRole("main").getByRole("listitem").first()).first().waitFor();
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    await expect.poll(() => layoutFaults(page), { message: `${width}` }).toEqual([]);
  }
});

it("an explanation, too", async () => {
  const { page } = await tests().open("/?view=listeners");
  await explain(page, row(page).nth(1));
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    await expect.poll(() => layoutFaults(page), { message: `${width}` }).toEqual([]);
  }
});

it("twice the size of letters", async () => {
  const { page } = await tests().open("/?view=sockets", {
    viewport: { width: 640, height: 400 },
    deviceScaleFactor: 2,
  });
  await row(page).nth(1).waitFor();
  expect(await layoutFaults(page)).toEqual([]);
});
