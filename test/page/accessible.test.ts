import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { accessibilityFaults } from "../support/page/accessibility.ts";
import { burdened } from "../support/page/burdened.ts";
import { Machine } from "../support/page/machine.ts";
import { explain, row, stands, VIEWS } from "../support/page/person.ts";
import { usePage } from "../support/page/use-page.ts";

/* axe finds nothing, in both themes, on every view, of a machine in trouble and of one that does nothing. */

async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await accessibilityFaults(page), colorScheme).toEqual([]);
  }
}

describe("a machine in trouble", () => {
  const tests = usePage(burdened);

  it.each(VIEWS)("%s", async (view) => {
    const { page } = await tests().open(`/?view=${view.toLowerCase()}`);
    await stands(page, /live/i);
    await row(page).nth(1).or(page.getByRole("main").getByRole("listitem").first()).first().waitFor();
    await expectAccessible(page);
  });

  it("an explanation is open", async () => {
    const { page } = await tests().open("/?view=listeners");
    await explain(page, row(page).nth(1));
    await expectAccessible(page);
  });

  it("a filter is wrong", async () => {
    const { page } = await tests().open("/?view=sockets&filter=state%20establishd");
    await page.getByRole("alert").waitFor();
    await expectAccessible(page);
  });
});

describe("a machine that does nothing", () => {
  const tests = usePage(async () => {
    const machine = await Machine.start("idle");
    return { machine, remove: () => machine.remove() };
  });

  it.each(VIEWS)("%s", async (view) => {
    const { page } = await tests().open(`/?view=${view.toLowerCase()}`);
    await stands(page, /live/i);
    await expectAccessible(page);
  });
});
