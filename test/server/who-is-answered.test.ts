import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createProcnetServer, type ProcnetServer, type ServerOptions } from "@procnet/server";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Answer, ask, type Question, raw } from "../support/server/ask.ts";

const TOKEN = "d41d8cd98f00b204e9800998ecf8427e";
const HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
};

const running: ProcnetServer[] = [];
async function started(options: ServerOptions = {}): Promise<string> {
  const server = await createProcnetServer({ listen: ["127.0.0.1:0"], ...options });
  running.push(server);
  return server.urls[0]!;
}
afterEach(async () => {
  for (const server of running.splice(0)) await server.close();
});

const bearer = (token: string): Question => ({ headers: { authorization: `Bearer ${token}` } });
const statusOf = async (asked: Promise<Answer>): Promise<number | undefined> => (await asked).status;

describe("an address that others can reach", () => {
  it.each([["0.0.0.0:0"], ["[::]:0"], ["192.0.2.1:0"]])("%s needs a token, or insecure", async (listen) => {
    await expect(createProcnetServer({ listen: [listen] })).rejects.toThrow("needs a token, or insecure");
  });

  it("is answered with the token only", async () => {
    const url = await started({ listen: ["0.0.0.0:0"], token: TOKEN });
    expect(await statusOf(ask(`${url}metrics?collect[]=netdev`))).toBe(401);
    expect(await statusOf(ask(`${url}metrics?collect[]=netdev`, bearer(TOKEN)))).toBe(200);
  });

  it("is answered without one where that was asked for", async () => {
    const url = await started({ listen: ["0.0.0.0:0"], insecure: true });
    expect(await statusOf(ask(`${url}metrics?collect[]=netdev`))).toBe(200);
  });
});

describe("Host", () => {
  let url: string;
  beforeEach(async () => {
    url = await started({ allowHosts: ["Metrics.Example"] });
  });
  const asHost = (host: string): Promise<number | undefined> => statusOf(ask(`${url}healthz`, { headers: { host } }));

  it.each([
    ["localhost"],
    ["LOCALHOST:1"],
    ["127.0.0.1"],
    ["[::1]:9909"],
    ["metrics.example"],
    ["metrics.example:443"],
  ])("%s is answered", async (host) => {
    expect(await asHost(host)).toBe(200);
  });

  it.each([
    ["evil.example"],
    ["localhost.evil.example"],
    ["127.0.0.1.evil.example"],
    ["127.0.0.2"],
    ["localhost@evil.example"],
    ["localhost, evil.example"],
    ["[::2]"],
  ])("%j is not", async (host) => {
    expect([400, 421]).toContain(await asHost(host));
  });

  it("is not overruled by a whole URL in the request, and cannot be left out", async () => {
    const whole = await raw(
      url,
      "GET http://evil.example/healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    );
    expect(whole).toMatch(/^HTTP\/1\.1 421 /);
    expect(await raw(url, "GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n")).toMatch(/^HTTP\/1\.1 421 /);
    expect(await raw(url, "GET /healthz HTTP/1.0\r\n\r\n")).toMatch(/^HTTP\/1\.1 421 /);
  });

  it("may be the address at which a client came in", async () => {
    const open = await started({ listen: ["0.0.0.0:0"], insecure: true });
    const { port } = new URL(open);
    const at = (host: string): Promise<Answer> => ask(`http://127.0.0.2:${port}/healthz`, { headers: { host } });
    expect((await at(`127.0.0.2:${port}`)).status).toBe(200);
    expect((await at(`127.0.0.3:${port}`)).status).toBe(421);
  });
});

describe("pages of other places", () => {
  it.each<[Record<string, string>, number]>([
    [{ origin: "http://evil.example" }, 403],
    [{ origin: "null" }, 403],
    [{ origin: "http://localhost:1" }, 403],
    [{ "sec-fetch-site": "cross-site" }, 403],
    [{ "sec-fetch-site": "same-site" }, 403],
    [{ "sec-fetch-site": "none" }, 200],
    [{ "sec-fetch-site": "same-origin" }, 200],
  ])("%j: %d", async (headers, status) => {
    const url = await started();
    const answer = await ask(`${url}healthz`, { headers });
    expect(answer.status).toBe(status);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith("access-control-"))).toEqual([]);
  });

  it.each<[string, Record<string, string>, number]>([
    ["", { "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" }, 200],
    ["?view=sockets", { "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" }, 200],
    ["", { "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe" }, 403],
    ["", { "sec-fetch-mode": "no-cors", "sec-fetch-dest": "script" }, 403],
    ["", { "sec-fetch-mode": "navigate", "sec-fetch-dest": "document", origin: "http://evil.example" }, 403],
    ["api/v1/health", { "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" }, 403],
    ["assets/x", { "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" }, 403],
  ])("may link to the page of this one, and to nothing else: /%s %j: %d", async (path, headers, status) => {
    const url = await started();
    const answer = await ask(`${url}${path}`, { headers: { "sec-fetch-site": "cross-site", ...headers } });
    expect(answer.status).toBe(status);
  });

  it("are not those of this one", async () => {
    const url = await started();
    expect(await statusOf(ask(`${url}healthz`, { headers: { origin: new URL(url).origin } }))).toBe(200);
  });
});

