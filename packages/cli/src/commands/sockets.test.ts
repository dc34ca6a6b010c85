import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, expect, it } from "vitest";
import { procnet } from "../../../../test/support/command/run.ts";
import { missingTools, noNamespaces, skipIf } from "../../../../test/support/tools.ts";

/** Listens, goes to a network namespace of its own (CLONE_NEWNET), listens there too, and tells both ports. */
const SCRIPT = `
import ctypes, socket, sys
def listen():
    sock = socket.create_server(("127.0.0.1" if not held else "0.0.0.0", 0))
    held.append(sock)
held = []
listen()
assert ctypes.CDLL(None).unshare(0x40000000) == 0
listen()
print(*(sock.getsockname()[1] for sock in held), flush=True)
sys.stdin.read()
`;

let holder: ChildProcess | undefined;
afterEach(() => {
  holder?.kill("SIGKILL");
});

it("--pid finds what a process opened before it went to another network namespace", async (context) => {
  skipIf(context, noNamespaces() ?? missingTools("python3"));
  holder = spawn("python3", ["-IS", "-c", SCRIPT], { stdio: ["pipe", "pipe", "inherit"] });
  const [line] = (await once(holder.stdout!, "data")) as [Buffer];
  const ports = line.toString().trim().split(" ").map(Number);
  const { code, out } = await procnet(["sockets", "-t", "-l", "--json", "--pid", String(holder.pid)]);
  const { sockets } = JSON.parse(out) as { sockets: { localPort: number; namespace: number }[] };
  expect(code).toBe(0);
  expect(sockets.map(({ localPort }) => localPort).sort()).toEqual(ports.sort());
  expect(new Set(sockets.map(({ namespace }) => namespace)).size).toBe(2);
});
