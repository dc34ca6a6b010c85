import { startFarm } from "./farm.ts";

const sockets = Number(process.argv[2] ?? "20000");
if (!Number.isInteger(sockets) || sockets < 2) {
  console.error("usage: npm run farm --workspace bench -- SOCKETS");
  process.exit(2);
}
const farm = await startFarm(sockets);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => void farm.stop());
console.log(
  `ready: ${farm.connected} connected sockets, ${farm.listeners} listening, processes: ${farm.processes}; Ctrl-C ends it`,
);
