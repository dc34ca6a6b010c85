import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningApi, runApi } from "../../../../../test/support/server/api.ts";
import { countsDocument } from "../counts.ts";
import { type Expose, untold } from "../expose.ts";
import { ENDPOINTS, openApiText } from "./openapi.ts";

const EXPOSES: readonly Expose[] = ["minimal", "owners", "full"];

const document: { readonly paths: Record<string, unknown> } = JSON.parse(openApiText());

it("is OpenAPI 3.1 to a validator that is not ours", async () => {
  const validator = new Validator();
  expect(await validator.validate(structuredClone(document))).toMatchObject({ valid: true });
  expect(validator.version).toBe("3.1");
  const wrong = { ...structuredClone(document), paths: { "/x": { get: { responses: "none" } } } };
  expect(await new Validator().validate(wrong)).toMatchObject({ valid: false });
});

/** What an answer of this path and status is to be like. Whole rows are asked for in full: with `fields` any row would do. */
function validatorOf(path: string, query: string, status: number): (answer: unknown) => string[] {
  // Formats are told to people: a time is checked by its own tests.
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema(document, "api.json");
  const isWhole = path === "/api/v1/sockets" && status === 200 && !query.includes("fields=");
  const pointer = isWhole
    ? ["components", "schemas", "socketsDocument"]
    : ["paths", path, "get", "responses", `${status}`, "content", "application/json", "schema"];
  const fragment = pointer.map((part) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1")));
  const check = ajv.compile({ $ref: `api.json#/${fragment.join("/")}` });
  return (answer) => (check(answer) ? [] : (check.errors ?? []).map((one) => `${one.instancePath} ${one.message}`));
}

/** Questions to endpoints with JSON, and what they are answered with. */
const QUESTIONS: readonly (readonly [path: string, query: string, status: number])[] = [
  ["/sockets", "/sockets?protocol=all&limit=5000", 200],
  ["/sockets", "/sockets?fields=protocol,inode&limit=5", 200],
  ["/sockets", "/sockets?filter=state+establishd", 400],
  ["/sockets", "/sockets?cursor=zzz.1", 410],
  ["/sockets", "/sockets?fiter=state+listening", 400],
  ["/sockets", "/sockets?limit=5&limit=6", 400],
  ["/health", "/health?severity=error", 400],
  ["/health", "/health?__proto__=1", 400],
  ["/explain/counter/{name}", "/explain/counter/TcpExt.ListenDrops?name=x", 400],
  ["/processes", "/processes", 200],
  ["/processes", "/processes?limit=0", 400],
  ["/processes", "/processes?filter=state+establishd", 400],
  ["/listeners", "/listeners?limit=5000", 200],
  ["/listeners", "/listeners?filter=sport+%3E+1&protocol=tcp", 200],
  ["/destinations", "/destinations?limit=5000", 200],
  ["/destinations", "/destinations?protocol=tpc", 400],
  ["/namespaces", "/namespaces", 200],
  ["/interfaces", "/interfaces", 200],
  ["/counters", "/counters", 200],
  ["/rates", "/rates", 200],
  ["/traffic", "/traffic?by=port&limit=5", 200],
  ["/traffic", "/traffic?by=size", 400],
  ["/traffic/sockets", "/traffic/sockets?limit=5", 200],
  ["/traffic/sockets", "/traffic/sockets?fields=inode,sentPerSecond&protocol=tcp", 200],
  ["/traffic/sockets", "/traffic/sockets?fields=program", 400],
  ["/traffic/sockets", "/traffic/sockets?filter=state+establishd", 400],
  ["/health", "/health", 200],
  ["/history", "/history", 200],
  ["/explain/socket", "/explain/socket?protocol=tcp&local=LOCAL", 200],
  ["/explain/socket", "/explain/socket?inode=1", 404],
  ["/explain/socket", "/explain/socket?inode=x", 400],
  ["/explain/counter/{name}", "/explain/counter/TcpExt.ListenDrops", 200],
  ["/explain/counter/{name}", "/explain/counter/nothing", 404],
  ["/explain/finding/{id}", "/explain/finding/tcp-accept-queue-overflow", 200],
  ["/explain/finding/{id}", "/explain/finding/nothing", 404],
  ["/events", "/events?view=nothing", 400],
  ["/openapi.json", "/openapi.json", 200],
];

it("each endpoint is asked", () => {
  const asked = new Set(QUESTIONS.map(([path]) => path));
  expect([...asked].sort()).toEqual(ENDPOINTS.map(({ path }) => path).sort());
  expect(Object.keys(document.paths).sort()).toEqual([...asked].map((path) => `/api/v1${path}`).sort());
});

it.each(EXPOSES)("no row must have what the class %s does not tell, of whatever kind of socket", (expose) => {
  const { schemas } = (document as unknown as { components: { schemas: Record<string, { required?: string[] }> } })
    .components;
  const rows = ["tcpSocket", "datagramSocket", "unixSocket", "netlinkSocket", "packetSocket"];
  const missed = rows.map((name) => [...untold(expose)].filter((field) => schemas[name]!.required!.includes(field)));
  expect(missed).toEqual(rows.map(() => []));
});

describe.each(EXPOSES)("what is answered is what is written: %s", (expose) => {
  let running: RunningApi;
  let holder: Server;
  beforeAll(async () => {
    holder = createServer().listen(0, "127.0.0.1");
    await once(holder, "listening");
    running = await runApi({ expose, maxAge: 60_000 });
    // The second look has rates.
    for (let looks = 0; looks < 2; looks++) await running.sampler.lookOf(0);
  });
  afterAll(async () => {
    await running?.close();
    holder.close();
  });

  it("event counts", async () => {
    const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
    const check = ajv
      .addSchema(document, "api.json")
      .compile({ $ref: "api.json#/components/schemas/lookCountsDocument" });
    const look = await running.sampler.lookOf(60_000);
    const traffic = { told: false, why: "the server reads procfs alone" } as const;
    const told: Record<string, unknown> = JSON.parse(
      await countsDocument(look, { expose, interval: 1, host: "app-1", traffic }),
    );
    expect([check(told), check.errors]).toEqual([true, null]);
    expect(check({ ...told, more: 1 })).toBe(false);
  });

  it.each(QUESTIONS)("%s: %s, %d", async (path, query, status) => {
    const address = holder.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const answer = await running.ask(query.replace("LOCAL", `127.0.0.1:${port}`));
    expect([answer.status, answer.text.slice(0, 200)]).toEqual([status, expect.any(String)]);
    const json: Record<string, unknown> = JSON.parse(answer.text);
    const check = validatorOf(`/api/v1${path}`, query, status);
    expect(check(json).slice(0, 5)).toEqual([]);
    // It can say no.
    if (path !== "/openapi.json") expect(check({ kind: "something else" })).not.toEqual([]);
  });
});
