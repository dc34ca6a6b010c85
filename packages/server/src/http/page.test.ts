import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pageOf } from "./page.ts";

const INDEX = "<!doctype html><title>procnet</title>";
const SCRIPT = "console.log(1);".repeat(100);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "procnet-page-"));
  writeFileSync(join(folder, "index.html"), INDEX);
  writeFileSync(join(folder, "index-AbCd1234.js"), SCRIPT);
  writeFileSync(join(folder, "index-AbCd1234.js.gz"), gzipSync(SCRIPT));
  writeFileSync(join(folder, "index-AbCd1234.css"), "p{}");
  writeFileSync(join(folder, "secret.txt"), "secret");
});
afterAll(() => rmSync(folder, { recursive: true }));

const asked = async (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  pageOf(folder).request(path, { headers });
const BROWSER = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };

describe("the page", () => {
  it("is for who takes HTML", async () => {
    const answer = await asked("/?view=sockets", BROWSER);
    expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(answer.headers.get("cache-control")).toBe("no-cache");
    expect(answer.headers.get("vary")).toBe("Accept, Accept-Encoding");
    expect(await answer.text()).toBe(INDEX);
  });

  it("is not sent again to who has it", async () => {
    const tag = (await asked("/", BROWSER)).headers.get("etag")!;
    expect(tag).toMatch(/^"[\w-]{22}"$/);
    const again = await asked("/", { ...BROWSER, "if-none-match": tag });
    expect([again.status, await again.text()]).toEqual([304, ""]);
    expect((await asked("/", { ...BROWSER, "if-none-match": '"other"' })).status).toBe(200);
  });

  it.each([[{}], [{ accept: "*/*" }], [{ accept: "application/json" }]])("is a text for %j", async (headers) => {
    const answer = await asked("/", headers);
    expect(answer.headers.get("content-type")).toMatch("text/plain");
    expect(await answer.text()).toMatch(/^procnet: .*\/api\/v1\/sockets.*healthz/s);
  });

  it("says that it was not built where there is none", async () => {
    const answer = await pageOf(join(folder, "nothing")).request("/", { headers: BROWSER });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain("The page is not built here");
  });
});

describe("a file of the page", () => {
  it.each([
    ["index-AbCd1234.js", "text/javascript; charset=utf-8"],
    ["index-AbCd1234.css", "text/css; charset=utf-8"],
  ])("%s is %s, for ever", async (name, type) => {
    const answer = await asked(`/assets/${name}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe(type);
    expect(answer.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(answer.headers.get("content-encoding")).toBeNull();
  });

  it.each<[string, boolean]>([
    ["gzip", true],
    ["gzip, deflate, br, zstd", true],
    ["br, gzip;q=0.5", true],
    ["GZIP ; q=1", true],
    ["gzip;q=0", false],
    ["gzip;q=0.0", false],
    ["br", false],
    ["gzipped", false],
  ])("is compressed for %j: %s", async (accepted, isCompressed) => {
    const answer = await asked("/assets/index-AbCd1234.js", { "accept-encoding": accepted });
    expect(answer.headers.get("content-encoding")).toBe(isCompressed ? "gzip" : null);
    expect(answer.headers.get("vary")).toBe("Accept-Encoding");
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect((isCompressed ? gunzipSync(bytes) : bytes).toString()).toBe(SCRIPT);
  });

  it("is sent as it is where it was not compressed", async () => {
    const answer = await asked("/assets/index-AbCd1234.css", { "accept-encoding": "gzip" });
    expect(await answer.text()).toBe("p{}");
  });

  it.each([
    ["/assets/"],
    ["/assets/nothing.js"],
    ["/assets/secret.txt"],
    ["/assets/index-AbCd1234.js.gz"],
    ["/assets/..%2fpage.test.ts"],
    ["/assets/%2e%2e/index.html"],
    ["/assets/__proto__"],
  ])("is not %s", async (path) => {
    expect((await asked(path)).status).toBe(404);
  });
});
