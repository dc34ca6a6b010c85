import { expect, it } from "vitest";
import { noDoor } from "../support/kernel/netlink-in.ts";
import { BURDENED, burdened } from "../support/page/burdened.ts";
import { canRead, row } from "../support/page/person.ts";
import { usePage } from "../support/page/use-page.ts";

/* Who sends and receives how much, which the kernel tells. A program of the scene calls the database each second. */

const tests = usePage(burdened);
const { database } = BURDENED;
const why = noDoor();

it.skipIf(why !== undefined)("shows who has traffic, by what is chosen, and what is not among it", async () => {
  const { page } = await tests().open("/?view=traffic");
  await row(page, database.program, "B/s").first().waitFor();
  await canRead(page, /Not among it: UDP \(\d[\d,]* datagrams sent, \d[\d,]* received\); interfaces but lo sent/);
  await page.getByRole("main").getByRole("combobox").selectOption("port");
  await row(page, `:${database.port}`).first().waitFor();
  await row(page, `127.0.0.1:${database.port}`).first().click();
  const drawer = page.getByRole("complementary", { name: `127.0.0.1:${database.port}` });
  await expect.poll(() => drawer.innerText()).toMatch(/Sent since somebody looks\s+[\d.,]+ (B|KiB)/);
});
