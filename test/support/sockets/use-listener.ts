import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";
import { afterEach, beforeEach } from "vitest";
import { whoListensSync } from "../../../packages/procnet/src/index.ts";

/** A listener of this process, and a process that holds none, for each test of a file. */
export interface ListenerStage {
  readonly port: number;
  readonly inode: number;
  readonly sleeper: ChildProcess;
  /** Ends the listener before the test does. */
  readonly close: () => void;
}

export function useListener(): ListenerStage {
  const stage = {} as { -readonly [Name in keyof ListenerStage]: ListenerStage[Name] };
  let server: Server;
  beforeEach(async () => {
    server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    stage.port = (server.address() as AddressInfo).port;
    stage.inode = whoListensSync(stage.port).listeners[0]!.inode;
    stage.sleeper = spawn("sleep", ["1000"]);
    stage.close = () => server.close();
    await once(stage.sleeper, "spawn");
  });
  afterEach(() => {
    stage.sleeper.kill();
    server.close();
  });
  return stage;
}
