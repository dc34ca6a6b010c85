import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { baseProcFs } from "procnet";
import type { TrafficRow } from "procnet/view";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { noDoor } from "../../../../test/support/kernel/netlink-in.ts";
import { runApi } from "../../../../test/support/server/api.ts";
import { tcpSocket } from "../../../../test/support/sockets/tcp-socket.ts";
import type { Expose } from "../api/expose.ts";
import { TrafficBytes } from "../own/traffic-bytes.ts";
import { Problem } from "../problem.ts";
import { cutConnection, TrafficFeed } from "./feed.ts";

const why = noDoor();
if (why !== undefined) console.warn(`no traffic: ${why}`);

it("is of networks in place of addresses for who is told little", () => {
  const moved = { sent: 1, received: 2, retransmitted: 0, segmentsOut: 1, segmentsIn: 1 };
  const where = { cgroup: undefined, container: undefined, unit: undefined };
  const kinds = { isAccepted: false, isClosed: false, isGuessed: false };
  const socket = tcpSocket({ remoteAddress: "192.0.2.77", remotePort: 443 });
  const cut = cutConnection({ socket, ...moved, ...where, ...kinds });
  expect(cut.socket).toEqual({ ...socket, remoteAddress: "192.0.2.0/24" });
  expect(cut).toMatchObject(moved);
});

it("is refused, with what would help, where procfs alone may be read", async () => {
  const feed = new TrafficFeed(baseProcFs(), "never", () => {});
  await expect(feed.told()).rejects.toThrow(Problem);
  await expect(feed.told()).rejects.toThrow(/--source/);
  // The same is said to who has not asked yet.
  expect(await feed.telling()).toEqual({
    told: false,
    why: expect.stringMatching(/^traffic cannot be told: .*--source/),
  });
  await feed.close();
});

describe.skipIf(why !== undefined)("traffic of this process, which sends to itself", () => {
  let server: Server;
  let client: Socket;
  let port: number;
  let timer: NodeJS.Timeout;
  beforeAll(async () => {
    server = createServer((socket) => socket.resume());
    await once(server.listen(0, "127.0.0.1"), "listening");
    ({ port } = server.address() as AddressInfo);
    client = connect(port, "127.0.0.1");
    await once(client, "connect");
    timer = setInterval(() => client.write(Buffer.alloc(5000)), 10).unref();
  });
  afterAll(() => {
    clearInterval(timer);
    client.destroy();
    server.close();
  });

  it("is looked at while somebody wants it, and metrics have what programs did", async () => {
    const bytes = new TrafficBytes();
    const feed = new TrafficFeed(baseProcFs(), "asked", ({ connections }) => bytes.take(connections));
    expect(await feed.telling()).toEqual({ told: true });
    const { rows } = await feed.told();
    const [own] = rows("pid", false).filter(({ name }) => name?.endsWith(`[${process.pid}]`));
    expect(own!.sent).toBeGreaterThanOrEqual(5000);
    expect(rows("port", true).map(({ name }) => name)).toContain(`:${port}`);
    // Loopback is the network that it is.
    expect(rows("peer", true).map(({ name }) => name)).toContain("127.0.0.1");
    await feed.close();
    await expect(feed.told()).rejects.toThrow(/has ended/);
    const [sent, received] = bytes.families();
    expect(sent!.metric.name).toBe("procnet_process_sent_bytes_total");
    const all = (family: typeof sent): number => family!.values.reduce((sum, { value }) => sum + value, 0);
    expect(all(sent)).toBeGreaterThanOrEqual(own!.sent);
    expect(all(received)).toBeGreaterThanOrEqual(own!.received);
  });

  it.each<[Expose, string, number]>([
    ["full", "pid", 200],
    ["owners", "unit", 200],
    ["minimal", "pid", 400],
    ["minimal", "unit", 400],
    ["full", "size", 400],
  ])("to who is told %s by %s the API answers with %i", async (expose, by, status) => {
    const api = await runApi({ expose });
    expect(await api.ask(`/traffic?by=${by}`)).toMatchObject({ status });
    await api.close();
  });

  it("is told to who is told little without processes and addresses", async () => {
    const api = await runApi({ expose: "minimal" });
    const told = async (by: string): Promise<readonly TrafficRow[]> =>
      JSON.parse((await api.ask(`/traffic?by=${by}`)).text).traffic;
    expect(await told("program")).not.toEqual([]);
    expect((await told("port")).find(({ name }) => name === `:${port}`)?.received).toBeGreaterThan(0);
    await api.close();
  });
});
