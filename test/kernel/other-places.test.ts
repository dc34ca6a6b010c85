import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, readlinkSync, statSync } from "node:fs";
import { createKernelSource, openDoor, traffic } from "@procnet/kernel";
import { baseProcFs, SocketEngine, sockets } from "procnet";
import { afterEach, beforeEach, expect, it } from "vitest";
import { noDoor } from "../support/kernel/netlink-in.ts";
import { noNamespaces, skipIf } from "../support/tools.ts";

/* The kernel tells of where it is asked: what is meant may be elsewhere, or be there no more. */

const children: ChildProcess[] = [];
beforeEach((context) => skipIf(context, noNamespaces() ?? noDoor()));
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

async function started(command: string, ...args: string[]): Promise<{ child: ChildProcess; said: string }> {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  const [said] = await once(child.stdout!, "data");
  return { child, said: String(said) };
}

it("a procfs of other processes is read itself, and says why", async () => {
  const code = `
import socket, time
server = socket.create_server(("127.0.0.1", 4711))
print("up", flush=True)
time.sleep(600)`;
  const isolated = ["-n", "-p", "-m", "-f", "--kill-child", "--mount-proc", "sh", "-c"];
  const { child } = await started("unshare", ...isolated, `ip link set lo up; exec python3 -IS -c '${code}'`);
  const [inner = ""] = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, "utf8").trim().split(" ");
  const procfs = baseProcFs({ root: `/proc/${inner}/root/proc` });
  using source = createKernelSource();
  const asked = { protocol: "tcp", state: "LISTEN", procfs } as const;
  const [kernel, alone] = [await sockets({ ...asked, source }), await sockets(asked)];
  expect(kernel.sockets).toEqual(alone.sockets);
  expect(kernel.sockets.map(({ localPort, owners }) => [localPort, owners?.map(({ pid }) => pid)])).toEqual([
    [4711, [1]],
  ]);
  expect(kernel.sourceOf).toMatchObject({ tables: [], owners: "procfs" });
  expect(kernel.sourceOf!.notes.join()).toContain("another pid namespace");
  await expect(traffic({ procfs }).next()).rejects.toThrow("another pid namespace");
  // Another mount of the own one is no other.
  const own = await sockets({
    protocol: "tcp",
    owners: false,
    procfs: baseProcFs({ root: "/proc/self/root/proc" }),
    source,
  });
  const isSame = statSync("/proc/1/net/dev").ino === statSync("/proc/self/net/dev").ino;
  expect(own.sourceOf!.tables).toEqual(isSame ? ["tcp"] : []);
});

it("rows have the number of the namespace they are of, though a process moves between two", {
  timeout: 120_000,
}, async () => {
  const code = `
import ctypes, os, socket, time
libc = ctypes.CDLL(None)
parent = os.getpid()
places = []
for port in (1111, 2222):
    libc.unshare(0x40000000)
    os.system("ip link set lo up")
    places.append((os.open("/proc/self/ns/net", 0), socket.create_server(("127.0.0.1", port))))
    # Others who stay, with higher numbers.
    if os.fork() == 0:
        while os.getppid() == parent: time.sleep(.05)
        os._exit(0)
print(*(os.fstat(place).st_ino for place, _ in places), flush=True)
end = time.time() + 100
while time.time() < end:
    for place, _ in places:
        libc.setns(place, 0x40000000)
        time.sleep(.002)`;
  const { said } = await started("python3", "-IS", "-c", code);
  const [one = 0, other = 0] = said.trim().split(" ").map(Number);
  using source = createKernelSource({ iterator: false });
  using engine = new SocketEngine({ threads: 0 });
  for (const how of [{ source }, {}]) {
    const wrong: object[] = [];
    let right = 0;
    while (right + wrong.length < 150) {
      const asked = { protocol: "tcp", state: "LISTEN", namespaces: [one, other], owners: false, ...how } as const;
      const { sockets: all } = await engine.sockets(asked);
      for (const { localPort, namespace } of all) {
        if (namespace === (localPort === 1111 ? one : other)) right++;
        else wrong.push({ localPort, namespace });
      }
    }
    // A file is opened by a path: between two looks at a link a process may be there and back, which a descriptor rules out. The kernel's
    // source leaves to procfs what it could not go into. Of 150 it is one at most, more where this process has to wait for its turn in between;
    // unless it is looked at the link before and after, a quarter.
    expect(wrong.length).toBeLessThan(right / 10);
  }
});

it("where the process ends through which a namespace is read, another one or procfs answers", async () => {
  const full = `
import socket, time
server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
server.bind("\\0full")
server.listen(0)
keep = []
for _ in range(3):
    end = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    end.setblocking(False)
    try: end.connect("\\0full")
    except BlockingIOError: pass
    keep.append(end)
print("up", flush=True)
time.sleep(600)`;
  const { child: first } = await started("unshare", "-n", "sh", "-c", "echo up; exec sleep 600");
  await started("nsenter", "-t", String(first.pid), "-n", "/usr/bin/python3", "-IS", "-c", full);
  const namespace = Number(/\d+/.exec(readlinkSync(`/proc/${first.pid}/ns/net`))?.[0]);
  const door = openDoor();
  const gone = once(first, "exit");
  const ending = async (fd: number, bytes: Uint8Array): Promise<number> => {
    const sent = await door.writeApart(fd, bytes);
    first.kill("SIGKILL");
    await gone;
    return sent;
  };
  using source = createKernelSource({ door: { ...door, writeApart: ending }, iterator: false });
  const asked = { protocol: "unix", namespaces: [namespace], owners: false } as const;
  const { sockets: told, skipped } = await sockets({ ...asked, source });
  expect(skipped).toEqual([]);
  expect(told.length).toBeGreaterThan(1);
  expect(told.map(({ inode }) => inode).sort()).toEqual(
    (await sockets(asked)).sockets.map(({ inode }) => inode).sort(),
  );
});
