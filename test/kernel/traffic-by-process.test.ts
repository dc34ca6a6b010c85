import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type TrafficLook, traffic, trafficBy } from "@procnet/kernel";
import { afterEach, expect, it } from "vitest";

/* Bytes that two processes are known to send, against what is told of them. */

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

/** A process that connects to itself, sends half of so many bytes for each of two lines, and keeps the connection open. */
async function sender(bytes: number): Promise<ChildProcess> {
  const script = `
import socket, sys, threading, time
server = socket.create_server(("127.0.0.1", 0))
client = socket.create_connection(server.getsockname())
end, _ = server.accept()
def read():
    while end.recv(1 << 16): pass
threading.Thread(target=read, daemon=True).start()
print("up", flush=True)
for _ in range(2):
    sys.stdin.readline()
    client.sendall(b"x" * (${bytes} // 2))
time.sleep(600)`;
  const child = spawn("python3", ["-IS", "-c", script], { stdio: ["pipe", "pipe", "inherit"] });
  children.push(child);
  await once(child.stdout!, "data");
  return child;
}

it("are told to the byte, each process its own, with every look's share", async () => {
  const [much, little] = [await sender(20_000_000), await sender(2_000_000)];
  const sums = new Map<string, { sent: number; received: number; looks: number }>();
  const add = ({ connections }: TrafficLook): void => {
    for (const { name = "?", sent, received } of trafficBy(connections, "pid")) {
      const sum = sums.get(name) ?? { sent: 0, received: 0, looks: 0 };
      sums.set(name, { sent: sum.sent + sent, received: sum.received + received, looks: sum.looks + 1 });
    }
  };
  const of = ({ pid }: ChildProcess) => sums.get(`python3[${pid}]`);
  // The two ends of a connection are told one after the other: what was sent last may be told by the next look.
  const isAll = (bytes: number, { sent, received } = { sent: 0, received: 0 }): boolean =>
    sent >= bytes && received >= bytes;
  const isToldOf = (share: number): boolean => isAll(2e6 * share, of(little)) && isAll(20e6 * share, of(much));
  let looks = 0;
  let halves = 0;
  for await (const look of traffic({ every: 100 })) {
    add(look);
    expect(look.totals!.tcpSegmentsOut).toBeGreaterThanOrEqual(0);
    if (isToldOf(1) || ++looks > 600) break;
    if (halves === 2 || !isToldOf(halves / 2)) continue;
    halves++;
    for (const child of [much, little]) child.stdin!.write("\n");
  }
  expect(of(much)).toMatchObject({ sent: 20_000_000, received: 20_000_000 });
  expect(of(little)).toMatchObject({ sent: 2_000_000, received: 2_000_000 });
  expect(of(much)!.looks).toBeGreaterThan(1);
});

it("ends with its signal, without an error", async () => {
  const ending = new AbortController();
  let looks = 0;
  for await (const { seconds } of traffic({ every: 50, signal: ending.signal })) {
    expect(seconds).toBeGreaterThan(0);
    if (++looks === 2) ending.abort();
  }
  expect(looks).toBe(2);
});
