import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { noDoor } from "../support/kernel/netlink-in.ts";
import { skipIf } from "../support/tools.ts";
import { Host, noHost } from "../support/top/host.ts";
import { Terminal } from "../support/top/terminal.ts";

/* What the kernel alone tells, wanted while the screen is up: it is asked then, where it may be. */

const reason = noHost() ?? noDoor();
let host: Host;
let terminal: Terminal | undefined;
beforeAll(async () => {
  if (reason === undefined) host = await Host.burdened();
});
beforeEach(async (context) => {
  skipIf(context, reason);
  terminal = await Terminal.begin({ columns: 150, rows: 24, host });
});
afterEach(() => terminal?.end());
afterAll(() => host?.remove());

async function start(words: string): Promise<void> {
  terminal!.start(`--every 200ms ${words}`);
  await terminal!.shows((text) => /\d+-\d+ of \d+/.test(text));
}

/** How many rows there are. */
const total = (text: string): number => Number(/\d+-\d+ of ([\d,]+)/.exec(text)?.[1]?.replace(",", "") ?? 0);

it("a word of a filter is answered by the kernel from then on", async () => {
  await start("-t");
  const all = total(terminal!.screen);
  terminal!.type("/rtt > 0 and rtt < 60s\r");
  const some = await terminal!.shows((text) => text.includes("rtt > 0") && total(text) > 0 && total(text) < all);
  expect(some).not.toContain("LISTEN");
  expect(some).toContain("ESTABLISHED");
  terminal!.type("/");
  for (let at = 0; at < 40; at++) terminal!.type("\x7f");
  terminal!.type("backlog > 0\r");
  const listeners = await terminal!.shows((text) => text.includes("backlog > 0") && text.includes("LISTEN"));
  expect(listeners).not.toContain("ESTABLISHED");
});

/** The last column that can be chosen is the socket's cookie. */
const CHOOSE_LAST = "o\x1b[F \r";

it("a column is filled by the kernel from then on", async () => {
  await start("-t");
  expect(terminal!.screen).not.toContain("COOKIE");
  terminal!.type(CHOOSE_LAST);
  await terminal!.shows((text) => /COOKIE/.test(text) && /^▸.* [0-9a-f]+ *$/m.test(text));
});

it("by procfs alone it is said what would tell it", async () => {
  await start("-t --source procfs");
  const before = total(terminal!.screen);
  terminal!.type("/rtt > 0\r");
  const text = await terminal!.shows((shown) => shown.includes("procfs does not tell rtt"));
  expect(text).toContain("--source kernel does");
  expect(total(text)).toBe(before);
  terminal!.type("/");
  for (let at = 0; at < 10; at++) terminal!.type("\x7f");
  terminal!.type("\r");
  terminal!.type(CHOOSE_LAST);
  await terminal!.shows((shown) => shown.includes("procfs does not tell cookie; --source kernel does"));
});
