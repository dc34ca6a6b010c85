import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { answering, otlpReceiver, type Receiver, TAKEN } from "../../../../test/support/server/otlp-receiver.ts";
import { type Outcome, type Sending, send, waitOf } from "./send.ts";

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

async function receiver(...answers: Parameters<typeof otlpReceiver>[0] & object): Promise<Receiver> {
  const one = await otlpReceiver(answers);
  endings.push(one.close);
  return one;
}

function sendTo(url: string, more: Partial<Sending> = {}): Promise<Outcome> {
  const { signal } = new AbortController();
  const headers = new Map([["authorization", "Bearer x"]]);
  return send({ url: new URL(url), headers, body: gzipSync("{}"), timeout: 60_000, signal, ...more });
}

it("posts compressed JSON with the headers that it is given", async () => {
  const { url, requests } = await receiver(TAKEN);
  expect(await sendTo(`${url}/v1/metrics`)).toEqual({ kind: "sent", rejected: 0, message: "" });
  expect(requests).toMatchObject([
    {
      method: "POST",
      path: "/v1/metrics",
      text: "{}",
      headers: {
        "content-type": "application/json",
        "content-encoding": "gzip",
        authorization: "Bearer x",
        "user-agent": "procnet",
      },
    },
  ]);
});

describe("an answer", () => {
  it.each([
    ["{}", 0, ""],
    ["", 0, ""],
    ["no JSON", 0, ""],
    ["null", 0, ""],
    ['{"partialSuccess":{"rejectedDataPoints":"3","errorMessage":"too old"}}', 3, "too old"],
    ['{"partialSuccess":{"rejectedDataPoints":3}}', 3, ""],
    ['{"partialSuccess":{"errorMessage":"a hint"}}', 0, "a hint"],
    ['{"partialSuccess":{"rejectedDataPoints":-1,"errorMessage":"\\u001b[2J"}}', 0, "\\x1b[2J"],
  ])("200 with %s takes all but %d", async (text, rejected, message) => {
    const { url } = await receiver(answering(200, {}, text));
    expect(await sendTo(url)).toEqual({ kind: "sent", rejected, message });
  });

  it.each([
    [429, "later"],
    [502, "later"],
    [503, "later"],
    [504, "later"],
    [400, "refused"],
    [401, "refused"],
    [404, "refused"],
    [408, "refused"],
    [413, "refused"],
    [500, "refused"],
    [501, "refused"],
  ])("%d is %s", async (status, kind) => {
    const { url } = await receiver(answering(status));
    expect(await sendTo(url)).toMatchObject({ kind, message: `it was answered with ${status}` });
  });

  it("that leads elsewhere is not followed", async () => {
    const other = await receiver(TAKEN);
    const { url, requests } = await receiver(answering(307, { Location: `${other.url}/v1/metrics` }));
    expect(await sendTo(url)).toMatchObject({ kind: "refused" });
    expect([requests.length, other.requests.length]).toEqual([1, 0]);
  });

  it("says when to come back", async () => {
    const { url } = await receiver(answering(503, { "Retry-After": "7" }));
    expect(await sendTo(url)).toMatchObject({ kind: "later", after: 7000 });
  });

  it("without end is not read to its end", async () => {
    let written = 0;
    const { url } = await receiver((answer) => {
      const more = (): void => {
        while (!answer.destroyed && written < 1 << 30) {
          written += 1 << 16;
          if (!answer.write(Buffer.alloc(1 << 16, " "))) break;
        }
      };
      answer.writeHead(200).on("drain", more);
      more();
    });
    expect(await sendTo(url)).toEqual({ kind: "sent", rejected: 0, message: "" });
    expect(written).toBeLessThan(1 << 26);
  });
});

describe("who does not answer", () => {
  it("is not waited for without end", async () => {
    const { url } = await receiver(() => {});
    expect(await sendTo(url, { timeout: 50 })).toMatchObject({ kind: "later", message: "no answer within 0.05 s" });
  });

  it("nor who begins to, and does not go on", async () => {
    const { url } = await receiver((answer) => answer.writeHead(200).write("{"));
    expect(await sendTo(url, { timeout: 200 })).toMatchObject({ kind: "later" });
  });

  it("hangs up, and is tried later", async () => {
    const { url } = await receiver((answer) => answer.destroy());
    expect(await sendTo(url)).toMatchObject({ kind: "later", message: "socket hang up" });
  });

  it("is not there, and is tried later", async () => {
    const { url, close } = await receiver(TAKEN);
    await close();
    expect(await sendTo(url)).toMatchObject({ kind: "later", message: expect.stringContaining("ECONNREFUSED") });
  });

  it("speaks something else, and is tried later", async () => {
    const server = createServer((socket) => socket.end("hello\r\n")).listen(0, "127.0.0.1");
    await once(server, "listening");
    endings.push(() => server.close());
    const { port } = server.address() as AddressInfo;
    expect(await sendTo(`http://127.0.0.1:${port}/`)).toMatchObject({ kind: "later" });
  });

  it("is let go at once at the end", async () => {
    const { url, server } = await receiver(() => {});
    const ends = new AbortController();
    const sending = sendTo(url, { signal: ends.signal });
    await once(server, "request");
    ends.abort();
    expect(await sending).toMatchObject({ kind: "later", message: "it was stopped" });
  });
});

it.each([
  ["0", 0],
  ["120", 120_000],
  [" 3 ", 3000],
  ["Thu, 01 Jan 1970 00:02:00 GMT", 60_000],
  ["Thu, 01 Jan 1970 00:00:00 GMT", 0],
  ["86400", 3_600_000],
  ["soon", undefined],
  [undefined, undefined],
])("Retry-After: %s is a wait of %s", (text, wait) => {
  expect(waitOf(text, 60_000)).toBe(wait);
});
