import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";

/** A request that came. */
export interface Received {
  readonly path: string | undefined;
  readonly method: string | undefined;
  readonly headers: IncomingHttpHeaders;
  /** Its body, not compressed any more. */
  readonly text: string;
}

type Answering = (answer: ServerResponse) => unknown;

/** One who takes what is sent by OTLP, on loopback. */
export interface Receiver {
  readonly url: string;
  readonly server: Server;
  readonly requests: Received[];
  /** How requests are answered, one after the other; the last one for all that follow. */
  readonly answers: Answering[];
  close(): Promise<void>;
}

/** All is taken. */
export const TAKEN: Answering = (answer) => answer.writeHead(200, { "Content-Type": "application/json" }).end("{}");

/** Another status. */
export function answering(status: number, headers: Readonly<Record<string, string>> = {}, text = ""): Answering {
  return (answer) => answer.writeHead(status, headers).end(text);
}

/** Starts one; with a certificate, by TLS. */
export async function otlpReceiver(answers: readonly Answering[] = [], tls?: object): Promise<Receiver> {
  const requests: Received[] = [];
  const left = [...answers];
  const server = (tls === undefined ? createServer() : createTlsServer(tls)) as Server;
  server.on("request", async (request, answer) => {
    const parts: Buffer[] = [];
    try {
      for await (const part of request) parts.push(part as Buffer);
    } catch {
      return; // it was cut off
    }
    const { method, url: path, headers } = request;
    requests.push({ method, path, headers, text: gunzipSync(Buffer.concat(parts)).toString("utf8") });
    const next = left.length > 1 ? left.shift() : (left[0] ?? TAKEN);
    next!(answer);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `${tls === undefined ? "http" : "https"}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = async (): Promise<void> => {
    if (!server.listening) return;
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  return { url, server, requests, answers: left, close };
}

/** What is made of a definition of protobuf; the package does not say so in types. */
interface Definition {
  fromObject(object: object): object;
  toObject(message: object, options: { longs: typeof String; enums: typeof Number }): object;
  encode(message: object): { finish(): Uint8Array };
  decode(bytes: Uint8Array): object;
}

interface Generated {
  readonly opentelemetry: {
    readonly proto: {
      readonly collector: {
        readonly metrics: { readonly v1: { readonly ExportMetricsServiceRequest: Definition } };
      };
    };
  };
}

const generated: Generated = createRequire(import.meta.url)(
  "@opentelemetry/otlp-transformer/build/src/generated/root.js",
);
const { ExportMetricsServiceRequest } = generated.opentelemetry.proto.collector.metrics.v1;

/**
 * What the messages that OpenTelemetry has made of its own definitions have understood of a text, as JSON of OTLP again, after a way
 * through the binary form. A text that is right is the same: names that are not known are lost on the way, numbers of 64 bits come
 * back as texts, enumerations as numbers.
 */
export function understood(text: string): unknown {
  const json: Record<string, unknown> = JSON.parse(text);
  const bytes = ExportMetricsServiceRequest.encode(ExportMetricsServiceRequest.fromObject(json)).finish();
  const message = ExportMetricsServiceRequest.decode(bytes);
  return ExportMetricsServiceRequest.toObject(message, { longs: String, enums: Number });
}
