import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer, type Socket as NetSocket } from "node:net";
import { createKernelSource, type KernelSource } from "@procnet/kernel";
import { SocketEngine, type SocketsResult, sockets, type TcpSocket } from "procnet";
import { afterAll, beforeAll, expect, it } from "vitest";

/* The kernel as a source of `sockets()`, against procfs in the same scene. */

const isRoot = process.getuid?.() === 0;
const server = createServer();
const ends: NetSocket[] = [];
let source: KernelSource;
let port = 0;
beforeAll(async () => {
  source = createKernelSource();
  server.listen(0, "127.0.0.1", 7);
  await once(server, "listening");
  port = (server.address() as { port: number }).port;
  const accepted = once(server, "connection");
  server.on("connection", (end) => ends.push(end));
  const client = connect(port, "127.0.0.1");
  await once(client, "connect");
  ends.push(client);
  client.write("x".repeat(5000));
  await accepted;
});
afterAll(() => {
  for (const end of ends) end.destroy();
  server.close();
  source.close();
});

/** What both sources tell, of the sockets of this scene. */
function shared({ sockets: all }: SocketsResult): object[] {
  return all
    .filter((one) => "localPort" in one && (one.localPort === port || one.remotePort === port))
    .map((one) => {
      const { protocol, localAddress, localPort, remoteAddress, remotePort, state, uid, inode, owners, namespace } =
        one as TcpSocket;
      const holders = owners?.map(({ pid, program, fds, startTime }) => ({ pid, program, fds, startTime }));
      return { protocol, localAddress, localPort, remoteAddress, remotePort, state, uid, inode, namespace, holders };
    })
    .sort((a, b) => a.inode - b.inode);
}

it("tells the same sockets with the same owners, and what procfs does not know", async () => {
  const from = { protocol: ["tcp", "tcp6", "udp", "udp6"] } as const;
  const told = await sockets({ ...from, source });
  expect(told.source).toBe("kernel");
  expect(told.sourceOf).toMatchObject({ tables: ["tcp", "tcp6", "udp", "udp6"] });
  if (isRoot) expect(told.sourceOf?.owners).toBe("kernel");
  const expected = shared(await sockets(from));
  expect(expected).toHaveLength(3);
  expect(shared(told)).toEqual(expected);
  const listener = told.sockets.find((one) => one.localPort === port && one.state === "LISTEN")!;
  expect(listener).toMatchObject({ backlog: 7, txQueue: 0 });
  const client = told.sockets.find((one) => one.remotePort === port)!;
  expect((client as TcpSocket).tcpInfo).toMatchObject({ bytes_sent: 5000 });
});

it("keeps to the conditions that are asked", async () => {
  const asked = async (more: object): Promise<object[]> => shared(await sockets({ protocol: "tcp", source, ...more }));
  expect(await asked({ localPort: port, state: "LISTEN" })).toHaveLength(1);
  expect(await asked({ listening: false, localPort: port })).toHaveLength(1);
  expect(await asked({ remotePort: port })).toHaveLength(1);
  expect(await asked({ uid: 4242 })).toHaveLength(0);
  expect(await asked({ address: "127.0.0.0/8" })).toHaveLength(3);
  expect(await asked({ pid: process.pid })).toHaveLength(3);
});

it("sees what was opened since, and that it was closed, with an engine that remembers", async () => {
  using engine = new SocketEngine();
  const count = async (): Promise<number> => {
    const { sockets: all } = await engine.sockets({ protocol: "tcp", localPort: port, source });
    return all.filter(({ owners }) => owners!.some(({ pid }) => pid === process.pid)).length;
  };
  expect(await count()).toBe(2);
  const client = connect(port, "127.0.0.1");
  await once(client, "connect");
  await expect.poll(count).toBe(3);
  client.destroy();
  await expect.poll(count).toBe(2);
});

it("goes into other network namespaces, and stays out of them", async (context) => {
  if (!isRoot) context.skip("only root may");
  const script =
    "import socket, time; s = socket.create_server(('127.0.0.1', 4711)); print('up', flush=True); time.sleep(600)";
  const up = "ip link set lo up && exec python3 -IS -c";
  const child = spawn("unshare", ["-n", "sh", "-c", `${up} "${script}"`], { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout!, "data");
  try {
    const { sockets: all, sourceOf } = await sockets({ protocol: "tcp", namespaces: "all", source });
    const found = all.filter(({ localPort }) => localPort === 4711);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ backlog: expect.any(Number), owners: [{ pid: child.pid, program: "python3" }] });
    expect(found[0]!.namespace).not.toBe(all.find(({ localPort }) => localPort === port)!.namespace);
    // Of other tests' namespaces some end meanwhile.
    const isOther = (note: string): boolean =>
      note.endsWith("on the way into it") && !note.includes(`process ${child.pid} `);
    expect(sourceOf?.notes.filter((note) => !isOther(note))).toEqual([]);
    const own = await sockets({ protocol: "tcp", source });
    expect(own.sockets.some(({ localPort }) => localPort === 4711)).toBe(false);
  } finally {
    child.kill("SIGKILL");
  }
});

it("leaves to procfs what it has no right to, and says so", async (context) => {
  if (!isRoot) context.skip("only root can give up its rights");
  process.seteuid!(65534);
  try {
    using poor = createKernelSource();
    const { sourceOf, sockets: all } = await sockets({ protocol: "tcp", localPort: port, source: poor });
    expect(sourceOf).toMatchObject({ tables: ["tcp"], owners: "procfs" });
    expect(sourceOf!.notes).toEqual([expect.stringMatching(/owners are read from links .*EPERM/)]);
    expect(all).toHaveLength(2);
  } finally {
    process.seteuid!(0);
  }
});

it("cannot answer at once", () => {
  using engine = new SocketEngine();
  expect(() => engine.socketsSync({ source })).toThrow("socketsSync cannot ask a source");
});
