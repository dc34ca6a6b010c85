import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { BURDENED, burdened } from "../support/page/burdened.ts";
import { explain, filterOf, row, VIEWS } from "../support/page/person.ts";
import { usePage } from "../support/page/use-page.ts";
import { NOBODY } from "../support/readable.ts";

/* A server without rights sees all sockets, and no process that holds one: nothing may look as if nobody did. */

const tests = usePage(burdened, [], NOBODY);
const { most, full, here, destination } = BURDENED;

/** Opens the page at a path. */
async function opened(path?: string): Promise<Page> {
  const { page } = await tests().open(path);
  return page;
}

/** What stands in the column of that title, of each row that is drawn and has these texts. */
async function cells(page: Page, title: string, ...texts: readonly string[]): Promise<string[]> {
  const titles = await page.getByRole("main").getByRole("columnheader").allInnerTexts();
  const at = titles.findIndex((one) => one.startsWith(title));
  expect(at, titles.join(" ")).toBeGreaterThanOrEqual(0);
  const rows = await row(page, ...texts).all();
  const shown = await Promise.all(rows.map((one) => one.getByRole("gridcell").allInnerTexts()));
  return shown.flatMap((one) => one[at] ?? []);
}

it("has no rights: one process of the machine is that of nobody", () => {
  // Those that end meanwhile cannot be read.
  const users = tests().scene.machine.run("sh", ["-c", "grep -h ^Uid: /proc/[0-9]*/status 2>/dev/null; true"]);
  const nobody = `Uid:\t${[NOBODY, NOBODY, NOBODY, NOBODY].join("\t")}`;
  expect(users.split("\n").filter((line) => line === nobody)).toHaveLength(1);
});

it("says in every view how many owners it cannot see, and what it would need", async () => {
  const page = await opened();
  for (const view of VIEWS) {
    await page.goto(`${tests().origin}/?view=${view.toLowerCase()}`);
    const foot = page.getByRole("contentinfo");
    await expect
      .poll(() => foot.innerText(), { message: view })
      .toMatch(/owners of 1,\d{3} sockets, which this server may not see: .* as root, or with CAP_SYS_PTRACE/);
  }
});

it("shows ? for who holds a socket, and - only where the kernel does", async () => {
  // A connection of somebody's that was not accepted yet has no inode either.
  const columns = "columns=proto,state,local,peer,process,inode,reason";
  const { page } = await tests().open(`/?view=sockets&${columns}&sort=-inode&filter=inode+%3E+0`);
  await row(page, "ESTABLISHED").first().waitFor();
  const owners = await cells(page, "PROCESS", "ESTABLISHED");
  expect(owners.length).toBeGreaterThan(10);
  expect(new Set(owners)).toEqual(new Set(["?"]));
  await filterOf(page).fill("state listening");
  await expect.poll(() => row(page, "ESTABLISHED").count()).toBe(0);
  expect(new Set(await cells(page, "PROCESS", "LISTEN"))).toEqual(new Set(["?"]));
  // Without an inode there is no file that a process could hold: not accepted yet, or in TIME_WAIT.
  await filterOf(page).fill("inode = 0");
  await expect.poll(() => row(page, "LISTEN").count()).toBe(0);
  await row(page, "TIME_WAIT").first().waitFor();
  expect(new Set(await cells(page, "PROCESS", ":"))).toEqual(new Set(["-"]));
  expect(new Set(await cells(page, "INODE", ":"))).toEqual(new Set(["0"]));
});

it("says that it does not know whose sockets a filter by process leaves out", async () => {
  const { page } = await tests().open("/?view=sockets");
  await row(page, "ESTABLISHED").first().waitFor();
  await filterOf(page).fill(`process = ${full.program}`);
  await page.getByText(/No socket passes the filter. Of 1,\d{3} sockets it cannot be seen who holds them./).waitFor();
  await filterOf(page).fill("sport = :1");
  await page.getByText(/No socket passes the filter.$/).waitFor();
});

it("explains a socket with what is not known of it", async () => {
  const { page } = await tests().open("/?view=sockets");
  const drawer = await explain(page, row(page, `${here}:${full.port}`, "LISTEN"));
  await expect.poll(() => drawer.innerText()).toContain("who holds it, as some processes may not be looked at");
  expect(await drawer.innerText()).not.toContain("No process holds it");
});

it.each(["overview", "processes"])("%s: says how many sockets have a process that is not listed", async (view) => {
  const page = await opened(`/?view=${view}`);
  const said = /Sockets whose process could not be seen: 1,\d{3} \(no right to look\)/;
  await page.getByRole("main").getByText(said).waitFor();
  await page.getByRole("main").getByText("No process that holds a socket can be seen.").waitFor();
});

it("listeners and destinations: ? in each row, and why when it is opened", async () => {
  const { page } = await tests().open("/?view=listeners");
  await row(page, `:${most.port}`).waitFor();
  expect(new Set(await cells(page, "PROCESS", ":"))).toEqual(new Set(["?"]));
  const drawer = await explain(page, row(page, `${here}:${full.port}`));
  await expect.poll(() => drawer.innerText()).toMatch(/Process\s+\? \(no right to look\)/);
  await page.goto(`${tests().origin}/?view=destinations`);
  await row(page, `:${destination.port}`).waitFor();
  expect(new Set(await cells(page, "PROCESS", ":"))).toEqual(new Set(["?"]));
});
