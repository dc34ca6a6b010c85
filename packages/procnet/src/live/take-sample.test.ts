import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { expect, it } from "vitest";
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

it.each([[{ sockets: 1 }], [{ sockets: "all" }], [{ socket: true }]])("refuses %j", async (options) => {
  await expect(takeSample(options as object)).rejects.toThrow(/takeSample/);
});
