import { expect, it } from "vitest";
import { Machine } from "../support/page/machine.ts";
import { canRead, row } from "../support/page/person.ts";
import { usePage } from "../support/page/use-page.ts";

/* Hosts of containers have interfaces by the thousand: some are shown, and how many there are. */

const PAIRS = 20;

const tests = usePage(async () => {
  const machine = await Machine.start("host");
  for (let at = 0; at < PAIRS; at++) machine.ip(`link add a${at} type veth peer name b${at}`);
  return { machine, remove: () => machine.remove() };
});

it("shows thirty of forty-one, and all where that is asked for", async () => {
  const { page } = await tests().open();
  await canRead(page, `The 30 that carry the most of ${2 * PAIRS + 1}.`);
  await expect.poll(() => row(page).count()).toBe(31);
  await page.getByRole("button", { name: "All of them" }).click();
  await expect.poll(() => row(page).count()).toBe(2 * PAIRS + 2);
  await row(page, "b19", "0 B/s").waitFor();
});
