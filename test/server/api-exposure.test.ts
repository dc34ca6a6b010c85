import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { get } from "node:http";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { type FlatRow, flatSchema } from "procnet/view";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Expose } from "../../packages/server/src/api/expose.ts";
import { type RunningApi, runApi } from "../support/server/api.ts";

const HOSTILE = new URL("../support/server/hostile.mjs", import.meta.url).pathname;
const EXPOSES: readonly Expose[] = ["minimal", "owners", "full"];
const PATHS = [
  "/sockets?protocol=all&limit=5000",
  "/processes?limit=5000",
  "/listeners?limit=5000",
  "/destinations?limit=5000",
  "/namespaces",
  "/interfaces",
  "/counters",
  "/rates",
  "/health",
  "/history",
  "/explain/counter/TcpExt.ListenDrops",
  "/explain/finding/tcp-accept-queue-overflow",
];

const VIEWS = "sockets,counts,processes,listeners,destinations,rates,health";

const flatRow = new Ajv2020({ strict: true, validateFormats: false, allowUnionTypes: true }).compile(flatSchema());

let child: ChildProcess;
let directory: string;
let port: number;
const running = new Map<Expose, RunningApi>();
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "procnet-secret-directory-"));
  child = spawn(process.execPath, [HOSTILE, directory, "--password=secret-argument"], {
    cwd: directory,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [text] = await once(child.stdout!, "data");
  port = Number(String(text));
  for (const expose of EXPOSES)
    running.set(expose, await runApi({ expose, maxAge: 60_000, times: { interval: 60_000 } }));
});
afterAll(async () => {
  child?.kill();
  for (const api of running.values()) await api.close();
  rmSync(directory, { recursive: true, force: true });
});

/** All that a class of exposure answers, with the first events. */
async function answersOf(expose: Expose): Promise<Map<string, string>> {
  const api = running.get(expose)!;
  const answers = new Map<string, string>();
  const paths = [...PATHS, `/explain/socket?local=:${port}`, `/explain/socket?protocol=all&inode=${await anyUnix()}`];
  for (const path of paths) {
    const { status, text } = await api.ask(path);
    expect(status, `${path}: ${text.slice(0, 200)}`).toBe(200);
    answers.set(path, text);
  }
  const lines = await fetch(`http://127.0.0.1:${api.port}/api/v1/sockets?protocol=all`, {
    headers: { accept: "application/x-ndjson" },
  });
  answers.set("lines", await lines.text());
  answers.set("events", await firstEvents(api.port));
  return answers;
}

/** The inode of a unix socket of the child. */
async function anyUnix(): Promise<number> {
  const { text } = await running.get("full")!.ask("/sockets?protocol=unix&limit=5000");
  const { sockets } = JSON.parse(text) as { sockets: readonly { path?: string; inode: number }[] };
  return sockets.find(({ path }) => path?.endsWith("secret-path"))!.inode;
}

/** Events up to the first of each view. */
function firstEvents(to: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = get({ port: to, path: `/api/v1/events?protocol=all&view=${VIEWS}`, agent: false }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (part: string) => {
        text += part;
        if (!/^event: health\n.*\n.*\n\n/m.test(text)) return;
        asked.destroy();
        resolve(text);
      });
    }).on("error", reject);
  });
}

const SECRETS = [
  "secret-argument",
  "secret-path",
  "secret-abstract",
  "secret-forged",
  "secret-directory",
  "secret title",
];
const ADDRESSES = ["127.77.66.55", "127.88.99.44"];

