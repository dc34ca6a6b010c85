import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { BURDENED, burdened } from "../support/page/burdened.ts";
import { row } from "../support/page/person.ts";
import { usePage } from "../support/page/use-page.ts";

/* What is shown can be taken along. */

const tests = usePage(burdened);
const { leak } = BURDENED;
const FILTERED = `/?view=sockets&filter=${encodeURIComponent("state close-wait")}`;

async function downloaded(path: string, name: RegExp): Promise<{ readonly file: string; readonly text: string }> {
  const { page } = await tests().open(path);
  await row(page).nth(1).waitFor();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name }).or(page.getByRole("link", { name })).click(),
  ]);
  return { file: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
}

it("as NDJSON: one row a line, those that pass the filter", async () => {
  const { file, text } = await downloaded(FILTERED, /ndjson/i);
  expect(file).toMatch(/sockets.*\.ndjson$/);
  const rows = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { state: string; owners: object[] });
  expect(rows).toHaveLength(leak.connections);
  expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(["CLOSE_WAIT"]));
  expect(rows[0]!.owners).toMatchObject([{ program: leak.program }]);
});

it("as CSV: the columns that are shown, with their titles", async () => {
  const { file, text } = await downloaded(FILTERED, /csv/i);
  expect(file).toMatch(/sockets.*\.csv$/);
  const [head = "", ...rows] = text.trimEnd().split(/\r?\n/);
  expect(head.toLowerCase()).toMatch(/state.*local.*peer/);
  expect(rows).toHaveLength(leak.connections);
  for (const line of rows) expect(line).toContain("CLOSE_WAIT");
});

it.each(["processes", "listeners", "destinations"])("%s, too", async (view) => {
  const { text } = await downloaded(`/?view=${view}`, /ndjson/i);
  for (const line of text.trimEnd().split("\n")) expect(JSON.parse(line)).toBeTypeOf("object");
});
