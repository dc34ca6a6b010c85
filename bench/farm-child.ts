import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import type { Ready } from "./farm.ts";

/** Well below the ephemeral ports there are for one listener. */
const PAIRS_PER_LISTENER = 1000;
/** Connections under way at one time: fewer than the backlog the kernel grants. */
const BATCH = 100;

const [number = "1", share = "0"] = process.argv.slice(2);
const servers: Server[] = [];
const clients: Socket[] = [];
const accepted: Socket[] = [];

for (const reason of ["SIGINT", "SIGTERM", "SIGHUP", "disconnect"]) process.once(reason, end);
await open(Number(share));
const ready: Ready = { connected: clients.length + accepted.length, listeners: servers.length };
process.send?.(ready);

/** All listeners first, as servers do: they have low descriptors. */
async function open(pairs: number): Promise<void> {
  for (let left = pairs; left > 0; left -= PAIRS_PER_LISTENER) await listen();
  let left = pairs;
  for (const server of servers) {
    for (let wanted = Math.min(left, PAIRS_PER_LISTENER); wanted > 0; wanted -= BATCH) {
      await connectBatch(server, Math.min(wanted, BATCH));
    }
    left -= PAIRS_PER_LISTENER;
  }
}

async function listen(): Promise<Server> {
  const server = createServer({ pauseOnConnect: true });
  servers.push(server);
  server.listen({ host: `127.0.${number}.1`, port: 0, backlog: 4 * BATCH });
  await once(server, "listening");
  return server;
}

async function connectBatch(server: Server, count: number): Promise<void> {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the listener has no port");
  const allAccepted = new Promise<void>((resolve) => {
    let left = count;
    server.on("connection", function take(socket) {
      accepted.push(socket.on("error", ignore));
      if (--left > 0) return;
      server.off("connection", take);
      resolve();
    });
  });
  const opened = Array.from({ length: count }, () => connect(address.port, address.address));
  clients.push(...opened);
  await Promise.all([allAccepted, ...opened.map((client) => once(client, "connect"))]);
  for (const client of opened) client.on("error", ignore);
}

/** The other end of a connection that was reset says so. */
function ignore(): void {}

/** Connections that are reset leave nothing behind; closed ones would stay in TIME_WAIT for a minute. */
function end(): void {
  for (const client of clients) client.resetAndDestroy();
  setImmediate(() => process.exit());
}
