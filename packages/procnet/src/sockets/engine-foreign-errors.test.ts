import type * as Fs from "node:fs";
import { createServer, type Server } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { Actor, type Answer } from "../../../../test/support/sockets/actor.ts";
import { missingTools, skipIf } from "../../../../test/support/tools.ts";
import { networkNamespaces, networkNamespacesAsync, type Socket, SocketEngine, whoListens } from "../index.ts";

/*
 * What a runtime throws need not be an error of the system: Deno throws InvalidData where a name is not UTF-8. Here each call about one
 * process throws such a thing, one after the other. It costs what could not be read of that process, and nothing of others.
 */

class InvalidData extends Error {
  override readonly name = "InvalidData";
}

/** What fails: a call of node:fs on a path. */
const failing = vi.hoisted(() => ({ call: "", path: /^$/, times: 0 }));
vi.mock("node:fs", async (original) => {
  const fs = await original<typeof Fs>();
  const calls = Object.entries(fs).map(([name, call]) => {
    if (typeof call !== "function" || !name.endsWith("Sync")) return [name, call];
    const failingOne = (...args: unknown[]): unknown => {
      if (name !== failing.call || !failing.path.test(`${args[0]}`))
        return (call as (...args: unknown[]) => unknown)(...args);
      failing.times++;
      throw new InvalidData("stream did not contain valid UTF-8");
    };
    return [name, failingOne];
  });
  return Object.fromEntries(calls);
});

const reason = missingTools("python3");
let actor: Actor;
let listener: Answer;
let server: Server;
beforeAll(async () => {
  if (reason !== undefined) return;
  actor = new Actor();
  listener = await actor.act("a", "open");
  server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
});
beforeEach((context) => skipIf(context, reason));
afterAll(async () => {
  failing.call = "";
  server?.close();
  await actor?.end();
});

/** Calls about a process, and what is not known of it when they fail. */
const CALLS: readonly (readonly [call: string, name: string, lost: "nothing" | "detail" | "owner"])[] = [
  ["statSync", "", "owner"],
  ["statSync", "/fd", "owner"],
  ["readdirSync", "/fd", "owner"],
  ["readlinkSync", "/fd/[0-9]+", "owner"],
  ["readlinkSync", "/exe", "detail"],
  ["readlinkSync", "/ns/net", "detail"],
  ["openSync", "/stat", "owner"],
  ["openSync", "/schedstat", "detail"],
  ["openSync", "/(?:schedstat|status)", "detail"],
  ["openSync", "/cmdline", "detail"],
  ["openSync", "/cgroup", "detail"],
];

describe.each(CALLS)("%s of /proc/PID%s throws what is no error of the system", (call, name, lost) => {
  beforeEach(() => {
    Object.assign(failing, { call, path: new RegExp(`^/proc/${actor.pid}${name}$`), times: 0 });
  });

  const expectOthersKnown = (sockets: readonly Socket[]): void => {
    const { port } = server.address() as { port: number };
    const mine = sockets.filter((socket) => "localPort" in socket && socket.localPort === port);
    expect(mine.map(({ owners }) => owners?.map(({ pid }) => pid))).toEqual([[process.pid]]);
    const [theirs] = sockets.filter(({ inode }) => inode === listener.inode);
    if (lost !== "owner") expect(theirs!.owners).toMatchObject([{ pid: actor.pid }]);
    else expect(theirs).toBeDefined();
  };
  const options = { protocol: "tcp", state: "LISTEN" } as const;

  it("sockets(), socketsSync(), eachSocket()", async () => {
    // What marks a process is read when it is seen again.
    const engine = new SocketEngine();
    expectOthersKnown((await engine.sockets(options)).sockets);
    expectOthersKnown((await engine.sockets(options)).sockets);
    expectOthersKnown(new SocketEngine().socketsSync(options).sockets);
    const each: Socket[] = [];
    for await (const socket of new SocketEngine().eachSocket(options)) each.push(socket);
    expectOthersKnown(each);
    if (name !== "/ns/net") expect(failing.times).toBeGreaterThan(0);
  });

  it("whoListens()", async () => {
    const { port } = server.address() as { port: number };
    for (const owners of ["first", "all"] as const) {
      expect(await whoListens(port, { owners })).toMatchObject({ kind: "owned" });
      expect(["owned", "unknown"]).toContain((await whoListens(listener.port!, { owners })).kind);
    }
  });

  it("networkNamespaces()", async () => {
    const holds = (pids: readonly number[]): boolean => pids.includes(process.pid);
    expect(networkNamespaces().some(({ pids }) => holds(pids))).toBe(true);
    expect((await networkNamespacesAsync()).some(({ pids }) => holds(pids))).toBe(true);
  });
});
