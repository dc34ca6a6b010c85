import { once } from "node:events";
import { createKernelSource, type KernelSource } from "@procnet/kernel";
import { ProcFs, type Socket, sockets } from "procnet";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { noDoor } from "../support/kernel/netlink-in.ts";
import { Namespace } from "../support/namespace.ts";
import { noNamespaces, skipIf } from "../support/tools.ts";

/*
 * Sockets of which the kernel has more to tell than a datagram has room for: it ends its answer there as if nothing followed. What is told
 * is compared with procfs, which has no such end.
 */

/** A listener, or a connection, with this many keys, before others; TCP_MD5SIG is 14, and takes no right. */
const KEYS = `
import socket, struct, time
def keys(one, count):
    for i in range(count):
        address = struct.pack("=HH4s120x", socket.AF_INET, 0, socket.inet_aton("10.0.%d.%d" % (i >> 8, i & 255)))
        one.setsockopt(socket.IPPROTO_TCP, 14, address + struct.pack("=BBHi80s", 0, 0, 1, 0, b"k"))
keep = []
for port in range(5000, 5040):
    one = socket.create_server(("127.0.0.1", port))
    keep.append(one)
    end = socket.socket()
    if MODE == "connection" and port % 4 == 0: keys(end, 400)
    end.connect(("127.0.0.1", port))
    keep += [end, one.accept()[0]]
if MODE == "listener":
    for one in keep[0:90:9]: keys(one, 400)
print("up", flush=True)
time.sleep(600)
`;

const WAITING = `
import socket, time
heavy = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
heavy.bind("\\0heavy")
heavy.listen(20000)
few = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
few.bind("\\0few")
few.listen(5)
keep = []
for i in range(200):
    one = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    one.bind("\\0other%d" % i)
    one.listen(1)
    keep.append(one)
for name, count in (("\\0heavy", COUNT), ("\\0few", 3)):
    for i in range(count):
        end = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        end.connect(name)
        end.close()
print("up", flush=True)
time.sleep(600)
`;

let source: KernelSource;
let namespace: Namespace;
const reason = noNamespaces() ?? noDoor();
beforeAll(() => {
  if (reason === undefined) source = createKernelSource({ iterator: false });
});
afterAll(() => source?.close());
beforeEach((context) => {
  skipIf(context, reason);
  namespace = new Namespace();
});
afterEach(() => namespace?.remove());

async function scene(code: string): Promise<number> {
  const child = namespace.spawn("python3", ["-IS", "-c", code], { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout!, "data");
  return new ProcFs().process(child.pid!).networkNamespace()!;
}

const told = (rows: readonly Socket[]): string[] =>
  rows
    .map((row) => {
      const {
        protocol,
        state,
        inode,
        localPort = "",
        remotePort = "",
        path = "",
      } = row as Socket & Partial<Record<"state" | "localPort" | "remotePort" | "path", string>>;
      return [protocol, state, inode, localPort, remotePort, path].join(" ");
    })
    .sort();

for (const mode of ["listener", "connection"] as const) {
  it(`no TCP socket is missing behind a ${mode} with very many keys, nor are its figures`, async () => {
    const inode = await scene(KEYS.replaceAll("MODE", JSON.stringify(mode)));
    for (const where of [
      {},
      { localPort: [5001, 5002, 5008, 5039] },
      { state: "LISTEN" },
      { state: "ESTABLISHED" },
    ] as const) {
      const asked = { ...where, protocol: "tcp", owners: false, namespaces: [inode] } as const;
      const [kernel, procfs] = [await sockets({ ...asked, source }), await sockets(asked)];
      expect(told(kernel.sockets)).toEqual(told(procfs.sockets));
      expect(kernel.sockets.length).toBeGreaterThan(3);
      expect(kernel.sourceOf).toMatchObject({ tables: ["tcp"] });
      // So few are asked for one by one.
      expect(kernel.sockets.filter(({ tcpInfo }) => tcpInfo === undefined)).toEqual([]);
      expect(kernel.sourceOf!.notes).toEqual([]);
    }
  });
}

/** Connections in the order in which the kernel tells them, which is that of procfs; the one at this place has very many keys. */
const MANY = `
import os, resource, socket, struct, time
listener = socket.create_server(("127.0.0.1", 5000), backlog=4096)
resource.setrlimit(resource.RLIMIT_NOFILE, (8192, 8192))
ends = []
for _ in range(1500):
    ends.append(socket.create_connection(("127.0.0.1", 5000)))
    ends.append(listener.accept()[0])
inodes = [row.split()[9] for row in open("/proc/thread-self/net/tcp").read().splitlines()[1:]]
one = next(end for end in ends if str(os.fstat(end.fileno()).st_ino) == inodes[PLACE])
for i in range(400):
    address = struct.pack("=HH4s120x", socket.AF_INET, 0, socket.inet_aton("10.0.%d.%d" % (i >> 8, i & 255)))
    one.setsockopt(socket.IPPROTO_TCP, 14, address + struct.pack("=BBHi80s", 0, 0, 1, 0, b"k"))
print("up", flush=True)
time.sleep(600)
`;

it("of thousands the last few are not missing, and it is said whose figures are", async () => {
  for (const [place, missing] of [
    [-2, 0],
    [1, 3000],
  ] as const) {
    const inode = await scene(MANY.replaceAll("PLACE", String(place)));
    const asked = { protocol: "tcp", owners: false, namespaces: [inode] } as const;
    const [kernel, procfs] = [await sockets({ ...asked, source }), await sockets(asked)];
    expect(procfs.sockets).toHaveLength(3001);
    expect(told(kernel.sockets)).toEqual(told(procfs.sockets));
    expect(kernel.sockets.filter(({ tcpInfo }) => tcpInfo === undefined)).toHaveLength(missing);
    const note = expect.stringMatching(`figures of ${missing} tcp sockets are not told: .* TCP-MD5 keys`);
    expect(kernel.sourceOf!.notes).toEqual(missing === 0 ? [] : [note]);
    namespace.remove();
    namespace = new Namespace();
  }
});

it("nothing is asked twice or noted where nobody has such keys", async () => {
  const inode = await scene(KEYS.replaceAll("MODE", '"none"'));
  const asked = { protocol: "tcp", owners: false, namespaces: [inode] } as const;
  const { sockets: all, sourceOf } = await sockets({ ...asked, source });
  expect(sourceOf!.notes).toEqual([]);
  expect(all.filter(({ tcpInfo }) => tcpInfo === undefined)).toEqual([]);
  expect(all).toHaveLength(120);
});

it.each([100, 9000])("no unix socket is missing where %d wait at one", async (count) => {
  namespace.sysctl("net.core.somaxconn=20000");
  const inode = await scene(WAITING.replaceAll("COUNT", String(count)));
  const asked = { protocol: "unix", owners: false, namespaces: [inode] } as const;
  const [kernel, procfs] = [await sockets({ ...asked, source }), await sockets(asked)];
  expect(procfs.sockets.length).toBeGreaterThan(count + 200);
  expect(told(kernel.sockets)).toEqual(told(procfs.sockets));
  expect(kernel.sourceOf!.tables).toEqual(["unix"]);
  expect(kernel.sourceOf!.notes.length).toBe(count === 100 ? 0 : 1);
  const few = kernel.sockets.find(({ path, listening }) => path === "@few" && listening)!;
  expect(few.icons?.length).toBe(count === 100 ? 3 : undefined);
});