it.each([["POST"], ["PUT"], ["DELETE"], ["PATCH"], ["OPTIONS"], ["TRACE"], ["PROPFIND"]])(
  "%s is refused: nothing changes state",
  async (method) => {
    const answer = await ask(`${await started()}metrics`, { method });
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe("GET, HEAD");
  },
);

it("CONNECT gets nothing, and an upgrade is none", async () => {
  const url = await started();
  expect(await raw(url, "CONNECT localhost:1 HTTP/1.1\r\nHost: localhost\r\n\r\n")).not.toContain("200");
  const upgrade =
    "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: upgrade, close\r\nUpgrade: websocket\r\n\r\n";
  expect(await raw(url, upgrade)).toMatch(/^HTTP\/1\.1 200 /);
});

describe("the headers", () => {
  it.each<[number, string, Question]>([
    [200, "healthz", {}],
    [200, "readyz", {}],
    [200, "metrics?collect[]=netdev", bearer(TOKEN)],
    [400, "metrics?collect[]=nothing", bearer(TOKEN)],
    [400, "healthz", { headers: { host: "localhost@evil.example" } }],
    [401, "metrics", {}],
    [403, "healthz", { headers: { origin: "http://evil.example" } }],
    [404, "nothing", bearer(TOKEN)],
    [405, "healthz", { method: "POST" }],
    [413, "healthz", { headers: { "content-length": "1" } }],
    [414, `healthz?${"a".repeat(4100)}`, {}],
    [417, "healthz", { headers: { expect: "everything" } }],
    [421, "healthz", { headers: { host: "evil.example" } }],
    [431, "healthz", { headers: { "x-long": "a".repeat(17_000) } }],
  ])("are on an answer of %d", async (status, path, question) => {
    const answer = await ask(`${await started({ token: TOKEN })}${path}`, question);
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject(HEADERS);
  });

  it("are on an answer to what is no HTTP", async () => {
    const answer = (await raw(await started(), "\r\n\r\nno HTTP\r\n\r\n")).toLowerCase();
    expect(answer).toMatch(/^http\/1\.1 400 /);
    for (const [name, value] of Object.entries(HEADERS))
      expect(answer).toContain(`${name}: ${value.toLowerCase()}\r\n`);
  });
});

describe("below /api, why there is no answer", () => {
  it.each<[number, string, Question]>([
    [400, "api/v1/processes?filter=nothing", bearer(TOKEN)],
    [401, "api/v1/session", {}],
    [403, "api/v1/events", { headers: { origin: "http://evil.example" } }],
    [404, "api/v1/nothing", bearer(TOKEN)],
    [405, "api/v1/events", { method: "POST" }],
    [413, "api/v1/events", { headers: { "content-length": "1" } }],
    [414, `api/v1/events?${"a".repeat(4100)}`, {}],
    [421, "api/v1/events", { headers: { host: "evil.example" } }],
  ])("is a document: %d", async (status, path, question) => {
    const answer = await ask(`${await started({ token: TOKEN })}${path}`, question);
    expect([answer.status, answer.headers["content-type"]]).toEqual([status, "application/json"]);
    expect(JSON.parse(answer.text)).toMatchObject({ schemaVersion: 1, kind: "error", message: expect.any(String) });
  });

  it("is a line elsewhere", async () => {
    const answer = await ask(`${await started({ token: TOKEN })}metrics`);
    expect(answer.text).toBe("this server answers who has its token\n");
    expect(answer.headers["content-type"]).toMatch(/^text\/plain/);
  });
});

