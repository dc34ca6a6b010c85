import { createServer, type Server } from "node:net";
import { afterEach, expect, it, vi } from "vitest";
import { tcp } from "../files/sockets/inet/tcp.ts";
import { Issues } from "../form/issues.ts";
import { baseProcFs } from "../host/procfs.ts";
import { each, read } from "./read.ts";
import { regionsOf } from "./table-file.ts";

/*
 * A call that gives less than a page ends a table of sockets (see SHORT in bytes/chunks.ts): on the live kernel, for every length
 * of the table around several pages, nothing that is there is lost.
 */

const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((done) => server.close(done))));
  vi.restoreAllMocks();
});

async function listen(): Promise<number> {
  const server = createServer();
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return (server.address() as { port: number }).port;
}

async function regions(): Promise<number[]> {
  const ports: number[] = [];
  const file = { place: baseProcFs().place, name: "tcp", options: {} };
  for (const rows of regionsOf(tcp, file, true, (options) => tcp.scanner(options))) {
    if (rows instanceof Promise) await rows;
    else ports.push(...rows.map(({ localPort }) => localPort));
  }
  return ports;
}

it("no listener is lost, however long the table is", async () => {
  const note = vi.spyOn(Issues.prototype, "note");
  const mine: number[] = [];
  for (let count = 0; count < 120; count++) {
    const listening = read(tcp, { where: { state: "LISTEN" } }).map(({ localPort }) => localPort);
    const all = Array.from(each(tcp), ({ localPort }) => localPort);
    for (const found of [listening, all, await regions()]) expect(found).toEqual(expect.arrayContaining(mine));
    mine.push(await listen());
  }
  // No row was cut in two.
  expect(note).not.toHaveBeenCalled();
});
