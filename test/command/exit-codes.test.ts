import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EXIT } from "../../packages/cli/src/io.ts";
import { BIN } from "../support/command/run.ts";

/*
 * Codes 0, 1 and 3 of `procnet port` are answers. Node leaves with 1 at whatever nobody caught, so that a failure would say
 * that a port is free.
 */

describe("an unexpected failure leaves with 4:", () => {
  let place: string;
  beforeAll(() => {
    place = mkdtempSync(join(tmpdir(), "procnet-bin-"));
    mkdirSync(join(place, "bin"));
    cpSync(BIN, join(place, "bin/procnet.js"));
    cpSync(join(dirname(BIN), "package.json"), join(place, "bin/package.json"));
    writeFileSync(join(place, "package.json"), '{ "type": "commonjs" }');
  });
  afterAll(() => rmSync(place, { recursive: true }));

  it.each([
    ["nothing to load", undefined],
    ["a program that cannot be parsed", "exports.run = function ( {"],
    ["a file that throws", "throw new Error('\\u001b[2J');"],
    ["a rejection", "exports.run = async () => { throw new Error('\\u001b[2J'); };"],
    ["what is thrown is nothing", "exports.run = async () => { throw undefined; };"],
    [
      "an exception in a later turn",
      "exports.run = () => { setTimeout(() => { throw new Error('a'); }); return new Promise(() => setInterval(() => {}, 1e6)); };",
    ],
    [
      "a rejection that nobody handles",
      "exports.run = async () => { Promise.reject(new Error('a')); await new Promise((r) => setTimeout(r, 1e6)); };",
    ],
    ["a program that waits for what never comes", "exports.run = () => new Promise(() => {});"],
    ["a stack that is too deep", "const deep = () => deep() + 1; exports.run = async () => deep();"],
  ])("%s", (_name, source) => {
    rmSync(join(place, "dist"), { recursive: true, force: true });
    if (source !== undefined) {
      mkdirSync(join(place, "dist"));
      writeFileSync(join(place, "dist/main.js"), source);
    }
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(place, "bin/procnet.js"), "port", "1"], {
      encoding: "utf8",
    });
    expect({ status, stdout }).toEqual({ status: EXIT.failure, stdout: "" });
    expect(stderr).not.toMatch(/[^\n -~]/);
    if (!_name.includes("never comes")) expect(stderr).toMatch(/^procnet: unexpected: /);
  });

  it("and a code that is given is that code", () => {
    mkdirSync(join(place, "dist"), { recursive: true });
    for (const code of [0, 1, 2, 3, 4]) {
      writeFileSync(join(place, "dist/main.js"), `exports.run = async () => ${code};`);
      expect(spawnSync(process.execPath, [join(place, "bin/procnet.js")]).status).toBe(code);
    }
  });
});

describe("a taken port is never called free", () => {
  let server: Server;
  let port: number;
  beforeAll(async () => {
    server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    port = (server.address() as { port: number }).port;
  });
  afterAll(() => server.close());

  const run = (shell: string): { status: number | null; stderr: string } =>
    spawnSync("bash", ["-c", shell, process.execPath, BIN, String(port)], { encoding: "utf8" });

  it.each([17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 28, 32])("with %i descriptors", (descriptors) => {
    const { status, stderr } = run(`ulimit -n ${descriptors}; "$0" "$1" port "$2" >/dev/null`);
    // Where Node cannot open a file that it needs to begin, nothing of ours runs: what it says differs with its version.
    if (status === 1) {
      expect(stderr).toMatch(/too many open files|ENFILE/);
      expect(stderr.match(/^ +at .*/gm)?.filter((frame) => !/[( ]node:/.test(frame))).toEqual([]);
    } else if (status === null || status < 128) {
      expect([EXIT.ok, EXIT.failure]).toContain(status);
    }
  });

  it.each([
    [">/dev/full", EXIT.failure],
    ["1</dev/null", EXIT.failure],
    [">/dev/full 2>/dev/full", EXIT.failure],
    [">/dev/full 2>&-", EXIT.failure],
    ["| true", EXIT.ok],
    [">/dev/null", EXIT.ok],
  ])("and what cannot be written is told: %s", (where, code) => {
    expect(run(`"$0" "$1" port "$2" ${where}; exit \${PIPESTATUS[0]}`).status).toBe(code);
    expect(run(`"$0" "$1" port "$2" --json ${where}; exit \${PIPESTATUS[0]}`).status).toBe(code);
  });
});

it("docs/cli.md gives each code one meaning", () => {
  const page = readFileSync(join(dirname(BIN), "../../../docs/cli.md"), "utf8");
  const rows = [...page.slice(page.indexOf("## Exit codes")).matchAll(/^\| (\d+) \| .+ \|$/gm)].map(([, code]) =>
    Number(code),
  );
  expect(rows).toEqual(Object.values(EXIT).sort());
});
