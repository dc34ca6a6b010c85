import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface, type Interface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { noDoor } from "../support/kernel/netlink-in.ts";
import { skipIf } from "../support/tools.ts";
import { Host, noHost } from "../support/top/host.ts";
import { Terminal } from "../support/top/terminal.ts";

/* What connections and processes send and receive a second, as the kernel counts it, beside what a program says that it sends. */

const SENDER = fileURLToPath(new URL("../support/top/sender.py", import.meta.url));
const PORT = 7100;

const reason = noHost() ?? noDoor();
let host: Host;
let sender: ChildProcess;
let lines: Interface;
let terminal: Terminal | undefined;
beforeAll(async () => {
  if (reason !== undefined) return;
  host = await Host.empty();
  const [command = "", ...words] = [...host.enter, "python3", SENDER, String(PORT), "20000", "0.02"];
  sender = spawn(command, words, { stdio: ["pipe", "pipe", "inherit"] });
  lines = createInterface(sender.stdout!);
  await once(lines, "line");
});
beforeEach(async (context) => {
  skipIf(context, reason);
  terminal = await Terminal.begin({ columns: 160, rows: 24, host });
});
afterEach(() => terminal?.end());
afterAll(() => {
  sender?.kill();
  host?.remove();
});

/** Bytes that the program has sent by now, and seconds of its clock. */
async function sentBy(): Promise<[number, number]> {
  sender.stdin!.write("\n");
  const [line] = (await once(lines, "line")) as [string];
  const [bytes = 0, seconds = 0] = line.split(" ").map(Number);
  return [bytes, seconds];
}

const UNITS = ["B", "KiB", "MiB", "GiB"];

/** Bytes a second in the columns of a line, sent before received; a dash is none. */
function ratesIn(line: string | undefined): number[] {
  return [...(line ?? "").matchAll(/([\d.,]+) (B|KiB|MiB|GiB)\/s/g)].map(
    ([, number = "", unit = ""]) => Number(number.replaceAll(",", "")) * 1024 ** UNITS.indexOf(unit),
  );
}

/** The rates of a row once they are those of the program, which goes on at its pace. */
async function shown(words: string, find: RegExp): Promise<{ readonly rates: number[]; readonly sent: number }> {
  const before = await sentBy();
  terminal!.start(`--every 1s ${words}`);
  const rowOf = (text: string): string | undefined => text.split("\n").find((line) => find.test(line));
  // The look in which a connection is first seen has not all of its second.
  await terminal!.shows((text) => ratesIn(rowOf(text)).some((rate) => rate > 0));
  await new Promise((resolve) => setTimeout(resolve, 2500));
  const text = terminal!.screen;
  expect(text).toMatch(/ SENT\/S +RECEIVED\/S/);
  const after = await sentBy();
  return { rates: ratesIn(rowOf(text)), sent: (after[0] - before[0]) / (after[1] - before[1]) };
}

/** Within a fifth: the seconds of a look are not those of the program. */
function isAbout(rate: number | undefined, sent: number): void {
  expect(rate).toBeGreaterThan(sent * 0.8);
  expect(rate).toBeLessThan(sent * 1.2);
}

it.each([
  ["sends", "dport", 0, 1],
  ["receives", "sport", 1, 0],
])("a socket that %s is told with it, and with nothing else", async (_does, port, does, other) => {
  const { rates, sent } = await shown(`--source kernel '${port} = :${PORT} and state established'`, /^▸.*127\.0\.0\.1/);
  isAbout(rates[does], sent);
  expect(rates[other]).toBe(0);
});

it("a process is told with all that its connections send and receive", async () => {
  const { rates, sent } = await shown(`--source kernel --view processes 'dport = :${PORT}'`, /^▸.*python3\[\d+\]/);
  isAbout(rates[0], sent);
  isAbout(rates[1], sent);
});

it("nothing is told where the kernel is not asked", async () => {
  terminal!.start(`--every 1s --source procfs 'dport = :${PORT}'`);
  const text = await terminal!.shows((screen) => screen.includes(`127.0.0.1:${PORT}`));
  expect(text).not.toContain("SENT/S");
});
