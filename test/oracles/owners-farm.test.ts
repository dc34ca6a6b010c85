import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as published from "../../packages/procnet/dist/index.js";
import * as source from "../../packages/procnet/src/index.ts";
import { runSync } from "../../packages/procnet/src/sockets/drive.ts";
import { Namespace } from "../support/namespace.ts";
import { Built } from "../support/sockets/built.ts";
import { inodeOf } from "../support/sockets/mixed-scene.ts";
import { findLinks, type Owners, only, ownersOf } from "../support/sockets/oracles.ts";
import { missingTools, noNamespaces, skipIf } from "../support/tools.ts";

const SCRIPT = fileURLToPath(new URL("farm.py", import.meta.url));
const PROCESSES = 4;
const SOCKETS = 1000;
/** Together more descriptors than one thread reads alone. */
const TIMES = 11;

const reason = noNamespaces() ?? missingTools("python3", "find");
let namespace: Namespace;
let built: Built;
let options: source.SocketsOptions;
let expected: Owners;
beforeAll(async () => {
  if (reason !== undefined) return;
  namespace = new Namespace();
  built = new Built();
  const args = ["-IS", SCRIPT, PROCESSES, SOCKETS, TIMES].map(String);
  const farm = namespace.spawn("python3", args, { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(farm, "exit").then(() => Promise.reject(new Error("farm.py has ended")));
  ended.catch(() => {}); // being killed at the end is no failure
  await Promise.race([once(createInterface({ input: farm.stdout! }), "line"), ended]);
  options = { protocol: "udp", namespaces: [inodeOf(namespace)] };
  const { sockets } = source.socketsSync({ ...options, owners: false });
  expected = only(findLinks(), new Set(sockets.map(({ inode }) => inode)));
});
beforeEach((context) => skipIf(context, reason));
afterAll(() => {
  namespace?.remove();
  built?.remove();
});

const isComplete = (owners: Owners): void => {
  expect(Object.keys(owners)).toHaveLength(PROCESSES * SOCKETS);
  expect(owners).toEqual(expected);
};

describe("threads", () => {
  it("find the same owners as none", async () => {
    const { SocketEngine } = published;
    for (const threads of [0, 1, 2]) {
      using engine = new SocketEngine({ threads });
      isComplete(ownersOf((await engine.sockets(options)).sockets));
      isComplete(ownersOf((await engine.sockets(options)).sockets));
    }
  });

  it("that are ended in the middle leave their work to this one, and nothing is lost", async () => {
    using engine = new published.SocketEngine({ threads: 2 });
    const { holders } = engine as object as source.SocketEngine; // which is not declared for others
    for (const later of [(close: () => void) => close(), setImmediate, (close: () => void) => setTimeout(close, 20)]) {
      for (const { pid } of runSync(holders.list())) runSync(holders.drop(pid));
      const found = engine.sockets(options);
      later(() => engine.close());
      isComplete(ownersOf((await found).sockets));
    }
  });

  const COUNT = `
    import { syncBuiltinESMExports } from "node:module";
    import workers from "node:worker_threads";
    // Node's own threads come and go as it likes.
    let alive = 0;
    const threads = () => alive;
    workers.Worker = class extends workers.Worker {
      constructor(...args) {
        super(...args);
        alive++;
        this.once("exit", () => alive--);
      }
    };
    syncBuiltinESMExports();
    const until = async (isSo) => { while (!isSo()) await new Promise((resolve) => setImmediate(resolve)); };
    const engine = new procnet.SocketEngine({ threads: 2 });
    const look = () => engine.sockets(${JSON.stringify({ protocol: "udp" })});
  `;

  it("are started when there is much to read, as many as allowed, and ended by close()", () => {
    const [before, during, after, again] = built.run<number[]>(`${COUNT}
      const counts = [threads()];
      await look();
      counts.push(threads());
      engine.close();
      await until(() => threads() <= counts[0]);
      counts.push(threads());
      await look();
      counts.push(threads());
      report(counts);
      engine.close();
    `);
    expect([during! - before!, after! - before!]).toEqual([2, 0]);
    // Nothing has changed since, so there is nothing for them to do.
    expect(again).toBe(before);
  });

  it("do not keep a program alive", () => {
    expect(built.run<boolean>(`${COUNT}\nconst before = threads();\nawait look();\nreport(threads() > before);`)).toBe(
      true,
    );
  });

  it("are done without where Node does not allow them", () => {
    const isStable = process.allowedNodeEnvironmentFlags.has("--permission");
    const flags = [isStable ? "--permission" : "--experimental-permission", "--allow-fs-read=*", "--no-warnings"];
    const body = `${COUNT}\nconst { sockets } = procnet.socketsSync({ protocol: "tcp" });
      const before = threads();\nawait look();\nreport([sockets.length > 0, threads() - before]);`;
    const [, more] = built.run<[boolean, number]>(body, [], flags);
    expect(more).toBe(0);
  });
});

it("turns of the event loop are between", async () => {
  const engine = new source.SocketEngine({ threads: 0 });
  let turns = 0;
  let isDone = false;
  const turn = (): void => {
    turns++;
    if (!isDone) setImmediate(turn);
  };
  setImmediate(turn);
  isComplete(ownersOf((await engine.sockets(options)).sockets));
  isDone = true;
  // 24,000 links take some ten slices on the fastest machine.
  expect(turns).toBeGreaterThan(3);
});

it("calls at the same time share the work of threads", async () => {
  using engine = new published.SocketEngine({ threads: 2 });
  const results = await Promise.all([engine.sockets(options), engine.sockets(options), engine.sockets(options)]);
  for (const { sockets } of results) isComplete(ownersOf(sockets));
});
