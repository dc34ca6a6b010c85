import { createServer, type RequestListener, type Server, STATUS_CODES } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { Duplex } from "node:stream";
import { HEADERS } from "../http/guard.ts";

/** What clients may cost, milliseconds and bytes. */
export interface Limits {
  /** Bytes of a request line and its headers. */
  readonly headerBytes: number;
  /** Until the headers are there; counts from the connection on, for one that says nothing. */
  readonly headers: number;
  /** Until the whole request is there. */
  readonly request: number;
  /** Without a byte in either direction. */
  readonly idle: number;
  /** How often the two above are looked at. */
  readonly checks: number;
  /** Connections at a time, over all that the server listens at. */
  readonly connections: number;
}

export const LIMITS: Limits = {
  headerBytes: 16_384,
  headers: 20_000,
  request: 30_000,
  idle: 60_000,
  checks: 5000,
  connections: 200,
};

/** A server of Node that is closed to whoever takes too much or too long. It listens nowhere yet. */
export function boundedServer(
  listener: RequestListener,
  limits: Limits,
  tls: { readonly cert: Buffer; readonly key: Buffer } | undefined,
): Server {
  const options = {
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headers,
    requestTimeout: limits.request,
    keepAliveTimeout: limits.idle,
    connectionsCheckingInterval: limits.checks,
    // One without is answered as one with a wrong name is.
    requireHostHeader: false,
  };
  const server =
    tls === undefined
      ? createServer(options, listener)
      : createTlsServer({ ...options, ...tls, handshakeTimeout: limits.headers }, listener);
  server.timeout = limits.idle;
  server.maxRequestsPerSocket = 0;
  // What Node or the adapter answers by itself has the headers too.
  server.prependListener("request", (_, answer) => {
    for (const [name, value] of Object.entries(HEADERS)) answer.setHeader(name, value);
  });
  server.on("checkExpectation", (_, answer) => {
    answer.writeHead(417, { ...HEADERS, Connection: "close" }).end();
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => refuse(error, socket));
  return server;
}

const STATUS_BY_CODE: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** Answers what is no request, in the words of Node and with the headers of the others, and ends the connection. */
function refuse({ code = "" }: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || code === "ECONNRESET") {
    socket.destroy();
    return;
  }
  const status = STATUS_BY_CODE[code] ?? 400;
  const headers = Object.entries({ ...HEADERS, Connection: "close", "Content-Length": "0" });
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines}\r\n`, () => socket.destroy());
}
