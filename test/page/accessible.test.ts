import { describe, expect, it } from "vitest";
import { accessibilityFaults } from "../support/page/accessibility.ts";
import { burdened } from "../support/page/burdened.ts";
import { Machine } from "../support/page/machine.ts";
import { row, stands, VIEWS } from "../support/page/person.ts";
import { usePage } from "../support/page/use-page.ts";

/* axe finds nothing, in both themes, on every view, of a machine in trouble and of one that does nothing. */

describe.each(["light", "dark"] as const)("%s", (colorScheme) => {
  const tests = usePage(burdened);

  it.each(VIEWS)("%s", async (view) => {
    const { page } = await tests().open(`/?view=${view.toLowerCase()}`, { colorScheme });
    await stands(page, /live/i);
    await row(page).nth(1).or(page.getByRole("main").getByRole("listitem").first()).first().waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
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
    expect(await accessibilityFaults(page)).toEqual([]);
  });
});
