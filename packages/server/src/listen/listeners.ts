import { once } from "node:events";
import { chmodSync } from "node:fs";
import type { RequestListener, Server } from "node:http";
import type { ListenOptions, Socket } from "node:net";
import { isLoopback, plainAddress, urlHost } from "../address.ts";
import { boundedServer, LIMITS, type Limits } from "./http-server.ts";
import { removeDeadSocket } from "./unix-socket.ts";

/** What listeners are made with. */
export interface ListenersOptions {
  readonly listener: RequestListener;
  readonly tls: { readonly cert: Buffer; readonly key: Buffer } | undefined;
  /** Whether others than this machine may come in. */
  readonly isOpen: boolean;
  readonly limits?: Limits;
}

/** All that the server listens at, with one count of connections for all. */
export class Listeners {
  private readonly options: ListenersOptions;
  private readonly limits: Limits;
  private readonly servers: { readonly server: Server; readonly url: string }[] = [];
  private readonly connections = new Set<Socket>();

  constructor(options: ListenersOptions) {
    this.options = options;
    this.limits = options.limits ?? LIMITS;
  }

  /** Where it listens, in the order in which it began to. */
  get urls(): readonly string[] {
    return this.servers.map(({ url }) => url);
  }

  /** Connections that are open. */
  get size(): number {
    return this.connections.size;
  }

  async atAddress(address: string, port: number): Promise<void> {
    await this.listen({ host: address, port, exclusive: true, ipv6Only: true }, this.options.tls);
  }

  /** At a path that only our own user may connect to, from the first moment on. */
  async atPath(path: string): Promise<void> {
    await removeDeadSocket(path);
    const mask = process.umask(0o177);
    try {
      // It is bound before `listen` returns.
      const listening = this.listen({ path, exclusive: true }, undefined, `unix:${path}`);
      process.umask(mask);
      await listening;
      // A directory with a default ACL does not ask the mask.
      chmodSync(path, 0o600);
    } finally {
      process.umask(mask);
    }
  }

  async atDescriptor(fd: number): Promise<void> {
    await this.listen({ fd, exclusive: true }, this.options.tls);
  }

  /** Ends all connections. A unix socket is removed, unless its descriptor was handed over. */
  async close(): Promise<void> {
    await Promise.all(this.servers.splice(0).map(({ server }) => closed(server)));
  }

  private async listen(
    where: ListenOptions & { fd?: number },
    tls: ListenersOptions["tls"],
    url?: string,
  ): Promise<void> {
    const server = boundedServer(this.options.listener, this.limits, tls);
    server.on("connection", (socket: Socket) => this.admit(socket));
    server.listen(where);
    await once(server, "listening");
    const address = server.address();
    if (address !== null && typeof address === "object") {
      const { address: host, port } = address;
      if (!this.options.isOpen && !isLoopback(plainAddress(host))) {
        await closed(server);
        throw new Error(openMessage(host));
      }
      this.servers.push({ server, url: `${tls ? "https" : "http"}://${urlHost(host)}:${port}/` });
    } else this.servers.push({ server, url: url ?? `unix:${address ?? `descriptor ${where.fd}`}` });
  }

  private admit(socket: Socket): void {
    if (this.connections.size >= this.limits.connections) {
      socket.destroy();
      return;
    }
    this.connections.add(socket);
    socket.once("close", () => this.connections.delete(socket));
  }
}

/** What to say where a server would be open to all. */
export function openMessage(address: string): string {
  return `${address} can be reached by others: that needs a token, or insecure`;
}

async function closed(server: Server): Promise<void> {
  const ended = once(server, "close");
  server.close();
  server.closeAllConnections();
  await ended;
}
