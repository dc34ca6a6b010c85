import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, expect, it } from "vitest";
import { schemaOf } from "../src/schema/documents.ts";
import { procnet } from "./support/run.ts";
import { type Tree, usualTree } from "./support/tree.ts";

let tree: Tree;
let folder: string;
beforeAll(() => {
  tree = usualTree();
  folder = mkdtempSync(join(tmpdir(), "procnet-capture-"));
});
afterAll(() => {
  tree.remove();
  rmSync(folder, { recursive: true });
});

const columns = ["sockets", "--columns", "proto,state,local,peer,process,pid"];

it("copies what the other commands read: they print the same of the copy", async () => {
  const copy = join(folder, "whole");
  const { code, err } = await procnet(["capture", copy, "--root", tree.root]);
  expect(code).toBe(0);
  expect(err).toMatch(new RegExp(`^procnet: \\d+ files and [1-9]\\d* processes captured: .* --root ${copy}\n$`));
  for (const command of [columns, ["routes"], ["interfaces"], ["neighbours"], ["stats"]]) {
    const original = await procnet([...command, "--root", tree.root]);
    expect(original.out).not.toBe("");
    expect((await procnet([...command, "--root", copy])).out).toBe(original.out);
  }
});

it("leaves out processes, names and addresses when told to", async () => {
  const bare = join(folder, "bare");
  await procnet(["capture", bare, "--root", tree.root, "--no-processes"]);
  const { out } = await procnet(["sockets", "--ndjson", "--root", bare]);
  expect(out).toContain('"localPort":5432');
  expect(out).not.toContain('"comm"');

  const veiled = join(folder, "veiled");
  await procnet(["capture", veiled, "--root", tree.root, "--anonymise"]);
  const { out: hidden } = await procnet(["sockets", "--ndjson", "--root", veiled]);
  expect(hidden).toContain('"localPort":5432');
  expect(hidden).not.toContain("postgres");
});

it("tells in a document what it did, and refuses a directory with something in it", async () => {
  const copy = join(folder, "told");
  const { out, err } = await procnet(["capture", copy, "--root", tree.root, "--json"]);
  const document = JSON.parse(out) as { files: number };
  const ajv = new Ajv2020({ strict: true, validateFormats: false, allowUnionTypes: true });
  ajv.validate(schemaOf("capture"), document);
  expect(ajv.errors).toBeNull();
  expect(document).toMatchObject({ schemaVersion: 1, kind: "capture", directory: copy });
  expect(document.files).toBeGreaterThan(3);
  expect(err).toBe("");

  const again = await procnet(["capture", copy, "--root", tree.root]);
  expect(again).toMatchObject({ code: 2, out: "" });
  expect(again.err).toContain(copy);
});
