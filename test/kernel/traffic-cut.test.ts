import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import { type TrafficLook, traffic } from "@procnet/kernel";
import { afterEach, describe, expect, it } from "vitest";
import { noKernelScene } from "../support/kernel/scene.ts";
import { Namespace } from "../support/namespace.ts";

/* Connections of which the kernel has more to tell than a datagram has room for, before and behind others, and what all of them send. */

const why = noKernelScene();
if (why !== undefined) console.warn(`no traffic behind sockets with many keys: ${why}`);

const PAIRS = 40;
const SENT = 10_000;

/** Connections of which every fourth has 400 keys of TCP-MD5 (TCP_MD5SIG is 14, and takes no right), and each sends when it is told to. */
const SCENE = `
import fcntl, socket, struct, sys
up = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
fcntl.ioctl(up, 0x8914, struct.pack("=16sh14x", b"lo", 0x49))
def keys(one):
    for i in range(400):
        address = struct.pack("=HH4s120x", socket.AF_INET, 0, socket.inet_aton("10.0.%d.%d" % (i >> 8, i & 255)))
        one.setsockopt(socket.IPPROTO_TCP, 14, address + struct.pack("=BBHi80s", 0, 0, 1, 0, b"k"))
listener = socket.create_server(("127.0.0.1", 7000))
pairs = []
for at in range(${PAIRS}):
    end = socket.socket()
    if at % 4 == 0: keys(end)
    end.connect(("127.0.0.1", 7000))
    pairs.append((end, listener.accept()[0]))
print("up", flush=True)
for _ in sys.stdin:
    for one, other in pairs:
        one.sendall(b"x" * ${SENT})
        other.recv(${SENT}, socket.MSG_WAITALL)
    print("sent", flush=True)`;

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

/** What is told of a namespace in which so much is sent after the first look that is given, up to when all of it, or enough, was seen. */
async function told(inode: number, child: ChildProcess): Promise<TrafficLook[]> {
  const looks: TrafficLook[] = [];
  for await (const look of traffic({ every: 50, namespaces: [inode] })) {
    looks.push(look);
    if (looks.length === 1) {
      const sent = once(child.stdout!, "data");
      child.stdin!.write("\n");
      await sent;
    }
    if (looks.length === 5) return looks;
  }
  throw new Error("it ended");
}

function sums(looks: readonly TrafficLook[]): { readonly sent: number; readonly received: number } {
  const all = looks.flatMap(({ connections }) => connections);
  return {
    sent: all.reduce((sum, { sent }) => sum + sent, 0),
    received: all.reduce((sum, { received }) => sum + received, 0),
  };
}

describe.skipIf(why !== undefined)("connections with very many keys", () => {
  it("hide none: the kernel is asked without the right by which it would tell the keys", async () => {
    const namespace = new Namespace();
    try {
      const child = namespace.spawn("python3", ["-IS", "-c", SCENE], { stdio: ["pipe", "pipe", "inherit"] });
      await once(child.stdout!, "data");
      const looks = await told(statSync(`/run/netns/${namespace.name}`).ino, child);
      expect(sums(looks)).toEqual({ sent: PAIRS * SENT, received: PAIRS * SENT });
      expect(looks.map(({ open }) => open)).toEqual(looks.map(() => 2 * PAIRS));
      expect(looks.flatMap(({ notes }) => notes)).toEqual([]);
    } finally {
      namespace.remove();
    }
  });

  it("are told of in the notes where that right cannot be laid down: in a user namespace that the reader owns", async () => {
    const child = spawn("unshare", ["-Un", "--map-root-user", "python3", "-IS", "-c", SCENE], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    children.push(child);
    await once(child.stdout!, "data");
    const looks = await told(statSync(`/proc/${child.pid}/ns/net`).ino, child);
    expect(looks.at(-1)!.open).toBeLessThan(2 * PAIRS);
    const missing = 2 * PAIRS - looks.at(-1)!.open;
    expect(looks.at(-1)!.notes).toEqual([
      expect.stringMatching(new RegExp(`^${missing} connections .* not seen.*TCP-MD5 keys`)),
    ]);
  });
});
