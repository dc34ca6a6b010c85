import { createInterface } from "node:readline";
import { SocketEngine, whoListens } from "procnet";

/*
 * For each line of input what it asks of the library, and milliseconds and sockets of the answer: "first" is a look by an engine
 * that knows nothing, "again" one by an engine that looked before, a number asks who listens on that port.
 */
const namespaces = process.argv[2] === "all" ? "all" : "current";
const protocols = ["tcp", "tcp6"] as const;
const known = new SocketEngine();

for await (const line of createInterface({ input: process.stdin })) {
  if (line === "again") await known.sockets({ protocols, namespaces });
  const { ms, sockets } = await (line === "first" ? first() : line === "again" ? again() : listens(Number(line)));
  console.log(`${ms.toFixed(3)} ${sockets}`);
}
known.close();

async function first(): Promise<{ ms: number; sockets: number }> {
  const engine = new SocketEngine();
  const begin = performance.now();
  const { sockets } = await engine.sockets({ protocols, namespaces });
  const ms = performance.now() - begin;
  engine.close();
  return { ms, sockets: sockets.length };
}

async function again(): Promise<{ ms: number; sockets: number }> {
  const begin = performance.now();
  const { sockets } = await known.sockets({ protocols, namespaces });
  return { ms: performance.now() - begin, sockets: sockets.length };
}

async function listens(port: number): Promise<{ ms: number; sockets: number }> {
  const begin = performance.now();
  const answer = await whoListens(port);
  const ms = performance.now() - begin;
  return { ms, sockets: answer.kind === "owned" ? answer.listeners.length : 0 };
}
