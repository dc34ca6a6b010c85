import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { BaseProcFs } from "procnet";
import { apiOf } from "./api/api.ts";
import { type FilterOptions, filtersOf } from "./collectors/filters.ts";
import { appOf } from "./http/app.ts";
import { isLoopback, type ListenAddress, listenAddressOf, urlOf } from "./listen/address.ts";
import { Sampler } from "./sampler/sampler.ts";

/** Options of {@link createProcnetServer}; all optional. */
export interface ServerOptions {
  /** Where to listen, each as `ADDRESS:PORT`: `127.0.0.1:9909` and `[::1]:9909` by default, of which one is enough. */
  readonly listen?: readonly string[];
  /** Whether others than this machine may be answered without a token: false by default. */
  readonly insecure?: boolean;
  /** Names by which the server may be called, besides its addresses. */
  readonly allowHosts?: readonly string[];
  /** How old a look at sockets may be that is told of, milliseconds: 5,000 by default. */
  readonly maxAge?: number;
  /** Series of the server's own metrics at most: 5,000 by default. What has no series of its own is counted together. */
  readonly maxSeries?: number;
  /** The procfs to look at; that of this machine by default. */
  readonly procfs?: BaseProcFs;
  /** Directory of the sysfs to look at: `/sys` by default. */
  readonly sysfs?: string;
  /** What collectors of node_exporter leave out; nothing but counters of protocols that it leaves out, too, by default. */
  readonly filters?: FilterOptions;
}

/** A server that runs. */
export interface ProcnetServer {
  /** Where it listens, as URLs. */
  readonly urls: readonly string[];
  /** Answers a request as over the network, for servers of others. */
  readonly fetch: (request: Request) => Response | Promise<Response>;
  /** Stops listening, ends all connections, threads and files. */
  close(): Promise<void>;
}

const DEFAULT_LISTEN: readonly string[] = ["127.0.0.1:9909", "[::1]:9909"];

/**
 * Serves metrics for Prometheus. It answers as soon as this resolves.
 *
 * @throws `TypeError` for an address that is none, `Error` for one that others can reach without `insecure`, or that cannot be had
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
  const { insecure = false, allowHosts = [], procfs, sysfs = "/sys", maxAge = 5000, maxSeries = 5000 } = options;
  const filters = filtersOf(options.filters);
  const addresses = (options.listen ?? DEFAULT_LISTEN).map(listenAddressOf);
  const open = addresses.find(({ address }) => !isLoopback(address));
  if (open !== undefined && !insecure)
    throw new Error(`${open.address} can be reached by others: that needs a token, or insecure`);
  const sampler = new Sampler({ maxSeries, ...(procfs && { procfs }) });
  const hosts = new Set(
    [...allowHosts, ...addresses.map(({ address }) => hostOf(address))].map((name) => name.toLowerCase()),
  );
  const api = apiOf({ sampler, maxAge });
  const app = appOf({ sampler, api, sysfs, filters, hosts, maxAge });
  const isForgiving = options.listen === undefined;
  const servers: Server[] = [];
  const failures: unknown[] = [];
  for (const address of addresses) {
    try {
      servers.push(await listening(app.fetch, address));
    } catch (error) {
      failures.push(error);
      if (!isForgiving) break;
    }
  }
  const close = async (): Promise<void> => {
    await Promise.all(servers.map(closed));
    api.close();
    await sampler.close();
  };
  if (servers.length === 0 || (!isForgiving && failures.length > 0)) {
    await close();
    throw failures[0];
  }
  return { urls: servers.map(urlOfServer), fetch: (request) => app.fetch(request), close };
}

function hostOf(address: string): string {
  return address.includes(":") ? `[${address}]` : address;
}

async function listening(
  fetch: (request: Request) => Response | Promise<Response>,
  { address, port }: ListenAddress,
): Promise<Server> {
  const server = createAdaptorServer({ fetch, overrideGlobalObjects: false }) as Server;
  server.listen({ host: address, port, exclusive: true, ipv6Only: true });
  await once(server, "listening");
  return server;
}

function urlOfServer(server: Server): string {
  const { address, port } = server.address() as AddressInfo;
  return urlOf({ address, port });
}

async function closed(server: Server): Promise<void> {
  const ended = once(server, "close");
  server.close();
  server.closeAllConnections();
  await ended;
}
