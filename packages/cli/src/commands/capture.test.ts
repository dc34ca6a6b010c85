import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { Ajv2020 } from "ajv/dist/2020.js";
import { schemaOf } from "procnet/view";
import { afterAll, beforeAll, expect, it } from "vitest";
import { BIN, procnet } from "../../../../test/support/command/run.ts";
import { type Tree, usualTree } from "../../../../test/support/command/tree.ts";

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

it("leaves nothing behind when it is interrupted, and dies of the signal", async () => {
  const many = join(folder, "many");
  for (let pid = 1; pid <= 3000; pid++) mkdirSync(join(many, String(pid), "net"), { recursive: true });
  writeFileSync(join(many, "1", "net", "arp"), "");
  // One that was faster than the signal is tried again.
  for (let attempt = 0; ; attempt++) {
    const place = join(folder, `interrupted${attempt}`);
    mkdirSync(place);
    const child = spawn(process.execPath, [BIN, "capture", join(place, "new"), "--root", many, "--all-namespaces"]);
    const ended = once(child, "exit");
    while (readdirSync(place).length === 0) await turn();
    child.kill("SIGINT");
    const [code, signal] = await ended;
    if (code === 0 && attempt < 20) continue;
    expect([code, signal]).toEqual([null, "SIGINT"]);
    expect(readdirSync(place)).toEqual([]);
    return;
  }
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
