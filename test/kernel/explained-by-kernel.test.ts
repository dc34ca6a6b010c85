import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createKernelSource } from "@procnet/kernel";
import { explainSocket, type Socket, sockets } from "procnet";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { noDoor } from "../support/kernel/netlink-in.ts";
import { missingTools, skipIf } from "../support/tools.ts";

/* What explanations say of queues and bytes that the kernel tells, beside what a program is known to have sent. */

const NAME = `procnet-explained-${process.pid}`;
const SCRIPT = `
import socket, sys
def reader(name):
    one = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    one.bind("\\0" + name)
    return one
many, empty = reader("${NAME}-many"), reader("${NAME}-empty")
sender = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
for _ in range(5): sender.sendto(b"x" * 100, "\\0${NAME}-many")
for size in (0, 500): sender.sendto(b"x" * size, "\\0${NAME}-empty")
server = socket.create_server(("127.0.0.1", 0))
client = socket.create_connection(server.getsockname())
end, _ = server.accept()
client.sendall(b"x" * 1000)
client.shutdown(socket.SHUT_WR)
print(server.getsockname()[1], flush=True)
sys.stdin.read()`;

const reason = noDoor() ?? missingTools("python3");
let child: ChildProcess | undefined;
let port = 0;
beforeAll(async () => {
  if (reason !== undefined) return;
  child = spawn("python3", ["-IS", "-c", SCRIPT], { stdio: ["pipe", "pipe", "inherit"] });
  const [line] = await once(child.stdout!, "data");
  port = Number(String(line));
});
afterAll(() => child?.kill("SIGKILL"));
beforeEach((context) => skipIf(context, reason));

async function explained(protocol: "unix" | "tcp", isIt: (socket: Socket) => boolean): Promise<string> {
  using source = createKernelSource({ info: "all", iterator: false });
  const all: readonly Socket[] = (await sockets({ protocol, owners: false, source })).sockets;
  const found = all.filter(isIt);
  expect(found).toHaveLength(1);
  return explainSocket(found[0]!).text;
}

it("of datagrams the next one is told, and not that it is all that waits", async () => {
  const named = (name: string) => (socket: Socket) => "path" in socket && socket.path === `@${NAME}-${name}`;
  expect(await explained("unix", named("many"))).toContain("Nobody has read a datagram of 100 bytes that came; others");
  // An empty one is none by its length: nothing is said of what waits.
  expect(await explained("unix", named("empty"))).not.toMatch(/Nobody has read/);
});

it("the end that the peer set is no byte that came", async () => {
  const isEnd = (socket: Socket): boolean =>
    "localPort" in socket && socket.localPort === port && socket.state === "CLOSE_WAIT";
  const text = await explained("tcp", isEnd);
  expect(text).toContain("Nobody has read 1,000 bytes that came, and the end behind them.");
  expect(text).toContain("0 bytes were sent; 1,000 bytes came.");
});
