import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Built, notRoot } from "../../../../../test/support/sockets/built.ts";
import { SimulatedProc } from "../../../../../test/support/sockets/simulated-proc.ts";
import { tcpRow } from "../../../../../test/support/sockets/tcp-row.ts";
import { missingTools, skipIf } from "../../../../../test/support/tools.ts";
import { parseTcp } from "../../parse.ts";

const HEADER = `${"  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode".padEnd(149)}\n`;

/** A connection of port 81 and a listener of 8080, in this order, which Linux itself does not print: but padded as it does. */
const row = (sl: number, port: string, state: string, inode: number): string =>
  `${sl}: 0100007F:${port} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 ${inode} 1 00000000f630fbde 100 0 0 10 0`.padStart(
    6,
  );
const TEXT =
  HEADER + [row(0, "0051", "01", 11), row(1, "1F90", "0A", 22)].map((line) => `${line.padEnd(149)}\n`).join("");

describe("a table that Linux did not print", () => {
  const reason = notRoot() ?? missingTools("unshare", "mount");
  const directory = mkdtempSync(join(tmpdir(), "procnet-writers-"));
  let built: Built;
  beforeAll(() => {
    if (reason === undefined) built = new Built();
  });
  beforeEach((context) => skipIf(context, reason));
  afterAll(() => {
    built?.remove();
    rmSync(directory, { recursive: true });
  });

  // The shell becomes the program, so that its number stays. A mount on the file itself would be undone by the next look at
  // it: the kernel never keeps what it knows of names in `net` (pde_force_lookup, fs/proc/generic.c).
  it.each([
    ["the directory net of a process", (tree: string) => `mount --bind ${tree}/1/net /proc/$$/net`],
    [
      "the whole procfs",
      (tree: string) =>
        `mkdir ${tree}/$$ && ln -s $$ ${tree}/self && cp -r ${tree}/1/net ${tree}/$$/ && mount --bind ${tree} /proc`,
    ],
  ])("is read to its end when it is mounted over %s", (_what, command) => {
    const tree = mkdtempSync(join(directory, "tree-"));
    mkdirSync(join(tree, "1", "net"), { recursive: true });
    writeFileSync(join(tree, "1", "net", "tcp"), TEXT);
    const mount = `${command(tree)} && exec "$0" "$@"`;
    const body = `
      const { net, whoListens, whoListensSync, sockets } = procnet;
      const where = { state: "LISTEN" };
      const ports = (rows) => [...rows].map((row) => row.localPort);
      report({
        kinds: [(await whoListens(8080)).kind, whoListensSync(8080).kind],
        ports: [ports(net.tcp({ where })), ports(net.each("tcp", { where })), [...net.count("tcp", { where })]],
        sockets: ports((await sockets({ protocol: "tcp", state: "LISTEN", owners: false })).sockets),
      });`;
    const report = built.run<object>(body, ["unshare", "--mount", "sh", "-c", mount]);
    expect(report).toEqual({
      kinds: ["unknown", "unknown"],
      ports: [[8080], [8080], [["LISTEN", 1]]],
      sockets: [8080],
    });
  });
});

describe("a captured tree", () => {
  it("is read to its end, as its rows may be of any writer and in any order", async () => {
    const proc = new SimulatedProc();
    try {
      proc.tcp([tcpRow(81, 11, { state: "01" }), tcpRow(8080, 22)]);
      const ports = [...proc.procfs.net.each("tcp", { where: { state: "LISTEN" } })].map(({ localPort }) => localPort);
      expect(ports).toEqual([8080]);
    } finally {
      proc.remove();
    }
  });
});

describe("Linux itself", () => {
  const servers: Server[] = [];
  const ends: Socket[] = [];
  afterAll(() => {
    for (const end of ends) end.destroy();
    for (const server of servers) server.close();
  });

  it("numbers its rows without a gap and pads them, over more than one call of the kernel", async () => {
    for (let at = 0; at < 60; at++) {
      const server = createServer((end) => ends.push(end));
      servers.push(server);
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    }
    const text = readFileSync(join("/proc", "self", "net", "tcp"), "latin1");
    const lines = text.split("\n").slice(1, -1);
    expect(parseTcp(Buffer.from(text, "latin1")).length).toBe(lines.length);
    expect(lines.length).toBeGreaterThanOrEqual(60);
    expect(lines.map((line) => Number(line.slice(0, line.indexOf(":"))))).toEqual(lines.map((_, at) => at));
    expect(new Set(lines.map((line) => line.length))).toEqual(new Set([149]));
  });
});
