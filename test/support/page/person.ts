import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

/* What a person does with the page: by what things are called and what they are for, never by where they stand in the markup. */

/** The views by their names, in their order. */
export const VIEWS = [
  "Overview",
  "Sockets",
  "Processes",
  "Listeners",
  "Destinations",
  "Traffic",
  "Counters",
  "Health",
] as const;

export type ViewName = (typeof VIEWS)[number];

/** Chooses a view, and waits until it is there. */
export async function choose(page: Page, view: ViewName): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name: view }).click();
  await there(page, view);
}

/** Waits until a view is there. */
export async function there(page: Page, view: ViewName): Promise<void> {
  await page.getByRole("heading", { level: 1, name: view }).waitFor();
}

/** Rows of the tables of the page, by what must be read in them. */
export function row(page: Page, ...texts: readonly (string | RegExp)[]): Locator {
  return texts.reduce((rows: Locator, hasText) => rows.filter({ hasText }), page.getByRole("main").getByRole("row"));
}

/** Waits until something can be read in the page. */
export async function canRead(page: Page, text: string | RegExp): Promise<void> {
  await page.getByRole("main").getByText(text).first().waitFor();
}

/** The field of the filter. */
export function filterOf(page: Page): Locator {
  return page.getByRole("main").getByLabel(/filter/i);
}

/** How the page stands with the server, in a word: live, disconnected, ... */
export async function stands(page: Page, word: RegExp): Promise<void> {
  await expect.poll(() => page.getByRole("banner").innerText()).toMatch(word);
}

/** Opens what there is to know of a row, as the keyboard does. */
export async function explain(page: Page, what: Locator): Promise<Locator> {
  await what.click();
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("dialog").or(page.getByRole("complementary"));
  await drawer.waitFor();
  return drawer;
}
