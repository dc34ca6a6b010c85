import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { BURDENED, burdened } from "../support/page/burdened.ts";
import { filterOf, row, stands, VIEWS } from "../support/page/person.ts";
import { usePage } from "../support/page/use-page.ts";

/* All that can be done is done with keys alone, and one always sees where one is. */

const tests = usePage(burdened);

/** What has the focus: its role or tag, and its name. */
const FOCUSED = `(() => {
  const element = document.activeElement;
  if (element === null || element === document.body) return "";
  // A box around it may show it.
  const seen = [element, element.parentElement].some((one) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
    return (outlineStyle !== "none" && parseFloat(outlineWidth) >= 1) || boxShadow !== "none";
  });
  const name = element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent ?? element.textContent ?? "";
  const place = element.getBoundingClientRect();
  const inside = place.width > 0 && place.bottom > 0 && place.top < innerHeight && place.right > 0 && place.left < innerWidth;
  return JSON.stringify({ what: element.getAttribute("role") ?? element.tagName.toLowerCase(), name: name.trim().slice(0, 40), seen, inside });
})()`;

interface Focused {
  readonly what: string;
  readonly name: string;
  /** Whether it can be seen that it has the focus. */
  readonly seen: boolean;
  readonly inside: boolean;
}

/** Goes through all that takes the focus, until it begins anew or leaves the page. */
async function walk(page: Page): Promise<Focused[]> {
  const all: Focused[] = [];
  for (let count = 0; count < 150; count++) {
    await page.keyboard.press("Tab");
    const text = await page.evaluate<string>(FOCUSED);
    if (text === "") break;
    const focused = JSON.parse(text) as Focused;
    if (all.length > 3 && focused.name === all[0]!.name && focused.what === all[0]!.what) break;
    all.push(focused);
  }
  return all;
}

it.each(VIEWS)("%s: all that can be done has the focus once, and it is seen", async (view) => {
  const { page } = await tests().open(`/?view=${view.toLowerCase()}`);
  await stands(page, /live/i);
  // Graphs of interfaces come with the second look, and move what stands below them.
  if (view === "Overview")
    await page
      .getByRole("slider", { name: /^Interface / })
      .first()
      .waitFor();
  const all = await walk(page);
  expect(all.length).toBeLessThan(150);
  expect(all.filter(({ seen, inside }) => !seen || !inside)).toEqual([]);
  const links = all.filter(({ what }) => what === "a").map(({ name }) => name);
  for (const one of VIEWS)
    expect(
      links.some((name) => name.includes(one)),
      one,
    ).toBe(true);
  expect(all.filter(({ name, what }) => name === "" && what !== "main")).toEqual([]);
});

it("goes to the listeners, to the row in trouble, reads why, and comes back to it", async () => {
  const { page } = await tests().open();
  await stands(page, /live/i);
  const press = (key: string): Promise<void> => page.keyboard.press(key);
  for (let count = 0; count < 20; count++) {
    await press("Tab");
    const text = await page.evaluate<string>(FOCUSED);
    if (text !== "" && (JSON.parse(text) as Focused).name.includes("Listeners")) break;
  }
  await press("Enter");
  await row(page, `:${BURDENED.full.port}`).waitFor();
  for (let count = 0; count < 40; count++) {
    const text = await page.evaluate<string>(FOCUSED);
    if (text !== "" && (JSON.parse(text) as Focused).what === "grid") break;
    await press("Tab");
  }
  await press("Home");
  await expect.poll(() => row(page, `:${BURDENED.full.port}`).getAttribute("aria-selected")).toBe("true");
  await press("Enter");
  const drawer = page.getByRole("dialog").or(page.getByRole("complementary"));
  await drawer.waitFor();
  await expect.poll(() => drawer.innerText()).toMatch(/accept/);
  await press("Escape");
  await expect.poll(() => drawer.count()).toBe(0);
  expect(JSON.parse(await page.evaluate<string>(FOCUSED))).toMatchObject({ what: "grid" });
});

it("filters, and leaves the filter", async () => {
  const { page } = await tests().open("/?view=sockets");
  await row(page).nth(1).waitFor();
  await page.getByRole("grid").focus();
  await page.keyboard.press("/");
  await expect.poll(() => filterOf(page).evaluate((field) => field === field.ownerDocument.activeElement)).toBe(true);
  await page.keyboard.type("state listening");
  await expect.poll(() => row(page, "ESTABLISHED").count()).toBe(0);
});

it("goes along the times of a graph, reads them, and leaves them", async () => {
  const { page } = await tests().open();
  await stands(page, /live/i);
  const graph = page.getByRole("slider", { name: "TCP sockets by state: times" });
  const number = async (name: string): Promise<number> => Number(await graph.getAttribute(name));
  await expect.poll(() => number("aria-valuemax"), { timeout: 20_000 }).toBeGreaterThan(1);
  await graph.focus();
  expect(await graph.getAttribute("aria-valuetext")).toBe("now");
  await page.keyboard.press("Home");
  await expect.poll(() => number("aria-valuenow")).toBe(0);
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => number("aria-valuenow")).toBe(1);
  // Keys of the browser are left to it, as to the page before.
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => number("aria-valuenow")).toBe(2);
  const spoken = await graph.getAttribute("aria-valuetext");
  expect(spoken).toMatch(/^\d\d:\d\d:\d\d, LISTEN \d+, /);
  // What is spoken is seen, above the graph and in its legend.
  const figure = page.locator("figure", { has: graph });
  const seen = await figure.innerText();
  const [time = "", ...values] = spoken!.split(", ");
  expect(seen).toContain(time);
  for (const value of values) expect(seen.replaceAll(/\s+/g, " ")).toContain(value);
  await page.keyboard.press("Tab");
  await expect.poll(() => graph.getAttribute("aria-valuetext")).toBe("now");
});
