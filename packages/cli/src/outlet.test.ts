import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { BIN } from "../../../test/support/command/run.ts";
import { missingTools, skipIf } from "../../../test/support/tools.ts";

/* Where output goes that is taken slowly, in part, or not at all. */

const place = mkdtempSync(join(tmpdir(), "procnet-outlet-"));
afterAll(() => rmSync(place, { recursive: true }));

const shell = (script: string): { status: number | null; stdout: string; stderr: string } =>
  spawnSync("bash", ["-c", script, process.execPath, BIN, join(place, "out")], { encoding: "utf8" });

/** The manual page: longer than what is written at once. */
const PAGE = spawnSync(process.execPath, [BIN, "man"], { encoding: "utf8" }).stdout;
/** Help: shorter. */
const HELP = spawnSync(process.execPath, [BIN, "--help"], { encoding: "utf8" }).stdout;

it("the texts of these tests are of both lengths", () => {
  expect(PAGE.length).toBeGreaterThan(16 * 1024);
  expect(HELP.length).toBeLessThan(16 * 1024);
  expect(HELP).toContain("Exit codes");
});

/** Gives a program a pipe that is full and waits for nobody, and reads it after a while. */
const FULL_PIPE = `
import fcntl, os, subprocess, sys, time
reader, writer = os.pipe()
os.set_blocking(writer, False)
filled = 0
try:
    while True: filled += os.write(writer, b"x" * 4096)
except BlockingIOError: pass
child = subprocess.Popen(sys.argv[1:], stdout=writer)
os.close(writer)
time.sleep(0.7)
text = b""
while True:
    piece = os.read(reader, 1 << 16)
    if not piece: break
    text += piece
sys.stdout.buffer.write(text[filled:])
sys.exit(child.wait())
`;

describe("a pipe", () => {
  beforeEach((context) => skipIf(context, missingTools("python3", "bash")));

  it.each([
    ["a short text", "--help", HELP],
    ["a long text", "man", PAGE],
  ])("that is full and not waited for gets all of %s", (_, word, text) => {
    const args = ["-c", FULL_PIPE, process.execPath, BIN, word];
    const { status, stdout } = spawnSync("python3", args, { encoding: "utf8", maxBuffer: 1 << 24 });
    expect(status).toBe(0);
    expect(stdout).toBe(text);
  });

  it.each(["--help", "man"])("that nobody reads from is no failure: %s", (word) => {
    const { status, stderr } = shell(`"$0" "$1" ${word} | true; exit \${PIPESTATUS[0]}`);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  it("gets all of a long text, however slowly it is read", () => {
    expect(shell(`"$0" "$1" man | (sleep 0.5; cat)`).stdout).toBe(PAGE);
  });
});

describe("a file", () => {
  it.each([
    ["--help", HELP],
    ["man", PAGE],
  ])("holds all of it: %s", (word, text) => {
    expect(shell(`"$0" "$1" ${word} >"$2"`).status).toBe(0);
    expect(readFileSync(join(place, "out"), "utf8")).toBe(text);
  });

  it.each(["--help", "man"])("that takes no more is a failure, and said: %s", (word) => {
    const { status, stderr } = shell(`trap '' XFSZ; ulimit -f 0; "$0" "$1" ${word} >"$2"`);
    expect(status).toBe(4);
    expect(stderr).toMatch(/^procnet: cannot write: EFBIG.*\n$/);
  });

  it("an answer whose messages cannot be written is given all the same", () => {
    const { status, stdout } = shell(`trap '' XFSZ; ulimit -f 0; "$0" "$1" port 1 2>"$2"`);
    expect([0, 1, 3]).toContain(status);
    expect(stdout).toContain("STATUS");
  });
});
