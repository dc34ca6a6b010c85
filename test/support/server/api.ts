import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import { type Api, apiOf } from "../../../packages/server/src/api/api.ts";
import type { HubOptions } from "../../../packages/server/src/api/events/hub.ts";
import type { Expose } from "../../../packages/server/src/api/expose.ts";
import { Sampler } from "../../../packages/server/src/sampler/sampler.ts";
import { TrafficFeed } from "../../../packages/server/src/traffic/feed.ts";

/** The API alone, behind a server of its own. */
export interface RunningApi {
  readonly port: number;
  readonly server: Server;
  readonly sampler: Sampler;
  readonly api: Api;
  /** What the API answers, with its status. */
  ask(path: string): Promise<{ readonly status: number; readonly text: string }>;
  close(): Promise<void>;
}

/** How it runs. */
export interface RunningOptions {
  readonly expose: Expose;
  readonly maxAge?: number;
  readonly times?: Omit<HubOptions, "sampler" | "traffic">;
}

/** Starts it on loopback. */
export async function runApi({ expose, maxAge = 1000, times = {} }: RunningOptions): Promise<RunningApi> {
  const sampler = new Sampler({ maxSeries: 100 });
  const traffic = new TrafficFeed(sampler.procfs, "asked", () => {});
  const api = apiOf({ sampler, traffic, maxAge, times });
  const app = new Hono<{ Variables: { expose: Expose } }>();
  app.use((context, next) => {
    context.set("expose", expose);
    return next();
  });
  app.route("/api/v1", api.app);
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false }) as Server;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    ...{ port, server, sampler, api },
    ask: async (path) => {
      const answer = await fetch(`http://127.0.0.1:${port}/api/v1${path}`);
      return { status: answer.status, text: await answer.text() };
    },
    close: async () => {
      api.close();
      server.closeAllConnections();
      server.close();
      await traffic.close();
      await sampler.close();
    },
  };
}

/** How many connections a server has. */
export function connectionsOf(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
  });
}
