import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { expect, it } from "vitest";
import { ownerNamed, tcpSocket } from "../../../../test/support/sockets/tcp-socket.ts";
import { turnsDuring } from "../../../../test/support/turns.ts";
import { sockets } from "../sockets/sockets.ts";
import { takeSample } from "./take-sample.ts";

it("has the sockets that are given, of its own namespace, and looks at no others", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const { sockets: all } = await sockets({ protocol: "all" });
  const one = all.find((socket) => "localPort" in socket && socket.localPort === port)!;
  server.close();
  await once(server, "close");
  const {
    sockets: digest,
    processes,
    netstat,
    missing,
  } = await takeSample({
    sockets: [one, { ...one, namespace: (one.namespace ?? 0) + 1 }],
  });
  expect(digest?.listeners).toEqual([one]);
  expect([...digest!.counts]).toEqual([["tcp LISTEN", 1]]);
  expect(processes).toMatchObject([{ pid: process.pid }]);
  expect(processes![0]!.limit).toBeGreaterThan(0);
  expect(netstat).toBeDefined();
  expect(missing.filter(({ what }) => what === "sockets")).toEqual([]);
});

it("lets others have a turn while it looks at thousands of processes", async () => {
  const owners = Array.from({ length: 20_000 }, (_, at) => ({ ...ownerNamed("prog"), pid: 2 ** 30 + at }));
  const { namespace } = await takeSample({ sockets: false });
  const turns = await turnsDuring(async () => {
    const { processes } = await takeSample({ sockets: [tcpSocket({ namespace: namespace!, owners })] });
    expect(processes).toHaveLength(20_000);
  });
  expect(turns).toBeGreaterThan(3);
});

it.each([[{ sockets: 1 }], [{ sockets: "all" }], [{ socket: true }]])("refuses %j", async (options) => {
  await expect(takeSample(options as object)).rejects.toThrow(/takeSample/);
});
