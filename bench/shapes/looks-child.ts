import { accessSync } from "node:fs";
import { SocketEngine, whoListens } from "procnet";

/*
 * Three looks of one engine, and who listens on a port: `looks-child PORT`, with "all" behind it in every namespace. Before each a
 * file is asked for that does not exist: a mark in what strace writes.
 */
const [port, where] = process.argv.slice(2);
const namespaces = where === "all" ? "all" : "current";
const engine = new SocketEngine();

for (const look of ["first", "second", "third"]) {
  mark(look);
  await engine.sockets({ protocols: ["tcp", "tcp6"], namespaces });
}
mark("port");
await whoListens(Number(port));
mark("end");
engine.close();

function mark(name: string): void {
  try {
    accessSync(`/mark/${name}`);
  } catch {
    // It is not there.
  }
}
