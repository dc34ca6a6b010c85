import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { FLAT_COLUMNS } from "procnet/view";
import { afterEach, describe, expect, it } from "vitest";
import { BIN, program } from "../support/command/run.ts";
import { missingTools, ROOT, run, skipIf } from "../support/tools.ts";

/*
 * What docs/fleet/ promises to those who read flat rows from a pipe.
 */

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

/** The whole program, with the sockets of a process told again and again. */
function watching(pid: number): ChildProcess {
  const args = ["watch", "--flat", "--every", "20ms", "--snapshot-every", "40ms", "--pid", String(pid)];
  const child = spawn(process.execPath, [BIN, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  children.push(child);
  return child;
}

const LISTEN = 'import socket, sys; s = socket.create_server(("127.0.0.1", 0)); print(flush=True); sys.stdin.read()';

/** Somebody who listens, with this in place of the name of its program. */
async function listener(argv0: string): Promise<number> {
  const child = spawn("python3", ["-IS", "-c", LISTEN], { argv0, stdio: ["pipe", "pipe", "inherit"] });
  children.push(child);
  await once(child.stdout!, "data");
  return child.pid!;
}

describe("a pipe", () => {
  it("gets lines while the program runs, and when its reader goes the program ends, without a complaint", async (context) => {
    skipIf(context, missingTools("python3"));
    const child = watching(await listener("python3"));
    let complaint = "";
    child.stderr!.setEncoding("utf8").on("data", (text: string) => {
      complaint += text;
    });
    const ended = once(child, "close");
    for await (const line of createInterface({ input: child.stdout! })) {
      expect(Object.keys(JSON.parse(line))).toEqual(FLAT_COLUMNS.map(({ name }) => name));
      expect(child.exitCode).toBeNull();
      break;
    }
    child.stdout!.destroy();
    const [code] = await ended;
    expect(code).toBe(0);
    expect(complaint).not.toMatch(/EPIPE|Error|cannot/);
  });

  it("gets one line for a row, whatever programs are called, and never a long one", async (context) => {
    skipIf(context, missingTools("python3"));
    const names = [
      '"}\n{"schema":1,"pid":1}',
      "\u001b]0;x\u0007\u202e\u2028",
      "\u0001".repeat(5000),
      "\ud83d\udc7b".repeat(3000),
    ];
    const pids = await Promise.all(names.map(listener));
    const { out, code } = program(["sockets", "--flat", "--pid", pids.join(",")]);
    expect(code).toBe(0);
    const lines = out.split("\n").slice(0, -1);
    expect(lines).toHaveLength(names.length);
    for (const line of lines) expect(Buffer.byteLength(line)).toBeLessThan(65_536);
    const rows = lines.map((line) => JSON.parse(line));
    expect(rows.map(({ pid }) => pid).sort()).toEqual([...pids].sort());
    expect(out).not.toMatch(/[\u001b\u0001\u202e\u2028]/);
  });
});

it("Kafka gets a row as a message, with the machine as its key", async (context) => {
  skipIf(context, missingTools("kcat", "python3"));
  const pid = await listener("python3");
  const { out } = program(["sockets", "--flat", "--pid", String(pid)]);
  const [row = ""] = out.split("\n");
  expect(JSON.parse(row)).toMatchObject({ pid, state: "LISTEN" });
  // kcat keeps what fills no kilobyte: rows behind those that are looked for.
  const rows = Array.from({ length: 20 }, (_, uid) => row.replace(/"uid":\d+/, `"uid":${uid}`));
  const sent = [...rows, ...rows.slice(0, 5)];
  const args = ["-P", "-b", "mock", "-t", "procnet", "-k", "web1", "-X", "test.mock.num.brokers=1"];
  const producer = spawn("kcat", args, { stdio: ["pipe", "ignore", "pipe"] });
  children.push(producer);
  let said = "";
  producer.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  producer.stdin.write(`${sent.join("\n")}\n`);
  while (!/replaced with 127\.0\.0\.1:\d+/.test(said)) await sleep(20);
  const [, broker = ""] = /replaced with (127\.0\.0\.1:\d+)/.exec(said) ?? [];
  const count = String(rows.length);
  const got = run("kcat", ["-C", "-b", broker, "-t", "procnet", "-o", "beginning", "-c", count, "-q", "-f", "%k %s\n"]);
  expect(got.split("\n").slice(0, -1)).toEqual(rows.map((row) => `web1 ${row}`));
});

describe("the pages", () => {
  it.each(["clickhouse", "duckdb"])("docs/fleet/%s.md name all queries that are shipped, and no others", (engine) => {
    const page = readFileSync(join(ROOT, `docs/fleet/${engine}.md`), "utf8");
    const named = Array.from(page.matchAll(/^\| `([\w-]+\.sql)` \|/gm), ([, name]) => name);
    const shipped = readdirSync(join(ROOT, "packages/server/deploy", engine));
    expect([...named, "tables.sql", ...(engine === "clickhouse" ? ["ttl.sql"] : [])].sort()).toEqual(shipped.sort());
    for (const name of shipped) expect(page).toContain(name);
  });

  it("link to pages that are there", () => {
    for (const page of [
      "docs/fleet.md",
      ...readdirSync(join(ROOT, "docs/fleet")).map((name) => `docs/fleet/${name}`),
    ]) {
      const text = readFileSync(join(ROOT, page), "utf8");
      const links = Array.from(text.matchAll(/\]\(([^):#]+\.md)(#[\w-]+)?\)/g));
      expect(links.length).toBeGreaterThan(0);
      for (const [, target = "", fragment] of links) {
        const linked = readFileSync(join(ROOT, page, "..", target), "utf8");
        const anchors = Array.from(linked.matchAll(/^#+ (.*)$/gm), ([, title = ""]) =>
          title
            .toLowerCase()
            .replace(/[^\w\- ]/g, "")
            .replaceAll(" ", "-"),
        );
        if (fragment !== undefined) expect(anchors, `${page}: ${target}${fragment}`).toContain(fragment.slice(1));
      }
    }
  });
});