describe("a token", () => {
  let url: string;
  beforeEach(async () => {
    url = await started({ token: TOKEN });
  });

  it("is not needed for what tells nothing", async () => {
    for (const path of ["healthz", "readyz"]) expect(await statusOf(ask(`${url}${path}`)), path).toBe(200);
    expect(await statusOf(ask(url))).toBe(200);
  });

  it.each([
    ["metrics"],
    ["api/v1/sockets"],
    ["api/v1/session"],
    ["nothing"],
    ["healthz/"],
    ["%68ealthz2"],
    ["/metrics"],
    ["assets"],
  ])("is needed for %s", async (path) => {
    expect(await statusOf(ask(`${url}${path}`))).toBe(401);
  });

  it.each<[string, Question]>([
    ["metrics", {}],
    ["metrics", bearer("")],
    ["metrics", bearer(TOKEN.slice(1))],
    ["metrics", bearer(`${TOKEN}0`)],
    ["metrics", { headers: { authorization: `Basic ${TOKEN}` } }],
    ["metrics", { headers: { authorization: TOKEN } }],
    ["metrics", { headers: { cookie: `procnet_session=${TOKEN}` } }],
    [`metrics?token=${TOKEN}`, {}],
    [`metrics?access_token=${TOKEN}`, {}],
  ])("is not %s with %j, and the answer does not say why", async (path, question) => {
    const answer = await ask(`${url}${path}`, question);
    expect(answer).toMatchObject({ status: 401, text: "this server answers who has its token\n" });
    expect(answer.headers).toMatchObject({ "www-authenticate": "Bearer" });
  });

  it("is given once for a cookie that scripts cannot read, is not the token and opens this server alone", async () => {
    const session = await ask(`${url}api/v1/session`, bearer(TOKEN));
    expect(session.status).toBe(204);
    const [cookie = ""] = session.headers["set-cookie"] ?? [];
    expect(cookie).toMatch(/^procnet_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(cookie).not.toContain(TOKEN);
    const question = { headers: { cookie: cookie.split(";")[0]! } };
    expect(await statusOf(ask(`${url}metrics?collect[]=netdev`, question))).toBe(200);
    expect((await ask(`${url}api/v1/session`, question)).headers["set-cookie"]).toBeUndefined();
    const other = await started({ token: TOKEN });
    expect(await statusOf(ask(`${other}metrics?collect[]=netdev`, question))).toBe(401);
    expect((await ask(`${other}metrics`, bearer(TOKEN))).headers["set-cookie"]).toBeUndefined();
  });

  it("that is wrong ten times in a second slows down who gives it, and nobody who has it", async () => {
    const answers: Answer[] = [];
    for (let at = 0; at < 200; at++) answers.push(await ask(`${url}metrics`, bearer("wrong")));
    expect(answers.slice(0, 10).map(({ status }) => status)).toEqual(Array(10).fill(401));
    const slowed = answers.find(({ status }) => status === 429);
    expect(slowed?.headers).toMatchObject({ "retry-after": "1", connection: "close" });
    expect(await statusOf(ask(`${url}metrics?collect[]=netdev`, bearer(TOKEN)))).toBe(200);
  });

  it("goes for every place at which the server listens, and for callers in the process", async () => {
    const server = await createProcnetServer({ listen: ["127.0.0.1:0", "127.0.0.2:0"], token: TOKEN });
    running.push(server);
    for (const one of server.urls) expect(await statusOf(ask(`${one}metrics`))).toBe(401);
    expect((await server.fetch(new Request("http://localhost/metrics"))).status).toBe(401);
  });
});

describe("a token that is given", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "procnet-token-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("comes from the first line of a file", async () => {
    const tokenFile = join(folder, "token");
    writeFileSync(tokenFile, `  ${TOKEN} \nanother line\n`);
    const url = await started({ tokenFile });
    expect(await statusOf(ask(`${url}metrics?collect[]=netdev`, bearer(TOKEN)))).toBe(200);
    writeFileSync(tokenFile, "short\n");
    await expect(createProcnetServer({ tokenFile })).rejects.toThrow(/could be guessed/);
    await expect(createProcnetServer({ tokenFile: join(folder, "none") })).rejects.toThrow(/cannot be read: ENOENT/);
    await expect(createProcnetServer({ tokenFile, token: TOKEN })).rejects.toThrow(TypeError);
  });

  it("is made anew for auto", async () => {
    const tokens = new Set<string | undefined>();
    for (let at = 0; at < 3; at++) {
      const server = await createProcnetServer({ listen: ["127.0.0.1:0"], token: "auto" });
      running.push(server);
      tokens.add(server.token);
      expect(server.token).toMatch(/^[\w-]{43}$/);
      expect(await statusOf(ask(`${server.urls[0]}metrics?collect[]=netdev`, bearer(server.token!)))).toBe(200);
    }
    expect(tokens.size).toBe(3);
  });

  it.each([[""], ["secret"], ["a".repeat(64)], ["0123456789012345678901234567"], [`${TOKEN}\n`], ["ä".repeat(40)]])(
    "%j is none, and no message repeats it",
    async (token) => {
      const failure = createProcnetServer({ listen: ["127.0.0.1:0"], token });
      await expect(failure).rejects.toThrow(TypeError);
      if (token !== "") await expect(failure).rejects.not.toThrow(token);
    },
  );
});

