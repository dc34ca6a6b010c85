import { net, SocketEngine } from "procnet";
import type { Case } from "../case.ts";
import { packageVersion } from "../tools/version.ts";

const PROTOCOLS = ["tcp", "tcp6"] as const;
let known: SocketEngine | undefined;

async function prepare(): Promise<string> {
  known = new SocketEngine({ threads: 0 });
  await known.sockets({ protocols: PROTOCOLS });
  return packageVersion("procnet");
}

/** All sockets with all owners: looked at for the first time, and again when nothing has changed. */
export const owners: readonly Case[] = [
  {
    name: "procnet: sockets(), all owners, first look",
    table: "owners",
    covers: "tcp and tcp6",
    ours: true,
    prepare: async () => packageVersion("procnet"),
    async run() {
      const engine = new SocketEngine();
      const begin = performance.now();
      const { sockets } = await engine.sockets({ protocols: PROTOCOLS });
      const ms = performance.now() - begin;
      engine.close();
      return { sockets: sockets.length, ms };
    },
  },
  {
    name: "procnet: socketsSync(), all owners, first look",
    table: "owners",
    covers: "tcp and tcp6",
    ours: true,
    prepare: async () => packageVersion("procnet"),
    run: () => ({ sockets: new SocketEngine().socketsSync({ protocols: PROTOCOLS }).sockets.length }),
  },
  {
    name: "procnet: sockets(), all owners, refresh",
    table: "owners",
    covers: "tcp and tcp6",
    ours: true,
    prepare,
    async run() {
      const { sockets } = await known!.sockets({ protocols: PROTOCOLS });
      return { sockets: sockets.length };
    },
  },
  {
    // What a refresh is compared with: in a process that holds as much, as collecting garbage costs more there.
    name: "procnet: the tables alone, net.tcp() and net.tcp6()",
    table: "owners",
    covers: "tcp and tcp6",
    ours: true,
    prepare,
    run: () => ({ sockets: net.tcp().length + net.tcp6().length }),
  },
];
