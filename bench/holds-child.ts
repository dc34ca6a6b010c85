import { ProcFs, SocketEngine, type SocketProtocol } from "procnet";
import { Holds, type Longest } from "./tools/holds.ts";

/*
 * holds-child.js PROTOCOLS OWNERS [ROOT]: what sockets() does to the event loop, the first time and again, as a line of JSON each.
 */

/** One look, all in milliseconds. */
export interface Held extends Longest {
  readonly sockets: number;
  readonly total: number;
}

const [protocols = "", owners, root] = process.argv.slice(2);
const engine = new SocketEngine({ procfs: new ProcFs(root === undefined ? {} : { root }) });
const holds = new Holds();

async function look(): Promise<Held> {
  holds.begin();
  const began = performance.now();
  const { sockets } = await engine.sockets({
    protocols: protocols.split(",") as SocketProtocol[],
    owners: owners === "all" ? "all" : false,
  });
  const total = performance.now() - began;
  return { sockets: sockets.length, total, ...(await holds.end()) };
}

for (let at = 0; at < 4; at++) console.log(JSON.stringify(await look()));
engine.close();
holds.close();
