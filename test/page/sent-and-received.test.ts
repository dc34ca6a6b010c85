import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { noDoor } from "../support/kernel/netlink-in.ts";
import { BURDENED, burdened } from "../support/page/burdened.ts";
import { canRead, choose, filterOf, row } from "../support/page/person.ts";
import { usePage } from "../support/page/use-page.ts";

/* What processes send and receive a second, beside what one of them was told to send; and when the server is asked for it. */

const tests = usePage(burdened);
const { database } = BURDENED;
const SENDER = "ingest";
const why = noDoor();

/** Lets a program send at a steady pace while something is done; gives what it sends a second, so far. */
async function whileSending(work: (sent: () => number) => Promise<void>): Promise<void> {
  const program = tests().scene.programs.get(SENDER)!;
  await program.do({ do: "connect", key: "stream", address: "127.0.0.1", port: database.port });
  const begin = performance.now();
  let bytes = 0;
  let isOver = false;
  const sending = (async () => {
    for (let times = 1; !isOver; times++) {
      await program.do({ do: "send", key: "stream", bytes: 20_000 });
      bytes += 20_000;
      await new Promise((resolve) => setTimeout(resolve, begin + times * 50 - performance.now()));
    }
  })();
  try {
    await work(() => (bytes * 1000) / (performance.now() - begin));
  } finally {
    isOver = true;
    await sending;
    await program.do({ do: "close", key: "stream" });
  }
}

const UNITS = ["B", "KiB", "MiB", "GiB"];

/** Bytes a second in the cells of a row, sent before received. */
async function rates(page: Page, program: string): Promise<number[]> {
  const text = await row(page, program, "B/s").first().innerText();
  return [...text.matchAll(/([\d.,]+) (B|KiB|MiB|GiB)\/s/g)].map(
    ([, number = "", unit = ""]) => Number(number.replaceAll(",", "")) * 1024 ** UNITS.indexOf(unit),
  );
}

/** Within a quarter, once a look had all of its second: the seconds of a look are not those of the test. */
async function isAbout(rate: () => Promise<number | undefined>, sent: () => number): Promise<void> {
  await expect.poll(async () => Math.abs((await rate())! / sent() - 1), { timeout: 20_000 }).toBeLessThan(0.25);
}

/** Paths of questions for traffic, as they come. */
function asked(page: Page, path = "/api/v1/traffic"): string[] {
  const paths: string[] = [];
  page.on("request", (request) => {
    const { pathname, search } = new URL(request.url());
    if (pathname === path) paths.push(search);
  });
  return paths;
}

it.skipIf(why !== undefined)("shows of processes, and first in the overview, what is sent and received", async () => {
  const { page } = await tests().open("/?view=processes");
  await whileSending(async (sent) => {
    await isAbout(async () => (await rates(page, `${SENDER}[`))[0], sent);
    await isAbout(async () => (await rates(page, `${database.program}[`))[1], sent);
    // It is answered with an end at most.
    expect((await rates(page, `${SENDER}[`))[1]).toBeLessThan(1000);
    await choose(page, "Overview");
    const talkers = page.getByRole("group", { name: "Who sends and receives the most" });
    await expect.poll(() => talkers.innerText()).toContain(`${SENDER}[`);
    await isAbout(async () => (await rates(page, `${SENDER}[`))[0], sent);
  });
});

