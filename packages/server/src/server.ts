import { getRequestListener } from "@hono/node-server";
import { isLoopback, urlHost } from "./address.ts";
import { apiOf } from "./api/api.ts";
import { appOf } from "./http/app.ts";
import { hostNameOf } from "./http/hosts.ts";
import { Scrapes } from "./http/scrapes.ts";
import { Listeners, openMessage } from "./listen/listeners.ts";
import { type ServerOptions, type Settings, settingsOf } from "./options.ts";
import { pushOf } from "./otlp/otlp.ts";
import type { Push } from "./otlp/push.ts";
import { TrafficBytes } from "./own/traffic-bytes.ts";
import { Sampler } from "./sampler/sampler.ts";
import { TrafficFeed } from "./traffic/feed.ts";

/** What is pushed is put together within so many milliseconds; what is late is left out, as in a scrape. */
const COLLECTING = 10_000;

/** A server that runs. */
export interface ProcnetServer {
  /** Where it listens, as URLs; a unix socket as `unix:` and its path. */
  readonly urls: readonly string[];
  /** What clients must know; `undefined` where they need to know nothing. */
  readonly token: string | undefined;
  /**
   * Answers a request as over the network, for a server that there is already: `app.all("/*", ({ req }) => server.fetch(req.raw))` in
   * one of Hono. `Host` and `Origin` are checked as ever, so `allowHosts` has the names of that server, and what it tells is
   * `minimal` unless `expose` says more.
   */
  readonly fetch: (request: Request) => Response | Promise<Response>;
  /** Stops listening, ends all connections, threads and files. */
  close(): Promise<void>;
}

/**
 * Serves metrics for Prometheus. It answers as soon as this resolves.
 *
 * @throws `TypeError` for options that are none, `Error` for an address that others can reach without a token or `insecure`, or that
 * cannot be had
 * @example
 * ```ts
 * import { createProcnetServer } from "@procnet/server";
 * const server = await createProcnetServer({ listen: ["127.0.0.1:0"] });
 * const answer = await fetch(`${server.urls[0]}metrics`);
 * console.log(answer.status);
 * await server.close();
 * ```
 */
export async function createProcnetServer(options: ServerOptions = {}): Promise<ProcnetServer> {
  const settings = settingsOf(options);
  const { addresses, token, insecure, procfs, pid, own, network, sysfs, collectors, filters, maxAge, expose, otlp } =
    settings;
  const isOpen = insecure || token !== undefined;
  const open = addresses.find(({ address }) => !isLoopback(address));
  if (open !== undefined && !isOpen) throw new Error(openMessage(open.address));
  const hosts = hostsOf(settings);
  const sampler = new Sampler({ ...own, pid, source: settings.source, ...(procfs && { procfs }) });
  const bytes = new TrafficBytes();
  const traffic = new TrafficFeed(sampler.procfs, settings.traffic, ({ connections }) => bytes.take(connections));
  const api = apiOf({ sampler, traffic, maxAge, sysfs, hostName: settings.hostName });
  const source = { procfs: sampler.procfs, pid, sysfs: Buffer.from(sysfs).toString("latin1"), filters, network };
  const scrapes = new Scrapes(sampler, maxAge, source, collectors);
  const app = appOf({ sampler, api, scrapes, hosts, token, expose });
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false, hostname: "unnamed.invalid" });
  const listeners = new Listeners({ listener, tls: settings.tls, isOpen });
  let push: Push | undefined;
  const close = async (): Promise<void> => {
    await listeners.close();
    await push?.close();
    api.close();
    await traffic.close();
    await sampler.close();
  };
  try {
    await traffic.begin();
    await listenAll(listeners, settings);
  } catch (error) {
    await close();
    throw error;
  }
  if (settings.traffic === "always") scrapes.tellTraffic(() => bytes.families());
  if (otlp !== undefined) {
    const pushing = pushOf({ settings: otlp, procfs: sampler.procfs, collect: () => scrapes.all(COLLECTING) });
    scrapes.tellPushed(() => pushing.families());
    push = pushing;
  }
  return { urls: listeners.urls, token, fetch: (request) => app.fetch(request), close };
}

/** Names by which the server may be called, as URLs have them. */
function hostsOf({ allowHosts, addresses }: Settings): ReadonlySet<string> {
  const names = [...allowHosts, ...addresses.map(({ address }) => urlHost(address))];
  return new Set(
    names.map((name) => {
      const host = hostNameOf(name);
      if (host === undefined) throw new TypeError(`${JSON.stringify(name)} is no name of a host`);
      return host;
    }),
  );
}

async function listenAll(listeners: Listeners, settings: Settings): Promise<void> {
  for (const fd of settings.descriptors) await listeners.atDescriptor(fd);
  if (settings.unixSocket !== undefined) await listeners.atPath(settings.unixSocket);
  let failure: unknown;
  for (const { address, port } of settings.addresses) {
    try {
      await listeners.atAddress(address, port);
    } catch (error) {
      if (!settings.isForgiving) throw error;
      failure ??= error;
    }
  }
  if (listeners.urls.length === 0 && failure !== undefined) throw failure;
}
