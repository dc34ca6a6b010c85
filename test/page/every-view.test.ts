import { expect, it } from "vitest";
import { BURDENED, burdened } from "../support/page/burdened.ts";
import { canRead, choose, row, stands, there, VIEWS } from "../support/page/person.ts";
import { usePage } from "../support/page/use-page.ts";

/* A person who never saw the page finds out what is wrong with a machine in trouble. */

const tests = usePage(burdened);
const { most, full, destination, leak, drops, slow, here, there: far, device, database } = BURDENED;

it("says in the title what is shown, and of which server, and that it is live", async () => {
  const { page } = await tests().open();
  await stands(page, /live/i);
  await expect.poll(() => page.title()).toMatch(/Overview.*127\.0\.0\.1:9909/);
});

it("overview: what is wrong, whose it is, what the interfaces carry", async () => {
  const { page } = await tests().open();
  await canRead(page, `${here}:${full.port}`);
  await canRead(page, `${far}:${destination.port}`);
  await canRead(page, drops.program);
  await canRead(page, most.program);
  await canRead(page, device);
});

it("sockets: what is known of them, and whose they are", async () => {
  const { page } = await tests().open("/?view=sockets");
  await row(page, `${here}:${full.port}`, "LISTEN", full.program, `${full.waiting}`).waitFor();
  await page.goto(`${tests().origin}/?view=sockets&filter=${encodeURIComponent(`sport = :${slow.localPort}`)}`);
  await row(page, `${here}:${slow.localPort}`, `${far}:${slow.port}`, slow.program, "ESTABLISHED").waitFor();
  await page.goto(`${tests().origin}/?view=sockets&protocol=unix`);
  await row(page, "unix", database.program).first().waitFor();
});

it("processes: the one that holds the most comes first", async () => {
  const { page } = await tests().open("/?view=processes");
  const first = row(page).nth(1);
  await expect.poll(() => first.innerText()).toContain(most.program);
  expect(await first.innerText()).toContain(`${most.port}`);
  await row(page, leak.program, "CLOSE_WAIT")
    .or(row(page, leak.program, `${leak.connections}`))
    .waitFor();
});

it("listeners: the one whose queue is full comes first, and it is said", async () => {
  const { page } = await tests().open("/?view=listeners");
  const first = row(page).nth(1);
  await expect.poll(() => first.innerText()).toContain(`${here}:${full.port}`);
  const text = await first.innerText();
  expect(text).toContain(full.program);
  expect(text).toContain(`${full.waiting}`);
  await expect.poll(() => first.innerText()).toMatch(/✖|crit/);
});

it("destinations: the one that uses up the ports comes first, and it is said", async () => {
  const { page } = await tests().open("/?view=destinations");
  const first = row(page).nth(1);
  await expect.poll(() => first.innerText()).toContain(`${far}:${destination.port}`);
  const text = await first.innerText();
  expect(text).toContain(`${destination.connections}`);
  expect(text).toContain(`${destination.usable}`);
  await expect.poll(() => first.innerText()).toMatch(/✖|crit/);
});

it("counters: what grows, and what it means", async () => {
  const { page } = await tests().open("/?view=counters");
  await row(page, "TcpExt.ListenDrops", "net/netstat").waitFor();
});

it("health: evidence, limit, owners, what would help; what could not be judged", async () => {
  const { page } = await tests().open("/?view=health");
  for (const text of ["tcp-accept-queue-overflow", "tcp-ephemeral-ports", "udp-receive-buffer"])
    await canRead(page, text);
  await canRead(page, /net\.ipv4\.ip_local_port_range/);
  await canRead(page, new RegExp(destination.program));
  await canRead(page, /tcp-memory/);
});

it("leads from each view to each other", async () => {
  const { page } = await tests().open();
  for (const view of [...VIEWS].reverse()) {
    await choose(page, view);
    expect(await page.getByRole("navigation").getByRole("link", { name: view }).getAttribute("aria-current")).toBe(
      "page",
    );
  }
  await page.goBack();
  await there(page, VIEWS[1]);
});
