import { expect, it } from "vitest";
import { BURDENED, burdened } from "../support/page/burdened.ts";
import { canRead, row, stands } from "../support/page/person.ts";
import { usePage } from "../support/page/use-page.ts";

/* The page goes with the machine, and says so when it does not. */

const tests = usePage(burdened);
const { shell } = BURDENED;
const LISTENING = `/?view=sockets&filter=${encodeURIComponent("state listening")}`;

const program = () => tests().scene.programs.get(shell.program)!;
const open = (port: number) => program().do({ do: "listen", key: `${port}`, address: "127.0.0.1", port });
const close = (port: number) => program().do({ do: "close", key: `${port}` });

/** What the kernel says is open, asked by the machine itself. */
const GONE = /ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|ERR_INCOMPLETE_CHUNKED_ENCODING/;

it("shows what opens, and that it closed", async () => {
  const { page } = await tests().open(LISTENING);
  await row(page, shell.program).first().waitFor();
  await open(7001);
  await row(page, "127.0.0.1:7001", "LISTEN").waitFor();
  await close(7001);
  await row(page, "127.0.0.1:7001", /closed/i).waitFor();
});

it("freezes: nothing changes until it goes on, then it has all that happened", async () => {
  const { page } = await tests().open(LISTENING);
  await row(page, shell.program).first().waitFor();
  const freeze = page.getByRole("button", { name: /freeze/i });
  await freeze.click();
  await expect.poll(() => freeze.getAttribute("aria-pressed")).toBe("true");
  await open(7002);
  const looked = async (): Promise<unknown> => {
    const text = await page.evaluate<string>("fetch('/api/v1/sockets?filter=sport%20=%20:7002').then((a) => a.text())");
    return (JSON.parse(text) as { sockets: unknown[] }).sockets.length;
  };
  await expect.poll(looked).toBe(1);
  expect(await row(page, "127.0.0.1:7002").count()).toBe(0);
  await canRead(page, /changes wait/);
  await freeze.click();
  await row(page, "127.0.0.1:7002").waitFor();
  await close(7002);
});

it("keeps what it knew when the server is gone, says so, and comes back by itself", async () => {
  const { page, allow } = await tests().open(LISTENING);
  allow(GONE);
  await row(page, shell.program).first().waitFor();
  await tests().stop();
  await stands(page, /disconnected/i);
  expect(await row(page, shell.program).count()).toBeGreaterThan(0);
  await open(7003);
  await tests().start();
  await row(page, "127.0.0.1:7003").waitFor();
  await stands(page, /live/i);
  await close(7003);
});

it("comes back to a server that tells less, with all rows asked for", async () => {
  const { page, allow } = await tests().open(`${LISTENING}&all=1`);
  allow(GONE);
  allow(/answer: 400 |400 \(Bad Request\)/);
  await row(page, shell.program).first().waitFor();
  await tests().stop();
  await stands(page, /disconnected/i);
  await tests().start(["--expose", "minimal"]);
  await stands(page, /live/i);
  await expect.poll(() => page.getByRole("columnheader", { name: "UID" }).count()).toBe(0);
  await row(page, "LISTEN").first().waitFor();
  await tests().restart();
});

it("gives a connection up on which nothing comes any more, says so, and comes back by itself", async () => {
  const { page } = await tests().open(LISTENING);
  await page.clock.install();
  await page.reload();
  await row(page, shell.program).first().waitFor();
  tests().hold(true);
  try {
    await page.clock.fastForward(46_000);
    await stands(page, /disconnected: nothing came for 45 s/i);
  } finally {
    tests().hold(false);
  }
  await open(7005);
  await row(page, "127.0.0.1:7005").waitFor();
  await stands(page, /live/i);
  await close(7005);
});

it("shows queues as they are now, also of sockets of which nothing else changed", async () => {
  const { page } = await tests().open(LISTENING);
  await open(7006);
  await row(page, "127.0.0.1:7006", /LISTEN\s*0\s*0/).waitFor();
  await program().do({ do: "connect", key: "waits", address: "127.0.0.1", port: 7006, count: 7 });
  await row(page, "127.0.0.1:7006", /LISTEN\s*7\s*0/).waitFor();
  await close(7006);
  await program().do({ do: "close", key: "waits" });
});

it("closes its stream while nobody can see it, and has all that happened when it is seen again", async () => {
  const { page } = await tests().open(LISTENING);
  await row(page, shell.program).first().waitFor();
  // Playwright keeps its pages in front; so the page is told as a browser tells it.
  const seen = (how: "hidden" | "visible"): Promise<unknown> =>
    page.evaluate(`
      Object.defineProperty(document, "visibilityState", { value: "${how}", configurable: true });
      Object.defineProperty(document, "hidden", { value: ${how === "hidden"}, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    `);
  const ended = page.waitForEvent("requestfailed", (request) => request.url().includes("/api/v1/events"));
  await seen("hidden");
  await ended;
  await open(7004);
  const again = page.waitForRequest((request) => request.url().includes("/api/v1/events"));
  await seen("visible");
  await again;
  await row(page, "127.0.0.1:7004").waitFor();
  await close(7004);
});
