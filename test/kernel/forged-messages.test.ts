import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import { type ConnectionTraffic, traffic } from "@procnet/kernel";
import { afterEach, beforeEach, expect, it } from "vitest";
import { noDoor } from "../support/kernel/netlink-in.ts";
import { missingTools, skipIf } from "../support/tools.ts";

/*
 * Whoever makes a user namespace is root of the network namespaces in it, and may send netlink messages to whoever has a socket there: this
 * process too, when it looks into them. What the kernel gives the sender for it, and what is told.
 */

/** Somebody else, without any right outside. */
const NOBODY = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "unshare", "-U", "-r", "-n"];

/**
 * Sends rows that are none to all ports of sock_diag that others have here, and to those who listen to groups, with any sequence; a real
 * connection sends and closes beside it. At the end it tells how often which of both was taken.
 */
const SENDER = `
import collections, os, socket, struct, time
os.system("ip link set lo up")
told = collections.Counter()
own = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 4)
own.bind((0, 0))
def message(sequence, sent):
    info = bytearray(224)
    struct.pack_into("=QQ", info, 120, sent, sent)
    struct.pack_into("=QQ", info, 200, sent, 0)
    row = struct.pack("=BBBB", 2, 1, 0, 0) + struct.pack(">HH", 5555, 443) + socket.inet_aton("10.9.9.9") + bytes(12)
    row += socket.inet_aton("192.0.2.66") + bytes(12) + struct.pack("=IIIIIIII", 0, 77, 0, 0, 0, 0, 0, 1234567)
    row += struct.pack("=HH", 4 + len(info), 2) + bytes(info)
    return struct.pack("=IHHII", 16 + len(row), 20, 0, sequence, 0) + row
def ports():
    rows = [line.split() for line in open("/proc/self/net/netlink").read().split("\\n")[1:]]
    return [int(row[2]) for row in rows if len(row) > 3 and row[1] == "4" and row[2] not in ("0", str(own.getsockname()[0]))]
def send(what, data, to):
    try: own.sendto(data, socket.MSG_DONTWAIT, to); told[what] += 1
    except OSError as error: told[what + " " + str(error.errno)] += 1
server = socket.create_server(("127.0.0.1", 0))
print("up", flush=True)
end = time.time() + 100
round = 0
while time.time() < end and told["group"] < 400:
    round += 1
    for port in ports():
        for sequence in (0, *range(1, 20)): send("port", message(sequence, round * 10**11), (port, 0))
        send("port", b"abc", (port, 0))
        send("group", message(0, round * 10**11), (0, 1))
        send("group", b"abc", (0, 1))
    client = socket.create_connection(server.getsockname())
    peer, _ = server.accept()
    client.sendall(b"x" * 1000)
    peer.recv(1000, socket.MSG_WAITALL)
    client.close()
    peer.close()
    time.sleep(.02)
print(" ".join(f"{what.replace(' ', ':')}={count}" for what, count in told.items()), flush=True)
time.sleep(60)
`;

const children: ChildProcess[] = [];
beforeEach((context) => skipIf(context, noDoor() ?? missingTools("setpriv", "unshare") ?? noUsers()));
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

function noUsers(): string | undefined {
  const [command = "", ...args] = NOBODY;
  return spawnSync(command, [...args, "true"]).status === 0 ? undefined : "nobody may make a user namespace here";
}

async function started(): Promise<ChildProcess> {
  const [command = "", ...args] = [...NOBODY, "/usr/bin/python3", "-IS", "-c", SENDER];
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  await once(child.stdout!, "data");
  return child;
}

it("messages that others send as answers, or as what closed, change nothing", { timeout: 120_000 }, async () => {
  const sender = await started();
  let said = "";
  sender.stdout!.on("data", (data) => {
    said += String(data);
  });
  const told: ConnectionTraffic[] = [];
  // Its own: others come and go as they like. It is the same program all the way from setpriv(1).
  const namespaces = [statSync(`/proc/${sender.pid}/ns/net`).ino];
  for await (const { connections, notes } of traffic({ every: 200, namespaces })) {
    told.push(...connections);
    expect(notes).toEqual([]);
    if (said !== "") break;
  }
  // ECONNREFUSED is 111. A group takes what it is sent.
  const counts = new Map(
    said
      .trim()
      .split(" ")
      .map((one) => one.split("=") as [string, string]),
  );
  expect(counts.has("port")).toBe(false);
  expect(Number(counts.get("port:111"))).toBeGreaterThan(0);
  expect(Number(counts.get("group"))).toBeGreaterThanOrEqual(400);
  // Nor does it keep from hearing what the kernel tells: 1,000 bytes each way of connections that closed.
  const inside = told.filter(({ sent, isClosed }) => isClosed && sent === 1000);
  expect(inside.length).toBeGreaterThan(10);
  expect(told.filter(({ socket }) => socket.remoteAddress === "192.0.2.66")).toEqual([]);
  expect(Math.max(...told.map(({ sent }) => sent))).toBeLessThan(10 ** 10);
});
