import { expect, it } from "vitest";
import { BURDENED, burdened } from "../support/page/burdened.ts";
import { row, there } from "../support/page/person.ts";
import { usePage } from "../support/page/use-page.ts";

/* Counters and findings with what they mean, which the server says. */

const tests = usePage(burdened);
const { full, here } = BURDENED;

it("shows counters that move, and on demand all of them", async () => {
  const { page } = await tests().open("/?view=counters");
  await row(page, "TcpExt.ListenOverflows").waitFor();
  const moving = await row(page).count();
  expect(await row(page, "Ip.InHdrErrors").count()).toBe(0);
  await page.getByRole("checkbox", { name: "also those that have not moved" }).check();
  await page.getByRole("searchbox").fill("InHdrErrors");
  await row(page, "Ip.InHdrErrors", "net/snmp").waitFor();
  expect(moving).toBeGreaterThan(5);
});

it("explains a counter: what it counts, where in the kernel, what looks at it", async () => {
  const { page } = await tests().open("/?view=counters");
  await row(page, "TcpExt.ListenOverflows").click();
  const drawer = page.getByRole("complementary", { name: "TcpExt.ListenOverflows" });
  await expect.poll(() => drawer.innerText()).toMatch(/In the kernel\s+tcp_conn_request, net\/ipv4\/tcp_input\.c/);
  await drawer.getByRole("link", { name: "tcp-accept-queue-overflow" }).click();
  await there(page, "Health");
  await expect.poll(() => page.getByRole("complementary").innerText()).toContain("accept");
});

it("shows the numbers a finding rests on, before and now, with files, limit, owners and help", async () => {
  const { page } = await tests().open("/?view=health");
  const card = page.getByRole("article", { name: "crit tcp-accept-queue-overflow" });
  await expect.poll(() => card.innerText()).toContain(`${here}:${full.port}`);
  await expect
    .poll(() => card.getByRole("row", { name: /TcpExt\.ListenOverflows/ }).innerText())
    .toMatch(/[\d,]+\s+[\d,]+\s+[\d,]+ \([\d.]+\/s\)\s+net\/netstat/);
  const text = await card.innerText();
  expect(text).toContain(full.program);
  expect(text).toContain("listen(2)");
  expect(text).toMatch(/since \d/);
  await card.getByRole("link", { name: "What it means" }).click();
  await expect.poll(() => page.getByRole("complementary").innerText()).toMatch(/Sources/);
});

it("groups what could not be judged by the reason, and does not call all well", async () => {
  const { page } = await tests().open("/?view=health");
  const unknown = page.getByRole("region", { name: /Could not be judged/ });
  await unknown.getByRole("heading", { name: /The limit is not known/ }).waitFor();
  await unknown.getByText("net.ipv4.tcp_mem is not known").waitFor();
  await page.getByRole("region", { name: /In order/ }).waitFor();
  expect(await page.getByRole("main").innerText()).not.toContain("Nothing is wrong");
});
