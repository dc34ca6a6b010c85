import { createInterface } from "node:readline";
import { SocketEngine } from "procnet";

/* `refresh-child`: answers each line with a refresh of `sockets()` of what the server looks at: milliseconds, sockets. */
const engine = new SocketEngine();

for await (const _ of createInterface({ input: process.stdin })) {
  const began = performance.now();
  const { sockets } = await engine.sockets({ protocols: "all", namespaces: "all" });
  console.log(`${performance.now() - began} ${sockets.length}`);
}
engine.close();
