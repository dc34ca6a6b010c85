import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { afterEach, expect, it } from "vitest";
import { escapeText, socketsSync } from "../../packages/procnet/src/index.ts";
import { createProcnetServer, type ProcnetServer } from "../../packages/server/src/server.ts";
import { readExposition } from "../support/exposition.ts";
import { missingTools, skipIf } from "../support/tools.ts";

/** What programs call themselves in their first argument. */
const NAMES = [
  'a"b\\c',
  "x\ny",
  '"} 1\nevil{a="',
  "\\n",
  "\u001b[2J",
  "\u202egnp",
  "größe",
  "__proto__",
  "other ",
  "# HELP x y",
  " ",
  "a,b=",
];

/** Listens once under each name that comes as JSON in its argument, in a process each, until its input ends. */
const SCENE = `
import json, os, signal, socket, sys
pids, ports = [], []
for name in [bytes(one) for one in json.loads(sys.argv[1])]:
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(1)
    ready, told = os.pipe()
    pid = os.fork()
    if pid == 0:
        listener.set_inheritable(True)
        os.execv("/bin/sleep", [name, b"600"])
    # The end of this pipe is closed when the other program runs.
    os.close(told)
    os.read(ready, 1)
    os.close(ready)
    pids.append(pid)
    ports.append(listener.getsockname()[1])
    listener.close()
print(json.dumps({"pids": pids, "ports": ports}), flush=True)
sys.stdin.read()
for pid in pids:
    os.kill(pid, signal.SIGKILL)
`;

let child: ChildProcess | undefined;
let server: ProcnetServer | undefined;
afterEach(async () => {
  await server?.close();
  if (child !== undefined) {
    const ended = once(child, "exit");
    child.stdin!.end();
    await ended;
  }
  child = undefined;
  server = undefined;
});

/** https://prometheus.io/docs/instrumenting/exposition_formats/#text-format-details */
const unescaped = (text: string): string => text.replace(/\\(.)/g, (_, one: string) => (one === "n" ? "\n" : one));

it("names that programs chose come back as they are shown, and promtool has nothing to say", async (context) => {
  skipIf(context, missingTools("python3", "promtool"));
  const bytes = [...NAMES.map((name) => [...Buffer.from(name)]), [0x66, 0xff, 0xfe]];
  child = spawn("python3", ["-c", SCENE, JSON.stringify(bytes)], { stdio: ["pipe", "pipe", "inherit"] });
  const [line] = (await once(child.stdout!, "data")) as [Buffer];
  const { pids, ports } = JSON.parse(String(line)) as { pids: number[]; ports: number[] };
  const programs = new Set(
    socketsSync({ pid: pids }).sockets.flatMap(({ owners = [] }) => owners.map(({ program }) => program)),
  );
  expect(programs.size).toBeGreaterThanOrEqual(NAMES.length - 1);

  server = await createProcnetServer({ listen: ["127.0.0.1:0"], ports });
  const text = await (await fetch(`${server.urls[0]}metrics`)).text();
  const told = new Set<string>();
  for (const key of readExposition(text).get("procnet_process_sockets")!.samples.keys()) {
    const [, value = ""] = /(?:^|,)process="((?:[^"\\]|\\.)*)"/.exec(key) ?? [];
    told.add(unescaped(value));
  }
  for (const program of programs) expect([...told]).toContain(escapeText(program));
  for (const value of told) expect(value).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);

  const listening = readExposition(text).get("procnet_port_sockets")!.samples;
  for (const port of ports)
    expect(listening.get(`port="${port}",protocol="tcp",side="local",state="LISTEN"`), `${port}`).toBe(1);
  const { stdout, stderr } = spawnSync("promtool", ["check", "metrics"], { input: text, encoding: "utf8" });
  // Names that are node_exporter's: its own text is told the same of.
  const known = /^node_netstat_\w+ metric names should be written in 'snake_case' not 'camelCase'$/;
  expect(`${stdout}${stderr}`.split("\n").filter((line) => line !== "" && !known.test(line))).toEqual([]);
});
