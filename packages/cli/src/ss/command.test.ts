import { spawnSync } from "node:child_process";
import { basename } from "node:path";
import { expect, it } from "vitest";
import { BIN } from "../../../../test/support/command/run.ts";

/** Runs the program and tells on stderr which of its files it loaded. */
const TRACE = `
const Module = require("node:module");
const load = Module._extensions[".js"];
const files = [];
Module._extensions[".js"] = (module, file) => (files.push(file), load(module, file));
process.on("exit", () => require("node:fs").writeSync(2, "\\nloaded " + JSON.stringify(files)));
process.argv.splice(1, 0, process.env.BIN);
require(process.env.BIN);
`;

function loaded(...flags: string[]): string[] {
  const { stderr } = spawnSync(process.execPath, ["-e", TRACE, "ss", ...flags], {
    encoding: "utf8",
    env: { ...process.env, BIN },
  });
  const files = JSON.parse(stderr.slice(stderr.lastIndexOf("loaded ") + "loaded ".length)) as string[];
  return files.map((file) => basename(file));
}

it("begins with as little of the library as netstat does", () => {
  const files = loaded("-tn");
  expect(files).toContain("reading.js");
  expect(files.length).toBeLessThanOrEqual(9);
  for (const name of ["owners.js", "shared.js", "program.js"]) expect(files).not.toContain(name);
});
