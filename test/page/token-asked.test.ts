import { expect, it } from "vitest";
import { accessibilityFaults } from "../support/page/accessibility.ts";
import { BURDENED, burdened } from "../support/page/burdened.ts";
import { row } from "../support/page/person.ts";
import { usePage } from "../support/page/use-page.ts";

/* Who does not know the token sees nothing; who knows it says it once. */

const TOKEN = "Zq3xV7pLm2Rt9WkYb5Nc8Hd1";
const tests = usePage(burdened, ["--token", TOKEN]);

it("asks for it, refuses a wrong one, lets the right one in, and keeps it to itself", async () => {
  const { page, allow } = await tests().open("/?view=listeners");
  allow(/401/);
  const field = page.getByLabel(/token/i);
  await field.waitFor();
  expect(await field.getAttribute("type")).toBe("password");
  expect(await page.getByRole("row").count()).toBe(0);
  expect(await accessibilityFaults(page)).toEqual([]);
  await field.fill("wrong");
  await field.press("Enter");
  await page.getByRole("alert").waitFor();
  await field.fill(TOKEN);
  await field.press("Enter");
  await row(page, `${BURDENED.here}:${BURDENED.full.port}`).first().waitFor();
  expect(page.url()).toBe(`${tests().origin}/?view=listeners`);
  const kept = "JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }])";
  expect(await page.evaluate(kept)).not.toContain(TOKEN);
  await page.reload();
  await row(page, `${BURDENED.here}:${BURDENED.full.port}`).first().waitFor();
});

it("asks again when the server has begun anew", async () => {
  const { page, allow } = await tests().open();
  allow(/401|ERR_/);
  await page.getByLabel(/token/i).fill(TOKEN);
  await page.getByLabel(/token/i).press("Enter");
  await row(page).nth(1).waitFor();
  await tests().restart();
  await page.getByLabel(/token/i).waitFor();
});
