import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findOwners } from "../../../packages/cli/src/netstat/holders.ts";
import { BIN } from "../../support/command/run.ts";
import { inside, ours, type Printed, runIn, sameMoment, unprivileged } from "../../support/netstat/compare.ts";
import { makeSocketScene, noNetstat, type SocketScene } from "../../support/netstat/scene-sockets.ts";
import { noMounts, run, skipIf } from "../../support/tools.ts";

const skip = noNetstat();

describe("against netstat", () => {
  let scene: SocketScene | undefined;
  beforeAll(async () => {
    if (skip === undefined) scene = await makeSocketScene();
  });
  afterAll(() => scene?.remove());
  beforeEach((context) => skipIf(context, skip));

  /** Programs whose names netstat prints raw, or cuts within a character. */
  const ODD = ["escape", "newline", "bidi", "binary", "cut"];
  const namespace = (): string => scene!.scene.namespace.name;

  /** Without the odd ones: a name of two lines makes two of them. */
  function comparable(printed: Printed): Printed {
    const ports = ODD.map((name) => `:${scene!.holders[name]!.port} `);
    const lines = printed.out.split("\n").filter((line) => !ports.some((port) => line.includes(port)));
    return { ...printed, out: lines.filter((line) => !line.startsWith("two ")).join("\n") };
  }

  it.each(["-tulpn", "-tanp", "-tanep", "-uanp", "-wUanp", "-tnpW", "-6tanp"])("netstat %s", (flags) => {
    const { theirs, ours } = sameMoment(inside(namespace()), [flags], comparable);
    expect(ours).toEqual(theirs);
  });

  it.each(["-tulpn", "-tanp", "-xpl", "-unep"])("netstat %s for a user who may not see everything", (flags) => {
    const { theirs, ours } = sameMoment(unprivileged(namespace()), [flags], (printed) => ({
      ...printed,
      // Names of unix sockets are looked at in their own test.
      out: printed.out.replace(/^unix.*\n/gm, ""),
      err: printed.err.replaceAll("warning, got bogus unix line.\n", ""),
    }));
    expect(ours).toEqual(theirs);
    expect(ours.err).toMatch(/^\((Not all processes|No info could be read)/);
  });

  it("shows who shares a socket by the lowest number, and what could steer a terminal escaped", () => {
    const { out } = ours(inside(namespace()), ["-tulpn"]);
    const of = (name: string): string => {
      const { pid, port } = scene!.holders[name]!;
      const line = out.split("\n").find((row) => row.includes(`:${port} `))!;
      return Buffer.from(line.slice(80), "latin1").toString().trimEnd().replace(`${pid}/`, "PID/");
    };
    expect(of("shared")).toMatch(/^PID\/sharer-/);
    expect(of("escape")).toMatch(/^PID\/\\x1b\[31mred\\x1b/);
    expect(of("newline")).toBe("PID/one\\x0atwo");
    expect(of("bidi")).toBe("PID/a\\u{202e}b");
    expect(of("binary")).toBe("PID/\\xff\\xfebin");
    expect(of("cut")).toMatch(/^PID\/\u65e5+$/);
    expect(of("empty")).toBe("PID/");
    expect(of("directory")).toBe("PID/");
  });
});

/** Processes 9 to 12 of a namespace of their own share a socket; then the programs given are run. */
const SHARED = `
import os, socket, subprocess, sys, time
held = socket.create_server(("127.0.0.1", 0))
children = []
while not children or children[-1] < 12:
    child = os.fork()
    if child == 0:
        time.sleep(60)
        os._exit(0)
    children.append(child)
held.close()
for child in children:
    if child < 9:
        os.kill(child, 9)
        os.waitpid(child, 0)
for program in (["netstat"], sys.argv[1:]):
    subprocess.run([*program, "-tlnp"])
`;

it("shows the lowest of the numbers 9 to 12, as netstat does", (context) => {
  skipIf(context, skip ?? noMounts());
  const python = run("python3", ["-c", "import sys; print(sys.executable)"]).trim();
  const alone = ["unshare", "--net", "--pid", "--fork", "--kill-child", "--mount-proc"] as const;
  const { out } = runIn([...alone], [python, "-ISc", SHARED, process.execPath, BIN, "netstat"]);
  const owners = out.split("\n").filter((line) => line.startsWith("tcp"));
  expect(owners).toHaveLength(2);
  expect(owners[1]).toBe(owners[0]);
  expect(owners[0]).toContain(" 9/python3");
});

describe("a captured tree", () => {
  const root = mkdtempSync("/tmp/procnet-owners-");
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  function captured(pid: number | string, cmdline: string | Buffer | undefined, ...links: string[]): void {
    mkdirSync(`${root}/${pid}/fd`, { recursive: true });
    if (cmdline !== undefined) writeFileSync(`${root}/${pid}/cmdline`, cmdline);
    for (const [fd, link] of links.entries()) symlinkSync(link, `${root}/${pid}/fd/${fd}`);
  }
  captured(1000, "/bin/later\0", "socket:[7]", "socket:[8]");
  captured(999, "/bin/first\0-x\0", "socket:[7]", "pipe:[9]", "/socket:[10]");
  captured(5, undefined, "socket:[8]");
  captured("self", "self", "socket:[11]");
  captured(31, "a\0b", "socket:[12]");
  captured(32, `/${"d/".repeat(300)}`, "socket:[13]");

  it("goes through processes by number, and passes over what is none", async () => {
    const { owners, notice } = await findOwners(root);
    expect(notice).toBeUndefined();
    expect([...owners].map(([inode, { shown }]) => [inode, shown])).toEqual([
      [12, "31/a"],
      [13, "32/"],
      [7, "999/first"],
      [8, "1000/later"],
    ]);
  });
});
