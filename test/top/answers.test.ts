import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { skipIf } from "../support/tools.ts";
import { Host, noHost } from "../support/top/host.ts";
import { Terminal } from "../support/top/terminal.ts";

/*
 * What somebody asks who never saw the screen, on a host in trouble: who has the most connections, which queue is full, what uses up
 * ports, what is wrong.
 */

const reason = noHost();
const place = mkdtempSync(join(tmpdir(), "procnet-answers-"));
let host: Host;
let terminal: Terminal;
beforeAll(async () => {
  if (reason === undefined) host = await Host.burdened();
});
beforeEach(async (context) => {
  skipIf(context, reason);
  terminal = await Terminal.begin({ columns: 80, rows: 24, host, directory: place });
});
afterEach(() => terminal?.end());
afterAll(() => {
  host?.remove();
  rmSync(place, { recursive: true });
});

async function start(words: string): Promise<void> {
  terminal.start(`--every 200ms ${words}`);
  await terminal.shows((text) => /\d+-\d+ of \d+/.test(text));
}

/** The row that is selected. */
const selected = (screen: string): string => screen.split("\n").find((line) => line.startsWith("▸")) ?? "";

it("who holds the most connections", async () => {
  await start("");
  terminal.type("2");
  const text = await terminal.shows((shown) => shown.includes("[2 processes]") && shown.includes("database"));
  expect(selected(text)).toMatch(/database\[1001\] +181 /);
});

it("which listener's queue is full", async () => {
  await start("");
  terminal.type("3");
  const text = await terminal.shows((shown) => shown.includes("tcp-accept-queue"));
  expect(selected(text)).toMatch(/127\.0\.0\.1:8080 +5 .*web\[3001\]/);
  terminal.type("\r");
  await terminal.shows((shown) => shown.includes("5 connections wait") || shown.includes("wait for accept"));
});

it("which destination uses up local ports", async () => {
  await start("");
  terminal.type("4");
  const text = await terminal.shows((shown) => shown.includes("180/200 90 %"));
  expect(selected(text)).toMatch(/127\.0\.0\.1:5432 .*pool\[2001\]/);
  terminal.type("\r");
  await terminal.shows((shown) => shown.includes("180 of 200 local ports"));
});

