import { createInterface } from "node:readline";
import { createProcnetServer } from "@procnet/server";
import { Holds, type Longest } from "../tools/holds.ts";

/*
 * `serve-child MILLISECONDS`: a server whose looks are at most so old. It says its URL, and then answers each line with one:
 * `hold` begins to watch its event loop, `held` says how long that was held since, `left` what it has open.
 */

/** What a server has open. */
export interface Left {
  /** Of libuv: sockets, timers. */
  readonly connections: number;
  readonly timers: number;
}

const [maxAge] = process.argv.slice(2);
const server = await createProcnetServer({ listen: ["127.0.0.1:0"], maxAge: Number(maxAge) });
const holds = new Holds();

function left(): Left {
  const all = process.getActiveResourcesInfo();
  const count = (name: string): number => all.filter((one) => one === name).length;
  return { connections: count("TCPSocketWrap"), timers: count("Timeout") };
}

async function answer(line: string): Promise<Longest | Left> {
  if (line === "held") return holds.end();
  if (line === "hold") holds.begin();
  return left();
}

console.log(JSON.stringify(server.urls[0]));
for await (const line of createInterface({ input: process.stdin })) console.log(JSON.stringify(await answer(line)));
holds.close();
await server.close();
