import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { exportRows } from "./export.ts";

let place: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "procnet-export-"));
});
afterEach(() => rmSync(place, { recursive: true }));

const AT = new Date(2026, 0, 31, 12, 0, 0);
const rows = (count: number) => ({
  view: "sockets" as const,
  *documents() {
    for (let number = 0; number < count; number++) yield JSON.stringify({ number });
  },
});

it("writes a JSON object a line to a file with a name that tells what and when, for its user alone", async () => {
  const path = await exportRows(rows(3000), AT, place);
  expect(path).toBe(join(place, "procnet-sockets-20260131-120000.ndjson"));
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line).number)).toEqual(Array.from({ length: 3000 }, (_, number) => number));
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

it("overwrites no file, and follows no link", async () => {
  await exportRows(rows(1), AT, place);
  const target = join(place, "target");
  symlinkSync(target, join(place, "procnet-sockets-20260131-120000-2.ndjson"));
  const path = await exportRows(rows(1), AT, place);
  expect(basename(path)).toBe("procnet-sockets-20260131-120000-3.ndjson");
  expect(readdirSync(place)).not.toContain("target");
});

it("leaves no half a file, and says why there is none", async () => {
  const broken = {
    view: "sockets" as const,
    *documents() {
      yield "{}";
      throw new Error("broken");
    },
  };
  await expect(exportRows(broken, AT, place)).rejects.toThrow("broken");
  expect(readdirSync(place)).toEqual([]);
  await expect(exportRows(rows(1), AT, join(place, "none"))).rejects.toThrow("ENOENT");
});
