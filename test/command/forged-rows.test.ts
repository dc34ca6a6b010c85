import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { program } from "../support/command/run.ts";
import { missingTools, ROOT, skipIf } from "../support/tools.ts";

const reason = missingTools("python3");
const children: ChildProcess[] = [];
let inodes: Readonly<Record<string, number>>;

/** A part of a process that holds sockets, or names that hold rows: see its file. */
async function forger(...args: string[]): Promise<unknown> {
  const child = spawn("python3", ["-IS", `${ROOT}/test/support/sockets/forger.py`, ...args], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  children.push(child);
  const [line] = await once(createInterface({ input: child.stdout! }), "line");
  return JSON.parse(line as string);
}

beforeAll(async () => {
  if (reason !== undefined) return;
  inodes = (await forger("hold")) as typeof inodes;
  await forger("abstract", ...Object.values(inodes).map(String));
});
beforeEach((context) => skipIf(context, reason));
afterAll(async () => {
  const ended = children.map((child) => once(child, "exit"));
  for (const child of children) child.stdin!.end();
  await Promise.all(ended);
});

interface Row {
  readonly inode?: number;
  readonly path?: string;
  readonly suspect?: boolean;
}

it("sockets -x marks rows that seem to be held by whoever holds another kind of socket", () => {
  const { out, err, code } = program(["sockets", "-x", "--json"]);
  expect(code).toBe(0);
  const { sockets } = JSON.parse(out) as { sockets: readonly Row[] };
  for (const [kind, inode] of Object.entries(inodes)) {
    const rows = sockets.filter((row) => row.inode === inode);
    expect(rows.map(({ path }) => path)).toContain("/run/docker.sock");
    expect([kind, rows.map(({ suspect }) => suspect)]).toEqual([kind, rows.map(() => true)]);
  }
  expect(err).toMatch(/^procnet: \d+ rows have the inode of another socket, so one may be forged/m);
});

it("netstat names the inodes of such rows, which it shows as everybody's netstat does", () => {
  const { out, err } = program(["netstat", "-xap"]);
  expect(out).toContain("/run/docker.sock");
  const [, named = ""] = /^netstat: rows of unix sockets with these inodes may be forged: (.*)$/m.exec(err) ?? [];
  const found = named.match(/\d+/g)?.map(Number) ?? [];
  expect(found.length).toBeGreaterThanOrEqual(5);
  expect(program(["netstat", "-xa"]).err).toBe("");
});
