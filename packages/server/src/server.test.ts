import { request } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { createProcnetServer, type ProcnetServer } from "./server.ts";

const running: ProcnetServer[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.close();
});

async function started(): Promise<string> {
  const server = await createProcnetServer({ listen: ["127.0.0.1:0"] });
  running.push(server);
  return server.urls[0]!;
}

interface Answer {
  readonly status: number | undefined;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly text: string;
}

/** Asks with headers that `fetch` would not let be said. */
function ask(url: string, headers: Record<string, string> = {}, method = "GET"): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, headers, agent: false }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
      answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, text }));
    });
    asked.on("error", reject).end();
  });
}

describe("a server that listens nowhere", () => {
  it("answers in another server, by the names that it was told", async () => {
    const server = await createProcnetServer({ listen: [], allowHosts: ["tools.example"] });
    running.push(server);
    expect(server.urls).toEqual([]);
    const status = async (url: string, init: RequestInit = {}): Promise<number> =>
      (await server.fetch(new Request(url, init))).status;
    expect(await status("http://tools.example/metrics?collect[]=procnet_sockets")).toBe(200);
    expect(await status("http://localhost/healthz")).toBe(200);
    expect(await status("http://other.example/metrics")).toBe(421);
    expect(await status("http://tools.example/metrics", { method: "POST" })).toBe(405);
    const answer = await server.fetch(new Request("http://tools.example/api/v1/sockets?limit=1"));
    expect(await answer.json()).toMatchObject({ kind: "sockets" });
  });
});

describe("a server", () => {
  it("answers as soon as it listens, and no more once it is closed", async () => {
    const url = await started();
    expect(await ask(`${url}healthz`)).toMatchObject({ status: 200, text: "ok\n" });
    await running.splice(0)[0]!.close();
    await expect(ask(`${url}healthz`)).rejects.toThrow("ECONNREFUSED");
  });

  it("tells at its address what there is, and every path of it is there", async () => {
    const url = await started();
    const { status, headers, text } = await ask(url);
    expect(status).toBe(200);
    expect(headers["content-type"]).toMatch(/^text\/plain;/);
    const paths = Array.from(text.matchAll(/\/[a-z][\w/.]*/g), ([path]) => path);
    expect(paths).toHaveLength(7);
    for (const path of paths.filter((one) => one !== "/api/v1/events"))
      expect((await ask(`${url}${path.slice(1)}`)).status, path).toBe(200);
  });

  it("gives metrics with the headers that every answer has", async () => {
    const url = await started();
    const { status, headers, text } = await ask(`${url}metrics`);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      "content-type": "text/plain; version=0.0.4; charset=utf-8",
      "x-content-type-options": "nosniff",
      "content-security-policy": expect.stringContaining("default-src 'none'"),
    });
    expect(headers["access-control-allow-origin"]).toBeUndefined();
    expect(text).toMatch(/^node_network_receive_bytes_total\{device="lo"\} \d+$/m);
    expect(text).toMatch(/^procnet_sockets\{netns="\d+",protocol="tcp",state="LISTEN"\} \d+$/m);
    // Which findings can be told after one look is for what others on this machine do.
    expect(text).toMatch(/^procnet_health_finding\{id="[a-z-]+"\} [0-3]$/m);
  });

  it("takes collectors by name, as node_exporter does", async () => {
    const url = await started();
    const only = await ask(`${url}metrics?collect[]=netdev`);
    expect(only.text).toContain('node_scrape_collector_success{collector="netdev"} 1');
    expect(only.text).not.toMatch(/netstat|procnet_/);
    const without = await ask(`${url}metrics?exclude[]=netdev`);
    // Others tell of devices, too, where sysfs has some.
    expect(without.text).not.toContain("node_network_receive_bytes_total");
    expect(without.text).toContain("node_netstat_Tcp_InSegs");
    expect(await ask(`${url}metrics?collect[]=netdev&exclude[]=netstat`)).toMatchObject({ status: 400 });
    expect(await ask(`${url}metrics?collect[]=nothing`)).toMatchObject({ status: 400 });
    expect(await ask(`${url}metrics?collect=netdev`)).toMatchObject({
      status: 400,
      text: expect.stringContaining("collect[]=netdev"),
    });
  });

  it("is not for pages of other places, other names and what would change something", async () => {
    const url = await started();
    const { host } = new URL(url);
    const port = host.split(":")[1];
    expect((await ask(`${url}healthz`, { host: "evil.example" })).status).toBe(421);
    expect((await ask(`${url}healthz`, { host: `evil.example:${port}` })).status).toBe(421);
    expect((await ask(`${url}healthz`, { host: `localhost:${port}` })).status).toBe(200);
    expect((await ask(`${url}healthz`, { origin: "http://evil.example" })).status).toBe(403);
    expect((await ask(`${url}healthz`, { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await ask(`${url}healthz`, { origin: `http://${host}`, "sec-fetch-site": "same-origin" })).status).toBe(
      200,
    );
    for (const method of ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
      expect((await ask(`${url}metrics`, {}, method)).status, method).toBe(405);
    expect(await ask(`${url}healthz`, {}, "HEAD")).toMatchObject({ status: 200, text: "" });
    expect((await ask(`${url}nothing`)).status).toBe(404);
  });
});

it.each([["0.0.0.0:0"], ["[::]:0"]])("does not listen at %s without a word", async (listen) => {
  await expect(createProcnetServer({ listen: [listen] })).rejects.toThrow(/can be reached by others/);
});

it.each([["localhost:80"], ["127.0.0.1"], ["127.0.0.1:65536"], ["::1:80"], ["[127.0.0.1]:80"], [""]])(
  "%j is no address to listen on",
  async (listen) => {
    await expect(createProcnetServer({ listen: [listen] })).rejects.toThrow(TypeError);
  },
);

it.each(["", "w".repeat(254)])("a machine is not called %j", async (hostName) => {
  await expect(createProcnetServer({ listen: [], hostName })).rejects.toThrow("hostName must be a text of 1 to 253");
});

it("says which port is taken", async () => {
  const { port } = new URL(await started());
  await expect(createProcnetServer({ listen: [`127.0.0.1:${port}`] })).rejects.toThrow(/EADDRINUSE/);
});