describe("how much is told", () => {
  const TELLS = /"pid"/;
  const sockets = async (url: string): Promise<string> =>
    (await ask(`${url}api/v1/sockets?filter=state%20listening`)).text;

  it("is the owner over loopback, and the program to others, by where each comes in", async () => {
    const url = await started({ listen: ["0.0.0.0:0"], insecure: true });
    expect(await sockets(url)).toMatch(TELLS);
    const server = running[0]!;
    const elsewhere = await server.fetch(new Request("http://localhost/api/v1/sockets?filter=state%20listening"));
    expect(elsewhere.status).toBe(200);
    expect(await elsewhere.text()).not.toMatch(TELLS);
  });

  it.each<[NonNullable<ServerOptions["expose"]>, boolean]>([
    ["minimal", false],
    ["owners", true],
    ["full", true],
  ])("is what %s tells when that is asked for", async (expose, tells) => {
    expect(TELLS.test(await sockets(await started({ expose })))).toBe(tells);
  });
});

it("filters that are nested too deeply are refused, not run", async () => {
  const filter = encodeURIComponent(`${"(".repeat(1200)}sport = :1${")".repeat(1200)}`);
  expect(await statusOf(ask(`${await started()}api/v1/sockets?filter=${filter}`))).toBe(400);
});

it.each<[ServerOptions, RegExp]>([
  [{ token: "x" }, /could be guessed/],
  [{ tlsCert: "/x" }, /needs both/],
  [{ tlsKey: "/x" }, /needs both/],
  [{ maxAge: -1 }, /maxAge/],
  [{ maxSeries: 0 }, /maxSeries/],
  [{ unixSocket: `/${"x".repeat(107)}` }, /no path for a unix socket/],
  [{ allowHosts: ["http://x/"] }, /no name of a host/],
])("%j is no set of options", async (options, message) => {
  await expect(createProcnetServer(options)).rejects.toThrow(message);
});

it("an option that does not exist is refused, as a closed door would stand open", async () => {
  const options: object = { listen: ["127.0.0.1:0"], tokn: TOKEN };
  await expect(createProcnetServer(options)).rejects.toThrow('has no option "tokn"; it has listen, ');
  const expose: object = { expose: "all" };
  await expect(createProcnetServer(expose)).rejects.toThrow("expose must be one of minimal, owners, full");
});
