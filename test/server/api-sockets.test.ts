import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { createProcnetServer, type ProcnetServer } from "@procnet/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

let server: ProcnetServer;
const holders: Server[] = [];
beforeAll(async () => {
  server = await createProcnetServer({ listen: ["127.0.0.1:0"], maxAge: 60_000, hostName: "web1" });
  for (let at = 0; at < 7; at++) {
    const holder = createServer().listen(0, "127.0.0.1");
    await once(holder, "listening");
    holders.push(holder);
  }
});
afterAll(async () => {
  for (const holder of holders) holder.close();
  await server?.close();
});

interface Page {
  readonly sockets: readonly Record<string, unknown>[];
  readonly matched: number;
  readonly next?: string;
}

function ask(query: string, accept = "application/json"): Promise<Response> {
  return fetch(`${server.urls[0]}api/v1/sockets${query}`, { headers: { accept } });
}

async function page(query: string): Promise<Page> {
  const answer = await ask(query);
  expect(answer.status).toBe(200);
  return (await answer.json()) as Page;
}

const portOf = (holder: Server): number => {
  const address = holder.address();
  return typeof address === "object" && address !== null ? address.port : 0;
};

describe("/api/v1/sockets", () => {
  it("finds by the language of the command, with what each class tells of owners", async () => {
    const port = portOf(holders[0]!);
    // Connections of others may have the number of a port that is free for listeners.
    const { sockets, matched } = await page(`?filter=${encodeURIComponent(`sport = :${port} and state listening`)}`);
    expect(matched).toBe(1);
    expect(sockets).toMatchObject([{ protocol: "tcp", localPort: port, state: "LISTEN", commonState: "LISTEN" }]);
    const text = JSON.stringify(sockets);
    for (const argument of process.argv.filter((one) => one.includes("/"))) expect(text).not.toContain(argument);
  });

  it("gives pages of one look, each socket once", async () => {
    const query = `filter=${encodeURIComponent(`state listening and src 127.0.0.1`)}`;
    const all = await page(`?limit=5000&${query}`);
    expect(all.sockets.length).toBeGreaterThanOrEqual(holders.length);
    expect(all.next).toBeUndefined();
    const found: unknown[] = [];
    let cursor = "";
    do {
      const { sockets, next, matched } = await page(`?limit=2&${query}${cursor}`);
      expect(sockets.length).toBeLessThanOrEqual(2);
      expect(matched).toBe(all.matched);
      found.push(...sockets);
      cursor = next === undefined ? "" : `&cursor=${next}`;
    } while (cursor !== "");
    expect(found).toEqual(all.sockets);
  });

  it("gives all of them as lines, the same rows", async () => {
    const answer = await ask("?protocol=all&limit=1", "application/x-ndjson");
    expect(answer.headers.get("content-type")).toBe("application/x-ndjson");
    const lines = (await answer.text()).trimEnd().split("\n");
    const found: unknown[] = [];
    let cursor = "";
    do {
      const { sockets, next } = await page(`?protocol=all&limit=5000${cursor}`);
      found.push(...sockets);
      cursor = next === undefined ? "" : `&cursor=${next}`;
    } while (cursor !== "");
    expect(lines.map((line) => JSON.parse(line))).toEqual(found);
  });

  it("gives the same sockets as flat rows, all of them", async () => {
    const filter = `filter=${encodeURIComponent("state listening and src 127.0.0.1")}`;
    const answer = await ask(`?flat=true&${filter}`);
    expect(answer.headers.get("content-type")).toBe("application/x-ndjson");
    const rows = (await answer.text())
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(new Set(rows.map(({ host }) => host))).toEqual(new Set(["web1"]));
    const { sockets } = await page(`?limit=5000&${filter}`);
    expect(rows.map(({ inode, local_port }) => [inode, local_port])).toEqual(
      sockets.map(({ inode, localPort }) => [inode, localPort]),
    );
  });

  it("gives the fields that are asked for", async () => {
    const { sockets } = await page("?fields=protocol,localPort,commonState&limit=3");
    for (const socket of sockets) expect(Object.keys(socket)).toEqual(["protocol", "localPort", "commonState"]);
  });

  it.each([
    ["?filter=state+establishd", 400, { parameter: "filter", column: 7 }],
    [`?filter=${"a".repeat(2000)}`, 400, { parameter: "filter" }],
    ["?filter=path+~+secret&protocol=unix", 400, { parameter: "filter" }],
    ["?filter=dport+=+:80&protocol=unix", 400, { parameter: "filter" }],
    ["?protocol=tpc", 400, { parameter: "protocol" }],
    ["?limit=0", 400, { parameter: "limit" }],
    ["?limit=5001", 400, { parameter: "limit" }],
    ["?fields=localport", 400, { parameter: "fields" }],
    ["?fields=path", 400, { parameter: "fields" }],
    ["?fields=__proto__", 400, { parameter: "fields" }],
    ["?flat=yes", 400, { parameter: "flat" }],
    ["?flat=true&limit=5", 400, { parameter: "limit" }],
    ["?flat=true&fields=protocol", 400, { parameter: "fields" }],
    ["?cursor=x", 400, { parameter: "cursor" }],
    ["?cursor=zzz.1", 410, { parameter: "cursor" }],
  ])("refuses %s", async (query, status, said) => {
    const answer = await ask(query);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({
      schemaVersion: 1,
      kind: "error",
      message: expect.any(String),
      ...said,
    });
  });
});
