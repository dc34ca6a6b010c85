import { once } from "node:events";
import { connect, createServer, type Server } from "node:net";
import { Ajv2020 } from "ajv/dist/2020.js";
import { type FlatRow, flatSchema, itemSchemaOf, schemaOf } from "procnet/view";
import { afterEach, describe, expect, it } from "vitest";
import { testIo } from "../../../../test/support/command/io.ts";
import { procnet } from "../../../../test/support/command/run.ts";
import { runProgram } from "../program.ts";

const ajv = new Ajv2020({ strict: true, validateFormats: false, allowUnionTypes: true });
const open: Server[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

/** Watches a port on which somebody connects and is gone again, until all of it was told. */
async function watched(
  args: readonly string[],
  isTold: (out: string) => boolean,
): Promise<{ code: number; out: string; err: string }> {
  const server = createServer((connection) => connection.on("error", () => {})).listen(0, "127.0.0.1");
  open.push(server);
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const controller = new AbortController();
  let out = "";
  let isReady = false;
  const io = testIo({
    signal: controller.signal,
    out: (text) => {
      out += text;
      if (isTold(out)) controller.abort();
      return true;
    },
    // Called with each look, also where there is nothing to tell.
    drain: async () => {
      isReady = true;
      return true;
    },
  });
  const ended = runProgram(["watch", "port", `= :${port}`, "--every", "5ms", ...args], io);
  while (!isReady) await new Promise((turn) => setTimeout(turn, 5));
  const client = connect(port, "127.0.0.1").on("error", () => {});
  await once(client, "connect");
  const timer = setTimeout(() => client.resetAndDestroy(), 300);
  const code = await ended;
  clearTimeout(timer);
  client.destroy();
  return { code, out, err: io.printed.err };
}

/** The rows of `--flat`, each as its schema says. */
function flatRows(out: string): FlatRow[] {
  const validate = ajv.compile<FlatRow>(flatSchema());
  return out
    .trimEnd()
    .split("\n")
    .map((line) => {
      const row: unknown = JSON.parse(line);
      if (!validate(row)) throw new Error(`${line}: ${ajv.errorsText(validate.errors)}`);
      return row;
    });
}

describe("procnet watch", () => {
  it("prints a line for each thing that happens, with its owner, and what was seen in the end", async () => {
    const { code, out } = await watched([], (text) => / - tcp .*\n/.test(text));
    expect(code).toBe(0);
    const lines = out.trimEnd().split("\n");
    const came = lines.filter((line) => line.includes(" + tcp   "));
    expect(came.length).toBeGreaterThan(0);
    expect(came.some((line) => line.includes(`[${process.pid}]`))).toBe(true);
    expect(lines.find((line) => line.includes(" - tcp "))).toContain(`[${process.pid}]`);
    expect(lines.at(-1)).toMatch(/^seen: [1-9]\d* opened, [1-9]\d* closed, \d+ changed.*; missed: \d+ connections?$/);
  });

  it("prints objects that the schema knows, one a line, the last of them what was seen", async () => {
    const { code, out } = await watched(["--ndjson"], (text) => text.includes('"event":"closed"'));
    expect(code).toBe(0);
    const events = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    const validate = ajv.compile(itemSchemaOf("watch")!);
    for (const event of events) expect(validate(event) || validate.errors).toBe(true);
    expect(events[0]).toMatchObject({ event: "present", socket: { state: "LISTEN" } });
    expect(events.at(-1)).toMatchObject({ event: "end", seen: { present: 1 } });
    expect(events.map(({ event }) => event)).toContain("opened");
  });

  it("prints documents that the schema knows, the first of all that is there", async () => {
    const { out } = await watched(["--json"], (text) => /"closed":\[\{/.test(text));
    const documents = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    const validate = ajv.compile(schemaOf("watch"));
    for (const document of documents) expect(validate(document) || validate.errors).toBe(true);
    const phases = documents.map(({ phase }) => phase);
    expect([phases[0], phases[1], phases.at(-1)]).toEqual(["snapshot", "batch", "end"]);
    expect(documents[0].sockets).toMatchObject([{ state: "LISTEN", owners: [{ pid: process.pid }] }]);
  });

  it("tells only what is wanted, and stops after so many looks or so long", async () => {
    const { out, code } = await procnet([
      "watch",
      "--ndjson",
      "--only",
      "closed,changed",
      "--rounds",
      "2",
      "--every",
      "5ms",
    ]);
    expect(code).toBe(0);
    const events = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(events.filter(({ event }) => !["closed", "changed", "end"].includes(event))).toEqual([]);
    expect(events.at(-1)).toMatchObject({ event: "end", seen: { rounds: 2 } });
    const long = await procnet(["watch", "--for", "1ms", "--every", "1h"]);
    expect(long).toMatchObject({ code: 0, out: expect.stringMatching(/^seen: .*; missed: \d+ connections?$/m) });
  });

  it("looks a last time at the end of the time, and tells what came until then", async () => {
    const { code, out } = await watched(["--every", "1h", "--for", "1s"], () => false);
    expect(code).toBe(0);
    // The connection is over by then, and the kernel has counted both its ends; others of this machine count too.
    const [, missed = "not known"] = /; missed: (\d+) connections$/m.exec(out) ?? [];
    expect(Number(missed)).toBeGreaterThanOrEqual(2);
    const { out: json } = await procnet(["watch", "--for", "1ms", "--every", "1h", "--json"]);
    const phases = json
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).phase);
    expect(phases).toEqual(["snapshot", "batch", "end"]);
  });

  it("prints rows of one level, first of what is there, and what it saw beside them", async () => {
    const { code, out, err } = await watched(["--flat", "--host-name", "web1"], (text) =>
      text.includes('"event":"closed"'),
    );
    expect(code).toBe(0);
    const rows = flatRows(out);
    expect(rows[0]).toMatchObject({ host: "web1", event: "snapshot", state: "LISTEN", pid: process.pid });
    const opened = rows.filter(({ event }) => event === "opened");
    expect(opened.map(({ pid }) => pid)).toContain(process.pid);
    expect(rows.at(-1)).toMatchObject({ event: "closed", pid: process.pid });
    expect(err).toMatch(/^procnet: seen: [1-9]\d* opened, /m);
  });

  it("tells all that passes the filter again, as often as is wanted", async () => {
    const { out } = await watched(["--flat", "--snapshot-every", "5ms"], (text) => text.includes('"event":"closed"'));
    const rows = flatRows(out);
    const times = new Set(rows.flatMap(({ event, taken_at }) => (event === "snapshot" ? [taken_at] : [])));
    expect(times.size).toBeGreaterThan(1);
    const [port] = rows.map(({ local_port }) => local_port);
    for (const row of rows) expect([row.local_port, row.remote_port]).toContain(port);
    const only = await watched(["--flat", "--only", "opened,closed"], (text) => text.includes('"event":"closed"'));
    expect(new Set(flatRows(only.out).map(({ event }) => event))).toEqual(new Set(["opened", "closed"]));
  });

  it("says where it cannot count what it misses", async () => {
    const { out } = await procnet(["watch", "-u", "--rounds", "1", "--every", "5ms"]);
    expect(out).toContain("missed: not known (needs all of TCP");
  });

  it.each([
    [["--only", "opend"], '--only: nothing that is told of is called "opend"'],
    [["sport", "~~"], "sport"],
    [["--for", "soon"], "write it like 500ms, 2s or 1m"],
    [["-x", "dport", "=", ":443"], "have no ports"],
    [["--csv"], "unknown option '--csv'"],
    [["--flat", "--json"], "option '--flat' cannot be used with option '--json'"],
    [["--snapshot-every", "1m"], "--snapshot-every belongs to --flat"],
    [["--host-name", "web1", "--ndjson"], "--host-name belongs to --flat"],
  ])("refuses %j", async (args, problem) => {
    const { code, err } = await procnet(["watch", ...args]);
    expect(code).toBe(2);
    expect(err).toContain(problem);
  });
});
