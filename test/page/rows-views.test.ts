import type { Locator, Page } from "playwright-core";
import { expect, it } from "vitest";
import { BURDENED, burdened } from "../support/page/burdened.ts";
import { filterOf, row, there } from "../support/page/person.ts";
import { usePage } from "../support/page/use-page.ts";

/* Processes, listeners and destinations: they are searched and ordered, one opens, and all of it stands in the address. */

const tests = usePage(burdened, ["--expose", "full"]);
const { most, full, destination, there: far, here, shell } = BURDENED;

async function opened(page: Page, what: Locator): Promise<Locator> {
  await what.click();
  const drawer = page.getByRole("complementary");
  await drawer.waitFor();
  return drawer;
}

it("finds what is searched for in any cell, and keeps it in the address", async () => {
  const { page } = await tests().open("/?view=processes");
  await row(page, most.program).waitFor();
  await page.getByRole("searchbox").fill(full.program.toUpperCase());
  await expect.poll(() => row(page).count()).toBe(2);
  await row(page, full.program).waitFor();
  await page.reload();
  await expect.poll(() => row(page).count()).toBe(2);
  await page.getByRole("searchbox").fill("nobody is called so");
  await page.getByText('Nothing here has "nobody is called so" in it.').waitFor();
});

it("is ordered by a column, and keeps it in the address", async () => {
  const { page } = await tests().open("/?view=listeners");
  await page.getByRole("columnheader", { name: "CONNECTIONS" }).getByRole("button").click();
  await expect.poll(() => row(page).nth(1).innerText()).toContain(`:${most.port}`);
  await page.reload();
  await expect.poll(() => row(page).nth(1).innerText()).toContain(`:${most.port}`);
});

it("says that listeners are those of TCP, in which order they come, and where those of UDP are", async () => {
  const { page } = await tests().open("/?view=listeners");
  await row(page).nth(1).waitFor();
  const waiting = page.getByRole("columnheader", { name: "WAITING" });
  expect(await waiting.getAttribute("aria-sort")).toBe("descending");
  await page.getByRole("searchbox").fill("nobody is called so");
  await page.getByText('No TCP listener has "nobody is called so" in it.').waitFor();
  await page.getByRole("link", { name: "UDP without a peer" }).click();
  await there(page, "Sockets");
  expect(await filterOf(page).inputValue()).toBe("state unconn");
  expect(page.url()).toContain("protocol=udp");
});

it("shows all of a process, and leads to its sockets", async () => {
  const { page } = await tests().open("/?view=processes");
  const drawer = await opened(page, row(page, destination.program));
  await expect.poll(() => drawer.innerText()).toContain("tcp-ephemeral-ports");
  expect(await drawer.innerText()).toMatch(new RegExp(`Command line\\s+${destination.program}`));
  await page.reload();
  await drawer.getByRole("link", { name: `Its ${destination.connections} sockets` }).click();
  await there(page, "Sockets");
  expect(await filterOf(page).inputValue()).toMatch(/^pid = \d+$/);
});

it("shows how full a listener is, and what is wrong with it; Escape leads back to the table", async () => {
  const { page } = await tests().open("/?view=listeners");
  const drawer = await opened(page, row(page, `${here}:${full.port}`, "✖"));
  await expect.poll(() => drawer.innerText()).toMatch(new RegExp(`Full at\\s+${full.waiting}`));
  await expect.poll(() => drawer.innerText()).toContain("tcp-accept-queue-overflow");
  expect(await drawer.innerText()).toContain(full.program);
  await page.keyboard.press("Escape");
  await drawer.waitFor({ state: "detached" });
  expect(page.url()).not.toContain("open=");
  await page.keyboard.press("Enter");
  await drawer.waitFor();
});

it("shows how many ports a destination uses up, and leads to its sockets", async () => {
  const { page } = await tests().open("/?view=destinations");
  const drawer = await opened(page, row(page, `${far}:${destination.port}`));
  const { connections, usable } = destination;
  await expect.poll(() => drawer.innerText()).toContain(`${connections} of ${usable} (96 %)`);
  await drawer.getByRole("link", { name: `Its ${connections} sockets` }).click();
  await there(page, "Sockets");
  expect(await filterOf(page).inputValue()).toBe(`dst ${far}:${destination.port}`);
  await row(page, destination.program).first().waitFor();
});

it("says of a row that is open that it is gone, and keeps what was known of it", async () => {
  const program = tests().scene.programs.get(shell.program)!;
  await program.do({ do: "listen", key: "soon", address: "127.0.0.1", port: 7777 });
  const { page } = await tests().open("/?view=listeners");
  const drawer = await opened(page, row(page, "127.0.0.1:7777"));
  await program.do({ do: "close", key: "soon" });
  await expect.poll(() => drawer.innerText()).toContain("It is gone.");
  expect(await drawer.innerText()).toContain(shell.program);
});
