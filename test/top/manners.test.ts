import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { BIN, program } from "../support/command/run.ts";
import { missingTools, skipIf } from "../support/tools.ts";
import { Terminal, type TerminalOptions } from "../support/top/terminal.ts";

const reason = missingTools("tmux", "ps", "python3", "stty");
const place = mkdtempSync(join(tmpdir(), "procnet-manners-"));
let terminal: Terminal;
beforeEach((context) => skipIf(context, reason));
afterEach(() => terminal?.end());
afterAll(() => rmSync(place, { recursive: true }));

async function begin(more: Partial<TerminalOptions> = {}): Promise<void> {
  terminal = await Terminal.begin({ columns: 80, rows: 24, ...more });
}

async function start(words = "", more: Partial<TerminalOptions> = {}): Promise<void> {
  await begin(more);
  terminal.start(words);
  await isShown();
}

async function isShown(): Promise<void> {
  await terminal.shows((text) => text.includes("[1 sockets]") && text.includes("? help"));
  expect(terminal.flag("alternate_on")).toBe("1");
}

/** The first screen is there again, with a cursor, and what is typed is seen and taken a line at a time. */
async function isRestored(): Promise<void> {
  await terminal.shows((text) => text.includes("ready>") && !text.includes("[1 sockets]"));
  const flags = Object.fromEntries(
    ["alternate_on", "cursor_flag", "wrap_flag"].map((name) => [name, terminal.flag(name)]),
  );
  expect(flags).toEqual({ alternate_on: "0", cursor_flag: "1", wrap_flag: "1" });
  terminal.type("stty -a\n");
  const text = await terminal.shows((shown) => shown.includes("icanon"));
  for (const mode of ["icanon", "isig", "echo", "opost", "icrnl"])
    expect(text).toMatch(new RegExp(`(?<!-)\\b${mode}\\b`));
}

describe("the terminal is as it was", () => {
  it.each([
    ["q", "q", 0],
    ["Ctrl-C", "\x03", 0],
  ])("after %s", async (_name, key, code) => {
    await start();
    terminal.type(key);
    await isRestored();
    terminal.type("clear; node -v >/dev/null; echo\n");
    expect(code).toBe(0);
  });

  it("after q, with exit code 0", async () => {
    await start();
    terminal.type("q");
    await terminal.shows((text) => text.includes("ready>"));
    terminal.type("echo code $?\n");
    await terminal.shows((text) => text.includes("code 0"));
  });

  it.each(["TERM", "INT", "HUP", "QUIT"])("after SIG%s", async (signal) => {
    await start();
    process.kill(terminal.child, `SIG${signal}`);
    await isRestored();
  });

  it("while it is stopped with Ctrl-Z, and when it goes on all is drawn again", async () => {
    await start();
    terminal.type("\x1a");
    await isRestored();
    terminal.type("fg\n");
    await isShown();
    terminal.type("2");
    await terminal.shows((text) => text.includes("[2 processes]"));
    terminal.type("q");
    await isRestored();
  });

  it("while it is stopped by SIGTSTP from elsewhere, again and again", async () => {
    await start();
    for (let times = 0; times < 2; times++) {
      process.kill(terminal.child, "SIGTSTP");
      await isRestored();
      terminal.type("clear; fg\n");
      await isShown();
    }
  });

  it("after an error that nobody expected, which is then seen", async () => {
    const crash = join(place, "crash.cjs");
    writeFileSync(
      crash,
      `if (process.argv[2] === "top") setTimeout(() => { throw new Error("out of the blue"); }, 2000);`,
    );
    await start("", { env: { NODE_OPTIONS: `--require ${crash}` } });
    await terminal.shows((text) => text.includes("out of the blue") && text.includes("ready>"));
    await isRestored();
  });
});

/** Gives the program a terminal that is not the one signals come from, and takes it away. */
const TAKE_AWAY = `
import os, pty, subprocess, sys
main, side = pty.openpty()
child = subprocess.Popen(sys.argv[1:], stdin=side, stdout=side, stderr=side, start_new_session=True, env={**os.environ, "TERM": "xterm"})
os.close(side)
text = b""
while b" of " not in text: text += os.read(main, 10000)
os.close(main)
print(child.wait())
`;

it("ends when its terminal goes away without a signal", () => {
  const { stdout, stderr } = spawnSync("python3", ["-c", TAKE_AWAY, process.execPath, BIN, "top"], {
    encoding: "utf8",
  });
  expect({ stdout, stderr }).toEqual({ stdout: "-1\n", stderr: "" });
});

