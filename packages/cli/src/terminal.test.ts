import { spawnSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { BIN } from "../../../test/support/command/run.ts";
import { type Tree, usualTree } from "../../../test/support/command/tree.ts";
import { scaled } from "../../../test/support/time.ts";
import { missingTools, skipIf } from "../../../test/support/tools.ts";

const reason = missingTools("tmux");
/** A server of its own for each test: one that is ending refuses new sessions. */
let server = 0;
const tmux = (...args: string[]): string =>
  spawnSync("tmux", ["-L", `procnet-test-${process.pid}-${server}`, ...args], { encoding: "utf8" }).stdout;

let tree: Tree;
beforeAll(() => {
  tree = usualTree();
});
beforeEach((context) => skipIf(context, reason));
afterAll(() => {
  if (reason === undefined) tmux("kill-server");
  tree.remove();
});

/** What stands on the screen, once it is as wanted. */
async function screen(isWanted: (text: string) => boolean): Promise<string> {
  let text = "";
  for (const end = performance.now() + scaled(60_000); performance.now() < end; ) {
    text = tmux("capture-pane", "-p", "-t", "t");
    if (isWanted(text)) return text;
    await sleep(50);
  }
  throw new Error(`the screen never was as wanted:\n${text}`);
}

/** Types a text. (send-keys of tmux 3.3a does nothing while no client is attached.) */
function type(text: string): void {
  tmux("set-buffer", "--", text);
  tmux("paste-buffer", "-t", "t");
}
const CTRL_C = "\x03";
const CTRL_Z = "\x1a";
const flag = (name: string): string => tmux("display-message", "-p", "-t", "t", `#{${name}}`).trim();

describe("--every on a terminal", () => {
  beforeEach(async () => {
    if (server++ > 0) spawnSync("tmux", ["-L", `procnet-test-${process.pid}-${server - 1}`, "kill-server"]);
    tmux(
      "-f",
      "/nonexistent",
      "new-session",
      "-d",
      "-s",
      "t",
      "-x",
      "80",
      "-y",
      "12",
      "PS1='ready> ' bash --norc --noprofile",
    );
    await screen((text) => text.includes("ready>"));
    type(`${process.execPath} ${BIN} --root ${tree.root} --every 100ms\n`);
    await screen((text) => text.includes("every 0.1s") && text.includes("postgres[300]"));
  });

  it("draws the table in place, as wide and high as the terminal", async () => {
    const text = await screen((shown) => shown.includes("udp"));
    expect(text.split("\n")[0]).toMatch(/^procnet sockets {2}every 0\.1s {2}\d\d:\d\d:\d\d$/);
    expect(text.split("\n")[1]).toMatch(/^PROTO {2}STATE/);
    expect(text).not.toContain("ready>");
    expect(flag("alternate_on")).toBe("1");
    expect(flag("cursor_flag")).toBe("0");
    tmux("resize-window", "-t", "t", "-x", "40", "-y", "6");
    const small = await screen((shown) => shown.includes("more lines"));
    expect(small.trimEnd().split("\n")).toHaveLength(6);
    expect(small).not.toContain("STATE");
  });

  const isRestored = async (): Promise<void> => {
    await screen((text) => text.includes("ready>") && !text.includes("postgres"));
    expect(flag("alternate_on")).toBe("0");
    expect(flag("cursor_flag")).toBe("1");
    expect(flag("wrap_flag")).toBe("1");
  };

  it("leaves the terminal as it was at Ctrl-C", async () => {
    type(CTRL_C);
    await isRestored();
    type("echo code $?\n");
    await screen((text) => text.includes("code 130"));
  });

  it.each(["TERM", "HUP", "QUIT"])("leaves the terminal as it was at SIG%s", async (signal) => {
    const pane = flag("pane_pid");
    const child = spawnSync("ps", ["--ppid", pane, "-o", "pid="], { encoding: "utf8" }).stdout.trim();
    process.kill(Number(child), `SIG${signal}`);
    await isRestored();
  });

  it("leaves the terminal when it is stopped, and takes it again", async () => {
    type(CTRL_Z);
    await isRestored();
    type("fg\n");
    await screen((text) => text.includes("every 0.1s") && text.includes("postgres[300]"));
    type(CTRL_C);
    await isRestored();
  });
});

/** Gives the program a terminal that is not the one signals come from, and takes it away. */
const TAKE_AWAY = `
import os, pty, subprocess, sys
main, side = pty.openpty()
child = subprocess.Popen(sys.argv[1:], stdin=side, stdout=side, stderr=side, start_new_session=True)
os.close(side)
os.read(main, 1)
os.close(main)
print(child.wait())
`;

it("ends as at SIGHUP when its terminal goes away without a signal", (context) => {
  skipIf(context, missingTools("python3"));
  const command = ["-c", TAKE_AWAY, process.execPath, BIN, "--root", tree.root, "--every", "50ms"];
  const { stdout, stderr } = spawnSync("python3", command, { encoding: "utf8" });
  expect({ stdout, stderr }).toEqual({ stdout: "-1\n", stderr: "" });
});

/** Has the program ask whether to kill a listener, and answers with keys. */
const ANSWER = `
import os, pty, subprocess, sys
listen = "import socket, time; s = socket.create_server(('127.0.0.1', 0)); print(s.getsockname()[1], flush=True); time.sleep(100000)"
other = subprocess.Popen([sys.executable, "-c", listen], stdout=subprocess.PIPE)
port = other.stdout.readline().decode().strip()
main, side = pty.openpty()
child = subprocess.Popen([*sys.argv[2:], "port", port, "--kill"], stdin=side, stdout=side, stderr=side)
os.close(side)
text = b""
try:
    while b"[y/N] " not in text: text += os.read(main, 1000)
    os.write(main, sys.argv[1].encode())
    text = b""
    while True: text += os.read(main, 1000)
except OSError: pass
other.kill()
print(child.wait(), text.decode().split("[y/N] ")[-1])
`;

it.each([
  ["Ctrl-C", "\x03"],
  ["Ctrl-D", "\x04"],
])("takes %s for a no, on a line of its own", (_name, key) => {
  if (missingTools("python3") !== undefined) return console.warn("not installed: python3");
  const { stdout, stderr } = spawnSync("python3", ["-c", ANSWER, key, process.execPath, BIN], { encoding: "utf8" });
  expect(stderr).toBe("");
  expect(stdout).toMatch(/^4 (\u001b\[\w+)*\s*\r?\nprocnet: nothing was killed\s*$/);
});
