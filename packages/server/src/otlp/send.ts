import { type IncomingMessage, request } from "node:http";
import { request as requestByTls } from "node:https";
import { escapeText } from "procnet";

/** Bytes of an answer that are read. */
const MOST_ANSWER = 1 << 16;

/** A wait longer than this is not waited for, milliseconds: what waits would be pushed out meanwhile. */
const LONGEST_WAIT = 3_600_000;

/** How it went. */
export type Outcome =
  | { readonly kind: "sent"; readonly rejected: number; readonly message: string }
  /** It may go through later; `after`: not before so many milliseconds. */
  | { readonly kind: "later"; readonly after: number | undefined; readonly message: string }
  | { readonly kind: "refused"; readonly message: string };

/** What is sent, and where to. */
export interface Sending {
  readonly url: URL;
  readonly headers: ReadonlyMap<string, string>;
  /** Compressed. */
  readonly body: Uint8Array;
  /** Milliseconds for all of it, the answer included. */
  readonly timeout: number;
  readonly signal: AbortSignal;
}

/** Sends once. Redirects are not followed: where to is the operator's choice. It never throws. */
export function send({ url, headers, body, timeout, signal }: Sending): Promise<Outcome> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => end(`no answer within ${timeout / 1000} s`), timeout);
    const stop = (): void => end("it was stopped");
    const done = (outcome: Outcome): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
      resolve(outcome);
      asked.destroy();
    };
    const end = (message: string): void => done({ kind: "later", after: undefined, message });
    const asked = (url.protocol === "https:" ? requestByTls : request)(url, {
      method: "POST",
      // Once a minute a connection of its own: nothing is left open between.
      agent: false,
      headers: {
        "user-agent": "procnet",
        ...Object.fromEntries(headers),
        "content-type": "application/json",
        "content-encoding": "gzip",
        "content-length": body.length,
      },
    });
    asked.on("error", (error) => end(plain(error.message)));
    asked.on("response", (answer) => void answered(answer).then(done, (error: Error) => end(plain(error.message))));
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
    asked.end(body);
  });
}

/** What may be sent again: https://opentelemetry.io/docs/specs/otlp/#retryable-response-codes. */
const LATER: ReadonlySet<number> = new Set([429, 502, 503, 504]);

async function answered(answer: IncomingMessage): Promise<Outcome> {
  const { statusCode: status = 0, headers } = answer;
  const message = `it was answered with ${status}`;
  if (LATER.has(status)) return { kind: "later", after: waitOf(headers["retry-after"], Date.now()), message };
  if (status < 200 || status > 299) return { kind: "refused", message };
  return { kind: "sent", ...partOf(await textOf(answer)) };
}

/** The body; of one that is too long nothing. */
async function textOf(answer: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > MOST_ANSWER) return "";
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

/** How many points were taken out of those that were taken, and why. */
function partOf(text: string): { readonly rejected: number; readonly message: string } {
  try {
    const { partialSuccess } = JSON.parse(text) ?? {};
    const { rejectedDataPoints = 0, errorMessage = "" } = partialSuccess ?? {};
    const rejected = Number(rejectedDataPoints);
    return {
      rejected: Number.isSafeInteger(rejected) && rejected > 0 ? rejected : 0,
      message: plain(`${errorMessage}`),
    };
  } catch {
    return { rejected: 0, message: "" };
  }
}

/** `Retry-After`: seconds, or a date. */
export function waitOf(text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined;
  const wait = /^\s*\d+\s*$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(wait) ? undefined : Math.min(LONGEST_WAIT, Math.max(0, wait));
}

const plain = (text: string): string => escapeText(text.slice(0, 200));