describe("it says what to do instead", () => {
  const INSTEAD = /procnet watch .* procnet sockets --every/;

  it("where the output is no terminal", () => {
    const { code, out, err } = program(["top"]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^procnet: top draws on a terminal/);
    expect(err).toMatch(INSTEAD);
  });

  it.each(["dumb", ""])("where TERM is %j", async (TERM) => {
    await begin({ columns: 200, env: { TERM } });
    terminal.start();
    const text = await terminal.shows((shown) => shown.includes("TERM is"));
    expect(text).toMatch(INSTEAD);
    expect(terminal.flag("alternate_on")).toBe("0");
    terminal.type("echo code $?\n");
    await terminal.shows((shown) => shown.includes("code 2"));
  });

  it("where the input is no terminal", async () => {
    await begin({ columns: 200 });
    terminal.start("< /dev/null");
    expect(await terminal.shows((shown) => shown.includes("its input is none"))).toMatch(INSTEAD);
  });

  it("where a filter cannot be understood", async () => {
    await begin({ columns: 200 });
    terminal.start("state establshed");
    await terminal.shows((shown) => shown.includes("did you mean established?"));
    expect(terminal.flag("alternate_on")).toBe("0");
  });
});

describe("what is drawn", () => {
  it("has no colours where NO_COLOR is set, and some where it is not", async () => {
    await start();
    expect(terminal.styled).not.toMatch(/\x1b\[[\d;]*m/);
    terminal.end();
    await start("", { env: { NO_COLOR: "" } });
    await terminal.shows((text) => /▸/.test(text));
    expect(terminal.styled).toMatch(/\x1b\[[\d;]*7m/);
  });

  it("is ASCII where the locale is none of UTF-8", async () => {
    await start("", { env: { LANG: "C", LC_ALL: "C" } });
    for (const key of ["1", "2", "3", "4", "5", "6", "6", "?"]) {
      terminal.type(key);
      await terminal.shows((text) => text.includes(key === "?" ? "keys" : `[${key} `));
      expect(terminal.screen).toMatch(/^[\x20-\x7e\n]*$/);
    }
  });

  it("is right after a storm of resizes", async () => {
    await start();
    for (let round = 0; round < 60; round++) terminal.resize(20 + ((round * 37) % 180), 4 + ((round * 13) % 56));
    terminal.resize(100, 30);
    terminal.type("2 ");
    const linesOf = (screen: string): string[] => screen.replace(/\n$/, "").split("\n");
    // The last line is drawn last, and a screen can be looked at before that.
    const isWhole = (shown: string): boolean => linesOf(shown).at(-1)!.includes("? help") && shown.includes("FROZEN");
    const text = await terminal.shows((shown) => shown.includes("5 interfaces 6 health") && isWhole(shown));
    const lines = linesOf(text);
    expect(lines).toHaveLength(30);
    expect(lines[2]).toContain("[2 processes]");
    // What is drawn line by line is what is drawn at once.
    const below = (screen: string): string => screen.split("\n").slice(2).join("\n");
    terminal.type("\x0c");
    await terminal.shows((shown) => below(shown) === below(text));
  });

  it.each([
    [1, 1],
    [10, 2],
    [20, 3],
    [500, 100],
  ])("fits a terminal of %i by %i", async (columns, rows) => {
    await start();
    terminal.resize(columns, rows);
    for (const key of ["2", "5", "6", "?"]) terminal.type(key);
    terminal.resize(80, 24);
    await terminal.shows((text) => text.includes("procnet top: keys"));
  });
});

/** Numbers that look random, and are the same each time. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

it("goes on after a thousand random keys", async () => {
  await start("--every 100ms", { directory: place });
  const keys = [..."123456/sorc anhe+-=?jxyz:= ", "\r", "\x1b", "\t", "\x7f", "\x1b[A", "\x1b[B", "\x1b[5~", "\x1b[6~"];
  const more = ["\x1b[H", "\x1b[F", "\x1b[Z", "\x15", "\x0c", "state established", "é漢", "\x1b[200~", "\x1b[1;5C"];
  const all = [...keys, ...more];
  const random = numbers(7);
  for (let burst = 0; burst < 50; burst++) {
    terminal.type(Array.from({ length: 20 }, () => all[Math.floor(random.next().value! * all.length)]).join(""));
    if (burst % 10 === 0) terminal.resize(30 + burst, 10 + (burst % 20));
  }
  terminal.resize(80, 24);
  terminal.type("\x1b");
  await new Promise((resolve) => setTimeout(resolve, 200));
  terminal.type("\x1b");
  await new Promise((resolve) => setTimeout(resolve, 200));
  terminal.type("\x1b1");
  await terminal.shows((text) => text.includes("1 sockets"));
  terminal.type("\x03");
  await isRestored();
});
