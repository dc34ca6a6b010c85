// Holds sockets under names that somebody hostile would choose: a command line with secrets, a title with markup, paths that forge rows.
import { once } from "node:events";
import { connect, createServer } from "node:net";

const [, , directory] = process.argv;
process.title = '<img src=x onerror=alert(1)>\u001b[2J: "secret title"';
const held = [];
for (const where of [
  { path: `${directory}/secret-path` },
  { path: '\0secret-abstract"}]\u2028<script>' },
  { path: `\0x\n00000000: 00000002 00000000 00010000 0001 01 4242424 /secret-forged` },
  { host: "127.77.66.55", port: 0 },
]) {
  const server = createServer(() => {}).listen(where);
  await once(server, "listening");
  held.push(server);
}
const { port } = held.at(-1).address();
const client = connect({ host: "127.77.66.55", port, localAddress: "127.88.99.44" });
await once(client, "connect");
console.log(port);