it.skipIf(why !== undefined)(
  "shows it of sockets, in whose order they go, and nothing of those that are not counted",
  async () => {
    const { page } = await tests().open(
      "/?view=sockets&sort=-sentrate&columns=proto,sentrate,receivedrate,local,peer,process",
    );
    const paths = asked(page, "/api/v1/traffic/sockets");
    await whileSending(async (sent) => {
      const first = row(page).nth(1);
      await expect
        .poll(() => first.innerText(), { timeout: 20_000 })
        .toMatch(new RegExp(`:${database.port}\\s+${SENDER}`));
      await isAbout(async () => (await rates(page, `${SENDER}[`))[0], sent);
      expect((await rates(page, `${SENDER}[`))[1]).toBeLessThan(1000);
      await page.getByRole("button", { name: /^RECEIVED\/S/ }).click();
      await expect
        .poll(() => first.innerText(), { timeout: 20_000 })
        .toMatch(new RegExp(`127\\.0\\.0\\.1:${database.port}\\s`));
      await isAbout(async () => (await rates(page, `${database.program}[`))[1], sent);
      // A datagram socket that gets datagrams all the time, and a listener.
      await filterOf(page).fill("sport = :4739 or state listening");
      await expect
        .poll(() =>
          row(page, "ESTABLISHED")
            .or(row(page, `${SENDER}[`, ":5432"))
            .count(),
        )
        .toBe(0);
      expect(await row(page, `${SENDER}[`, ":4739").count()).toBe(1);
      await page.waitForTimeout(2000);
      expect((await row(page).allInnerTexts()).filter((text) => text.includes("B/s"))).toEqual([]);
      await filterOf(page).fill("");
      await row(page, `${SENDER}[`, "B/s").first().waitFor();
      // What is held stays, and is not asked for.
      await page.getByRole("button", { name: "Freeze" }).click();
      const held = await row(page, `${SENDER}[`, "B/s").first().innerText();
      const before = paths.length;
      await page.waitForTimeout(2500);
      expect(await row(page, `${SENDER}[`, "B/s").first().innerText()).toBe(held);
      expect(paths.length - before).toBeLessThanOrEqual(1);
      await page.getByRole("button", { name: "Freeze" }).click();
      await expect.poll(() => paths.length).toBeGreaterThan(before + 1);
    });
    await page.getByRole("combobox").selectOption("unix");
    await row(page, database.path).or(row(page, "unix")).first().waitFor();
    expect(await page.getByRole("columnheader", { name: "SENT/S" }).count()).toBe(0);
  },
);

it.skipIf(why !== undefined)("asks for it while it is shown, and not where other columns are chosen", async () => {
  const { page } = await tests().open("/?view=processes&columns=process,sockets");
  const paths = asked(page);
  await row(page, database.program).waitFor();
  await page.waitForTimeout(2500);
  expect(paths).toEqual([]);
  await page.getByText("Columns", { exact: true }).first().click();
  await page.getByRole("checkbox", { name: "SENT/S" }).check();
  await expect.poll(() => paths.length).toBeGreaterThan(2);
  await page.getByRole("columnheader", { name: "SENT/S" }).waitFor();
  // Playwright keeps its pages in front; so the page is told as a browser tells it.
  const see = (isHidden: boolean): Promise<unknown> =>
    page.evaluate(`
      Object.defineProperty(document, "hidden", { value: ${isHidden}, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    `);
  await see(true);
  const unseen = paths.length;
  await page.waitForTimeout(2500);
  expect(paths).toHaveLength(unseen);
  await see(false);
  await expect.poll(() => paths.length).toBeGreaterThan(unseen);
  await choose(page, "Listeners");
  const before = paths.length;
  await page.waitForTimeout(2500);
  expect(paths).toHaveLength(before);
});

it("is not there where the server tells no traffic, and is not asked for", async () => {
  await tests().stop();
  await tests().start(["--source", "procfs"]);
  const watched = await tests().open("/?view=processes");
  const paths = asked(watched.page);
  const ofSockets = asked(watched.page, "/api/v1/traffic/sockets");
  await row(watched.page, database.program).waitFor();
  await watched.page.waitForTimeout(2500);
  await watched.page.getByText("Columns", { exact: true }).first().click();
  expect(await watched.page.getByRole("checkbox", { name: "SENT/S" }).count()).toBe(0);
  await choose(watched.page, "Overview");
  await row(watched.page, BURDENED.most.program).first().waitFor();
  await watched.page.waitForTimeout(2500);
  expect(await watched.page.getByRole("heading", { name: "Most traffic" }).count()).toBe(0);
  await choose(watched.page, "Sockets");
  await row(watched.page, BURDENED.most.program).first().waitFor();
  expect(await watched.page.getByRole("columnheader", { name: "SENT/S" }).count()).toBe(0);
  await choose(watched.page, "Traffic");
  await canRead(watched.page, /traffic cannot be told: the server reads procfs alone/);
  expect([paths, ofSockets]).toEqual([[], []]);
});

it.skipIf(why !== undefined)("is told of programs where processes are not", async () => {
  await tests().stop();
  await tests().start(["--expose", "minimal"]);
  const { page } = await tests().open();
  const paths = asked(page);
  await whileSending(async (sent) => {
    await isAbout(async () => (await rates(page, SENDER))[0], sent);
    await choose(page, "Processes");
    await row(page, SENDER).first().waitFor();
    expect(await page.getByRole("columnheader", { name: "SENT/S" }).count()).toBe(0);
  });
  expect(paths.some((path) => path.includes("by=pid"))).toBe(false);
});
