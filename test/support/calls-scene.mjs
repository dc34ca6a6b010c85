/*
 * The first process of a pid namespace and a network namespace of its own, so that nothing else is seen: starts processes, waits
 * until they sleep, runs a command under strace, and prints the ids. All ends with it. "PORT" in the command is a port on
 * which one of the owners listens.
 *
 *     calls-scene.mjs JSON
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout } from "node:timers/promises";

const { idle, owners, namespaces, strace, command } = JSON.parse(process.argv[2]);
const ports = [];
const SLEEP = ["sleep", "100000"];
const many = (count, make) => Promise.all(Array.from({ length: count }, make));

const asleep = (words, ...more) => spawn(words[0], words.slice(1), { stdio: ["ignore", "ignore", "ignore", ...more] });
const groups = {
  idle: await many(idle, () => asleep(SLEEP)),
  owners: await many(owners, async () => {
    const server = createServer();
    server.listen(0, "0.0.0.0");
    await once(server, "listening");
    const child = asleep(SLEEP, server._handle.fd);
    await once(child, "spawn");
    ports.push(server.address().port);
    server.close();
    return child;
  }),
  namespaces: await many(namespaces, () => asleep(["unshare", "-n", ...SLEEP])),
};
const pids = Object.fromEntries(Object.entries(groups).map(([name, list]) => [name, list.map(({ pid }) => pid)]));

// One that has not begun to sleep runs, and is another program before it is this one.
const read = (pid, name) => readFileSync(`/proc/${pid}/${name}`, "utf8");
const rested = (pid) => `${read(pid, "stat").includes("(sleep) S")} ${read(pid, "schedstat")}`;
const all = Object.values(pids).flat();
for (let before = ""; ; ) {
  const now = all.map(rested).join();
  if (now === before && !now.includes("false")) break;
  before = now;
  await setTimeout(50);
}

const words = command.map((word) => (word === "PORT" ? String(ports[0]) : word));
const traced = spawnSync("strace", [...strace, ...words], { stdio: ["ignore", "ignore", "pipe"], encoding: "utf8" });
console.log(JSON.stringify({ pids, status: traced.status, errors: traced.stderr }));
process.exit();