describe("what a server tells", () => {
  it("in full: all of it", async () => {
    const all = [...(await answersOf("full")).values()].join("\n");
    for (const secret of ["secret-path", "secret-abstract", ...ADDRESSES]) expect(all).toContain(secret);
    expect(all).not.toMatch(/[\u001b\u2028]/);
  });

  it("of owners: no command line, no path", async () => {
    for (const [path, text] of await answersOf("owners")) {
      for (const secret of SECRETS) expect(text.includes(secret), `${secret} in ${path}`).toBe(false);
      for (const field of ["cmdline", "exe", "cgroup", "path", "pathBytes", "sk"])
        expect(text.includes(`"${field}":`), `${field} in ${path}`).toBe(false);
    }
    const { text } = await running.get("owners")!.ask(`/sockets?filter=sport+=+:${port}`);
    expect(JSON.parse(text).sockets).toContainEqual(
      expect.objectContaining({
        localAddress: "127.77.66.55",
        owners: [expect.objectContaining({ pid: child.pid, program: expect.stringContaining("<img") })],
      }),
    );
  });

  it("at least: no process, no address either", async () => {
    for (const [path, text] of await answersOf("minimal")) {
      for (const secret of [...SECRETS, ...ADDRESSES, `(process ${child.pid})`, `"pid":`, `"startTime":`, `"uid":`])
        expect(text.includes(secret), `${secret} in ${path}`).toBe(false);
      for (const field of ["cmdline", "exe", "cgroup", "comm", "unit", "path", "sk", "portId", "hwAddress"])
        expect(text.includes(`"${field}":`), `${field} in ${path}`).toBe(false);
    }
    const { text } = await running.get("minimal")!.ask(`/sockets?filter=sport+=+:${port}+and+src+127.77.66.0/24`);
    const { sockets } = JSON.parse(text);
    expect(sockets).toContainEqual(expect.objectContaining({ localAddress: "127.77.66.0/24", state: "LISTEN" }));
    expect(sockets[0].owners).toEqual([{ program: expect.stringContaining("<img") }]);
  });

  it.each(EXPOSES)("of %s as flat rows: null where documents say nothing", async (expose) => {
    const { text } = await running.get(expose)!.ask("/sockets?protocol=all&flat=true");
    const rows: FlatRow[] = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    for (const row of rows) expect(flatRow(row) || flatRow.errors).toBe(true);
    const own = rows.find(({ local_port }) => local_port === port)!;
    const isMinimal = expose === "minimal";
    expect(own).toMatchObject({
      ...{ host: hostname(), event: "snapshot", state: "LISTEN", owner_count: 1 },
      program: expect.stringContaining("<img"),
      local_address: isMinimal ? "127.77.66.0/24" : "127.77.66.55",
      pid: isMinimal ? null : child.pid,
      start_time: isMinimal ? null : expect.any(Number),
      uid: isMinimal ? null : process.getuid?.(),
    });
    if (isMinimal)
      expect(rows.filter(({ pid, uid, unit, start_time }) => pid ?? uid ?? unit ?? start_time)).toEqual([]);
    const told = [...SECRETS, ...ADDRESSES].filter((secret) => text.includes(secret));
    if (expose === "full")
      expect(told).toEqual(expect.arrayContaining(["secret-path", "secret-abstract", ...ADDRESSES]));
    else expect(told).toEqual(isMinimal ? [] : ADDRESSES);
    const names = rows.filter(({ protocol, local_address }) => protocol === "unix" && local_address !== null);
    expect(names.length > 0).toBe(expose === "full");
  });

  it.each([
    ["minimal", "pid = 1"],
    ["minimal", "uid = 0"],
    ["minimal", "not comm = x"],
    ["minimal", "sport = :1 or unit = x"],
    ["minimal", "path = /x"],
    ["owners", "not (path = /x)"],
  ] as const)("lets nobody find out by a filter: %s, %s", async (expose, filter) => {
    for (const path of ["/sockets", "/events"]) {
      const { status } = await running.get(expose)!.ask(`${path}?protocol=all&filter=${encodeURIComponent(filter)}`);
      expect(status).toBe(400);
    }
  });

  it("lets nobody find an address by asking for it where networks alone are told", async () => {
    const api = running.get("minimal")!;
    for (const filter of ["src 127.77.66.55", "src 127.77.66.32/27", "dst 127.88.99.44"]) {
      const { text } = await api.ask(`/sockets?filter=${encodeURIComponent(filter)}`);
      expect(JSON.parse(text).matched, filter).toBe(0);
    }
  });
});

interface OpenApi {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, { readonly get: Operation }>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: object }[];
  readonly responses: Readonly<
    Record<string, { readonly content: Readonly<Record<string, { readonly schema: object }>> }>
  >;
}

describe("the description of the API", () => {
  async function described(): Promise<{ readonly document: OpenApi; readonly ajv: Ajv2020 }> {
    const document: OpenApi = JSON.parse((await running.get("full")!.ask("/openapi.json")).text);
    const ajv = new Ajv2020({ strict: true, validateFormats: false, allowUnionTypes: true });
    ajv.addVocabulary(["components"]);
    ajv.addSchema({ $id: "api", components: document.components });
    return { document, ajv };
  }

  const validatorOf = (ajv: Ajv2020, schema: object): ValidateFunction =>
    ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"api#/components/')));

  it("has the form of OpenAPI 3.1, and schemas that are some", async () => {
    const { document, ajv } = await described();
    expect(document.openapi).toMatch(/^3\.1\.\d$/);
    for (const name of Object.keys(document.components.schemas))
      expect(() => ajv.compile({ $ref: `api#/components/schemas/${name}` }), name).not.toThrow();
    const operations = Object.values(document.paths).map(
      ({ get: operation }) => operation as Operation & { operationId: string },
    );
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const [path, { get: operation }] of Object.entries(document.paths)) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const told = (operation.parameters ?? []).filter((one) => one.in === "path").map(({ name }) => name);
      expect(told, path).toEqual(inPath);
      for (const { content } of Object.values(operation.responses))
        for (const { schema } of Object.values(content)) expect(() => validatorOf(ajv, schema), path).not.toThrow();
    }
  });

  it.each(EXPOSES)("is true of every answer: %s", async (expose) => {
    const { document, ajv } = await described();
    for (const [path, text] of await answersOf(expose)) {
      if (path === "lines" || path === "events") continue;
      const name = path
        .replace(/\?.*/, "")
        .replace(/^(\/explain\/counter\/).*/, "$1{name}")
        .replace(/^(\/explain\/finding\/).*/, "$1{id}");
      const validate = validatorOf(
        ajv,
        document.paths[`/api/v1${name}`]!.get.responses[200]!.content["application/json"]!.schema,
      );
      validate(JSON.parse(text));
      expect(validate.errors, path).toBeNull();
    }
    const strict = validatorOf(ajv, { $ref: "#/components/schemas/socketsDocument" });
    strict(JSON.parse((await running.get(expose)!.ask("/sockets?protocol=all&limit=5000")).text));
    expect(strict.errors).toBeNull();
    const watched = validatorOf(ajv, { $ref: "#/components/schemas/watchDocument" });
    const [, snapshot] = /^event: snapshot\n.*\ndata: (.*)$/m.exec((await answersOf(expose)).get("events")!)!;
    watched(JSON.parse(snapshot!));
    expect(watched.errors).toBeNull();
  });

  it("says what a question that cannot be read gets", async () => {
    const { ajv } = await described();
    const validate = validatorOf(ajv, { $ref: "#/components/schemas/error" });
    for (const path of ["/sockets?limit=x", "/explain/counter/no", "/explain/finding/no", "/explain/socket"]) {
      const { status, text } = await running.get("full")!.ask(path);
      expect(status, path).toBeGreaterThanOrEqual(400);
      validate(JSON.parse(text));
      expect(validate.errors, path).toBeNull();
    }
  });
});
