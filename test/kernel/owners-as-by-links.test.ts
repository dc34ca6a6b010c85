import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { release } from "node:os";
import { createKernelSource } from "@procnet/kernel";
import { SocketEngine } from "procnet";
import { describe, expect, it } from "vitest";
import { isByReader } from "../../packages/procnet/src/host/boot-offset.ts";
import { noIterator } from "../support/kernel/pin.ts";
import { missingTools, ROOT, run, skipIf } from "../support/tools.ts";

/* What is told of the process that the iterator names, against /proc. */

const reason = await noIterator();

/** Listens, and writes over its arguments when it is told to, as setproctitle(3) of nginx and postgres: its name stays. */
const TITLES = `
import socket, sys, threading
one = socket.socket(); one.bind(("127.0.0.1", 0)); one.listen()
if sys.argv[1] == "more": threading.Thread(target=threading.Event().wait, daemon=True).start()
print(one.getsockname()[1], flush=True)
at = int(open("/proc/self/stat").read().rsplit(")", 1)[1].split()[45])
memory = open("/proc/self/mem", "r+b", 0)
for title in sys.stdin:
    memory.seek(at); memory.write(title.strip().encode() + b"\\0"); print("written", flush=True)
`;

describe("arguments that a process writes over", () => {
  it.for(["one", "more"])("are told as they are now, of one with so many threads: %s", async (threads, context) => {
    skipIf(context, reason);
    const other = spawn("python3", ["-IS", "-c", TITLES, threads], { stdio: ["pipe", "pipe", "inherit"] });
    const source = createKernelSource();
    const engine = new SocketEngine();
    try {
      const [port] = await once(other.stdout, "data");
      const asked = { protocol: "tcp", localPort: Number(`${port}`), source } as const;
      for (const title of ["", "a: first", "a: second"]) {
        if (title !== "") {
          other.stdin.write(`${title}\n`);
          await once(other.stdout, "data");
        }
        const { sockets, sourceOf } = await engine.sockets(asked);
        const [now] = readFileSync(`/proc/${other.pid}/cmdline`, "utf8").split("\0");
        if (title !== "") expect(now).toBe(title);
        expect([sourceOf?.owners, sockets[0]?.owners?.[0]?.cmdline?.[0]]).toEqual(["kernel", now]);
      }
    } finally {
      source.close();
      engine.close();
      other.kill("SIGKILL");
    }
  });
});

const READER = `
const { createServer } = await import("node:net");
const { createKernelSource } = await import("@procnet/kernel");
const { SocketEngine, baseProcFs } = await import("procnet");
const server = createServer().listen(0, "127.0.0.1");
await new Promise((resolve) => server.once("listening", resolve));
const source = createKernelSource();
const { sockets: [one] } = await new SocketEngine().sockets({ protocol: "tcp", localPort: server.address().port, source });
console.log(JSON.stringify([one.owners[0]?.pid === process.pid, one.owners[0]?.startTime, baseProcFs().process(process.pid).stat().starttime]));
server.close(); source.close();
`;

it("are there for a reader whose time since boot is another one", (context) => {
  skipIf(context, reason ?? missingTools("unshare"));
  const isOf = (time: string[]): [boolean, number, number] => {
    const words = [...time, process.execPath, "--input-type=module", "-e", READER];
    return JSON.parse(run("env", ["-C", `${ROOT}/test`, ...words])) as [boolean, number, number];
  };
  const here = isOf([]);
  expect(here).toEqual([true, here[2], here[2]]);
  const there = isOf(["unshare", "--time", "--boottime", "864000", "--fork"]);
  expect(there).toEqual([true, there[2], there[2]]);
  if (isByReader(release())) expect(there[2]).toBeGreaterThan(here[2] + 863_000 * 100);
});
