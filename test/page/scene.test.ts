import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { BURDENED, burdened, type PlayedScene } from "../support/page/burdened.ts";
import { Machine, noMachine } from "../support/page/machine.ts";
import { serveIn } from "../support/page/served.ts";
import type { Served } from "../support/server/serve.ts";
import { skipIf } from "../support/tools.ts";

/* The machine in trouble that tests of the page and of the screen look at, as the server's API tells of it. */

const reason = noMachine();
let scene: PlayedScene;
let browser: Machine;
let server: Served;

beforeAll(async () => {
  if (reason !== undefined) return;
  scene = await burdened();
  browser = await Machine.start("browser");
  server = await serveIn(scene.machine, browser, 9909);
});
beforeEach((context) => skipIf(context, reason));
afterAll(async () => {
  await server?.end();
  scene?.remove();
  browser?.remove();
});

const ASK = "process.stdout.write(await (await fetch(process.argv[1])).text())";

function ask<Name extends string>(path: string, name: Name): readonly Record<string, unknown>[] {
  const url = `http://127.0.0.1:9909/api/v1/${path}`;
  const text = browser.run(process.execPath, ["--input-type=module", "-e", ASK, url]);
  return (JSON.parse(text) as Record<Name, readonly Record<string, unknown>[]>)[name];
}

it("shows who holds the most connections, whose queue is full and which destination uses up ports", async () => {
  const { most, full, destination, there, here } = BURDENED;
  expect(ask("processes", "processes")[0]).toMatchObject({ program: most.program });
  const queue = ask("listeners", "listeners").find(({ waiting }) => waiting !== 0);
  expect(queue).toMatchObject({
    ...{ localAddress: here, localPort: full.port, waiting: full.waiting },
    owners: [{ program: full.program }],
  });
  expect(ask("destinations", "destinations")[0]).toMatchObject({
    ...{ remoteAddress: there, remotePort: destination.port, sockets: destination.connections },
  });
  const closing = ask(`sockets?filter=${encodeURIComponent("state close-wait")}`, "sockets");
  expect(closing).toHaveLength(BURDENED.leak.connections);
});

it("is in trouble: findings come with the first looks", async () => {
  const found = (): unknown[] => ask("health", "findings").map(({ id }) => id);
  for (const id of ["tcp-accept-queue-overflow", "tcp-ephemeral-ports", "udp-receive-buffer"])
    await expect.poll(found).toContain(id);
});

it("has nothing in it but what was put there, and does as it is told", async () => {
  const programs = ask("processes", "processes").map(({ program }) => program);
  expect(programs.filter((name) => !scene.programs.has(String(name)))).toEqual([]);
  const shell = scene.programs.get("sshd")!;
  await shell.do({ do: "udp", key: "more", address: "127.0.0.1", port: 7777 });
  const more = (): unknown => ask("sockets?filter=sport%20=%20:7777", "sockets").length;
  await expect.poll(more).toBe(1);
  await shell.do({ do: "close", key: "more" });
  await expect.poll(more).toBe(0);
});
