import { expect, it } from "vitest";
import { FilterError, parseFilter } from "../../packages/procnet/src/query.ts";
import { BIN } from "../support/command/run.ts";
import { BURDENED, burdened } from "../support/page/burdened.ts";
import { choose, filterOf, row } from "../support/page/person.ts";
import { usePage } from "../support/page/use-page.ts";

/* The filter of the page is the one of the command: the same language, the same complaints. */

const tests = usePage(burdened);
const { full, leak, here, shell } = BURDENED;

function complaint(text: string): FilterError {
  try {
    parseFilter(text);
  } catch (error) {
    if (error instanceof FilterError) return error;
    throw error;
  }
  throw new Error(`${text} is a filter`);
}

/** What the command prints of a filter, on the same machine. */
function printed(text: string): string {
  const command = `"$@" 2>&1 || true`;
  return tests().scene.machine.run("sh", ["-c", command, "sh", process.execPath, BIN, "sockets", text]);
}

it("shows the sockets that pass, and says how many", async () => {
  const { page } = await tests().open();
  await choose(page, "Sockets");
  await filterOf(page).fill("state close-wait");
  await row(page, leak.program, "CLOSE_WAIT").first().waitFor();
  await expect.poll(() => row(page, "ESTABLISHED").count()).toBe(0);
  await expect.poll(() => page.getByRole("main").innerText()).toContain(`${leak.connections}`);
  await filterOf(page).fill(`sport = :${full.port} and state listening`);
  await row(page, `${here}:${full.port}`, full.program).waitFor();
  await expect.poll(() => row(page, leak.program).count()).toBe(0);
});

it("keeps what is written while the address gets what was written before", async () => {
  const { page } = await tests().open();
  await choose(page, "Sockets");
  const later = `sport = :${full.port}`;
  await page.evaluate(`{
    const put = history.replaceState.bind(history);
    history.replaceState = (...all) => {
      put(...all);
      history.replaceState = put;
      const box = document.querySelector("#filter");
      box.value = ${JSON.stringify(later)};
      box.dispatchEvent(new Event("input", { bubbles: true }));
    };
  }`);
  await filterOf(page).fill("state close-wait");
  await expect.poll(() => page.url()).toContain(encodeURIComponent(`:${full.port}`));
  expect(await filterOf(page).inputValue()).toBe(later);
  await row(page, `${here}:${full.port}`, full.program).waitFor();
});

it.each(["state establishd", "dport :80 and", "pid = x", "(state listening", "program ~ '"])(
  "complains of %j as the command does, and keeps what it showed",
  async (text) => {
    const { page } = await tests().open();
    await choose(page, "Sockets");
    await filterOf(page).fill("state listening");
    await row(page, `${here}:${full.port}`).waitFor();
    await expect.poll(() => row(page, "ESTABLISHED").count()).toBe(0);
    await filterOf(page).fill(text);
    const { message, column } = complaint(text);
    const said = (): Promise<string> => page.getByRole("alert").innerText();
    await expect.poll(said).toContain(message);
    // Where it goes wrong is pointed at, below what was written.
    expect(await said()).toContain(`${text}\n${" ".repeat(column - 1)}^\n`);
    expect(printed(text)).toContain(message);
    expect(await filterOf(page).getAttribute("aria-invalid")).toBe("true");
    expect(await row(page, `${here}:${full.port}`).count()).toBe(1);
  },
);

it("is in the address, so that a link to it can be sent", async () => {
  const { page } = await tests().open();
  await choose(page, "Sockets");
  await filterOf(page).fill(`sport = :${shell.port}`);
  await expect.poll(() => row(page, "ESTABLISHED").count()).toBe(1);
  await page.waitForURL(/filter=/);
  const sent = new URL(page.url());
  const other = await tests().open(sent.pathname + sent.search + sent.hash);
  await row(other.page, shell.program, "ESTABLISHED").waitFor();
  expect(await filterOf(other.page).inputValue()).toBe(`sport = :${shell.port}`);
});
