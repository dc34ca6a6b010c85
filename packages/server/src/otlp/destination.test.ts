import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OtlpOptions, otlpSettings } from "./destination.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "procnet-otlp-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

it.each([
  ["http://h:4318", "http://h:4318/v1/metrics"],
  ["https://h", "https://h/v1/metrics"],
  ["http://[::1]:4318/", "http://[::1]:4318/v1/metrics"],
  ["https://h/base", "https://h/base/v1/metrics"],
  ["https://h/base/", "https://h/base/v1/metrics"],
  ["https://h/v1/metrics", "https://h/v1/metrics"],
  ["https://h/base/v1/metrics", "https://h/base/v1/metrics"],
])("%s is sent to %s", (url, whole) => {
  expect(otlpSettings({ url }).url.href).toBe(whole);
});

const SECRET = "s3cr3t-of-the-operator";

describe("refuses, without a word of what may be secret,", () => {
  it.each<[string, OtlpOptions, RegExp]>([
    ["no URL", { url: SECRET }, /http:\/\/host:4318/],
    ["another protocol", { url: `grpc://${SECRET}:4317` }, /http:\/\/host:4318/],
    ["a user", { url: `http://${SECRET}@h` }, /into a header/],
    ["a password", { url: `http://u:${SECRET}@h` }, /into a header/],
    ["a query", { url: `http://h/?key=${SECRET}` }, /into a header/],
    ["a fragment", { url: `http://h/#${SECRET}` }, /ends with its path/],
    ["an interval that is too short", { url: "http://h", interval: 999 }, /from 1000/],
    ["an interval that is too long", { url: "http://h", interval: 86_400_001 }, /from 1000/],
    ["no interval", { url: "http://h", interval: Number.NaN }, /from 1000/],
    ["a header of its own", { url: "http://h", headers: { "Content-Type": SECRET } }, /content-type/],
    ["the name of a header", { url: "http://h", headers: { "a b": SECRET } }, /does not allow/],
    ["the value of a header", { url: "http://h", headers: { a: `${SECRET}\r\nb: c` } }, /does not allow/],
    ["a file that is not there", { url: "http://h", headerFile: "/nonexistent/headers" }, /cannot be read/],
  ])("%s", (_, options, message) => {
    expect(() => otlpSettings(options)).toThrow(message);
    expect(() => otlpSettings(options)).not.toThrow(SECRET);
  });

  it("a line of a file that is none", () => {
    const path = join(folder, "wrong");
    writeFileSync(path, `# a token\nauthorization=Bearer x\n${SECRET}\n`);
    expect(() => otlpSettings({ url: "http://h", headerFile: path })).toThrow("line 3 of the headers");
    expect(() => otlpSettings({ url: "http://h", headerFile: path })).not.toThrow(SECRET);
  });

  it("an option that there is none of", () => {
    const options = { url: "http://h", header: {} };
    expect(() => otlpSettings(options)).toThrow('no option "header"; it has url, interval');
  });
});

it("reads headers from a file, those of the options before those of the file", () => {
  const path = join(folder, "headers");
  writeFileSync(path, "# a token\nAuthorization = Bearer a=b==\r\n\nX-Scope-OrgID=one\n");
  const { headers } = otlpSettings({ url: "http://h", headerFile: path, headers: { "x-scope-orgid": "two" } });
  expect([...headers]).toEqual([
    ["authorization", "Bearer a=b=="],
    ["x-scope-orgid", "two"],
  ]);
});