it("what is wrong, on every view and with what it rests on", async () => {
  await start("");
  await terminal.shows((text) => /^▲ warn {2}tcp 127\.0\.0\.1:8080: web.*press 6/m.test(text));
  terminal.type("6");
  const text = await terminal.shows((shown) => /\[6 health/.test(shown) && shown.includes("Whose:"));
  expect(text).toContain("▲ warn");
  expect(text).toContain("What to do:");
  terminal.type("\r");
  await terminal.shows((shown) => shown.includes("Severity warn"));
});

it("a filter is applied while it is written, and its error points to the place", async () => {
  await start("");
  terminal.type("/sport = :8080 and state lisen");
  const wrong = await terminal.shows((text) => text.includes("did you mean"));
  const lines = wrong.split("\n");
  const at = lines.findIndex((line) => line.startsWith("filter: "));
  expect(lines[at + 1]!.indexOf("^")).toBe(lines[at]!.indexOf("lisen"));
  terminal.type("\x7f\x7ften");
  await terminal.shows((text) => text.includes("1-1 of 1") && text.includes("127.0.0.1:8080"));
  terminal.type("\r");
  await terminal.shows((text) => text.includes("? help") && text.includes("filter: sport = :8080 and state listen"));
  terminal.type("\x1b");
  await terminal.shows((text) => !text.includes("filter:"));
});

it("the selected row stays selected when rows move", async () => {
  await start("--view processes");
  terminal.type("\x1b[B\x1b[B");
  await terminal.shows((text) => selected(text).includes("leaky[5001]"));
  terminal.type("r");
  const text = await terminal.shows((shown) => selected(shown).includes("leaky") && shown.includes("SOCKETS↑"));
  expect(text.split("\n").findIndex((line) => line.startsWith("▸"))).toBe(7);
});

it("keys that were pressed before their rows are there wait for them, in their order", async () => {
  terminal.start("--every 200ms");
  // Down and Enter are for the listeners, whatever was shown when they came: the first of them is that with the full queue.
  terminal.type("3\x1b[B\r");
  const text = await terminal.shows((shown) => shown.includes("It listens."));
  expect(text).toContain("\ntcp 127.0.0.1:5432\n");
});

it("keys that come at once are for what those before them asked for", async () => {
  await start("");
  // The rows of each letter are arranged in the same moment: Enter is for those of the whole filter.
  terminal.type("/sport = :5432 and state listening\r\r");
  const text = await terminal.shows((shown) => shown.includes("It listens."));
  expect(text).toContain("\ntcp 127.0.0.1:5432\n");
  terminal.type("\x1b");
  await terminal.shows((shown) => shown.includes("? help"));
  terminal.type("\x1b");
  await terminal.shows((shown) => !shown.includes("filter:"));
  terminal.type("32\x1b[B\x1b[B\r");
  await terminal.shows((shown) => shown.includes("leaky[5001]") && shown.includes("descriptors"));
});

it("rows that are frozen before all of the first look is there get the rest of it", async () => {
  terminal.start("--every 200ms --view interfaces");
  terminal.type(" ");
  await terminal.shows((text) => text.includes("FROZEN") && /^▸.lo /m.test(text));
});

const exported = (): string[] => readdirSync(place).filter((name) => name.startsWith("procnet-sockets-"));

it("what is shown is exported to a new file, and never over another", async () => {
  await start("'dport >= :41000'");
  for (let times = 1; times <= 2; times++) {
    terminal.type("e");
    await terminal.shows((text) => text.includes("12 rows are in"));
    expect(exported()).toHaveLength(times);
    terminal.type("1");
    await terminal.shows((text) => !text.includes("12 rows are in"));
  }
  const rows = readFileSync(join(place, exported()[0]!), "utf8").trim().split("\n");
  expect(
    rows
      .map((row) => JSON.parse(row))
      .map(({ remotePort }) => remotePort)
      .sort(),
  ).toEqual(Array.from({ length: 12 }, (_, number) => 41001 + number));
});

it("keys behind the one that ends it are not its own", async () => {
  await start("");
  const before = exported().length;
  terminal.type("qe");
  await terminal.shows((text) => text.includes("ready>") && !text.includes("? help"));
  expect(exported()).toHaveLength(before);
});

it("a closed socket stays for a while and is marked, unless it is not wanted", async () => {
  const ended = join(place, "ended");
  const waits = `while not os.path.exists('${ended}'): time.sleep(0.05)`;
  const listener = `import os, socket, time\ns = socket.create_server(('127.0.0.1', 7007))\n${waits}\n`;
  writeFileSync(join(place, "listener.py"), listener);
  terminal.type("python3 listener.py &\n");
  await start("'sport = :7007'");
  await terminal.shows((text) => selected(text).includes("LISTEN"));
  writeFileSync(ended, "");
  const text = await terminal.shows((shown) => selected(shown).includes("closed"));
  expect(selected(text)).toMatch(/^▸-tcp +closed/);
  terminal.type("c");
  await terminal.shows((shown) => shown.includes("nothing passes the filter"));
});

it("frozen rows stay as they are", async () => {
  await start("--view processes");
  await terminal.shows((text) => text.includes("database"));
  terminal.type(" ");
  await terminal.shows((text) => text.includes("FROZEN"));
  terminal.type(" ");
  await terminal.shows((text) => !text.includes("FROZEN"));
});

it("a process is ended after asking, and only what may be", async () => {
  const own = await Host.burdened();
  terminal.end();
  terminal = await Terminal.begin({ columns: 100, rows: 24, host: own, directory: place });
  try {
    await start("--view processes");
    await terminal.shows((text) => selected(text).includes("database[1001]"));
    terminal.type("k");
    await terminal.shows((text) => text.includes("Kill database[1001] (uid 0)") && text.includes("? [y/N]"));
    terminal.type("n");
    await terminal.shows((text) => text.includes("database[1001] was left alone"));
    // Nobody can have seen the question to which this would be the answer.
    terminal.type("ky");
    await terminal.shows((text) => text.includes("? [y/N]"));
    terminal.type("y");
    await terminal.shows((text) => text.includes("sent SIGTERM to database[1001]"));
    await terminal.shows((text) => !selected(text).includes("database"));
  } finally {
    own.remove();
  }
});

it("help says which keys there are and where bytes of connections are to be had", async () => {
  await start("");
  terminal.type("?");
  await terminal.shows((text) => text.includes("procnet top: keys"));
  terminal.type("\x1b[F");
  await terminal.shows(
    (text) => text.includes("procnet top --source kernel shows") && text.includes("procnet traffic"),
  );
});
