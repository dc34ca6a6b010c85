import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ProcFs } from "procnet";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readExposition } from "../../../../test/support/exposition.ts";
import { createProcnetServer, type ProcnetServer } from "../server.ts";
import { TooMany } from "./too-many.ts";

let root: string;
let server: ProcnetServer;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "procnet-many-"));
  mkdirSync(join(root, "1/net"), { recursive: true });
  const procfs = new ProcFs({ root });
  server = await createProcnetServer({ listen: ["127.0.0.1:0"], procfs, maxAge: 0, maxSockets: 1000, ports: [443] });
});
afterAll(async () => {
  await server.close();
  rmSync(root, { recursive: true });
});

const HEAD = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode";
const hex = (number: number, digits: number): string => number.toString(16).toUpperCase().padStart(digits, "0");

/** A table of TCP with so many connections, of which each tenth is in TIME_WAIT, and what sockstat says of them. */
function write(rows: number, told: number): void {
  const lines = Array.from({ length: rows }, (_, at) => {
    const ends = `0100007F:${hex(1024 + (at % 60_000), 4)} ${hex(at + 1, 8)}:01BB ${at % 10 === 0 ? "06" : "01"}`;
    const rest = `00000000:00000000 00:00000000 00000000     0        0 ${at + 1} 1 0000000000000000 20 4 30 10 -1`;
    return `${`${at}`.padStart(4)}: ${ends} ${rest}`.padEnd(149);
  });
  writeFileSync(join(root, "1/net/tcp"), `${[HEAD.padEnd(149), ...lines].join("\n")}\n`);
  const numbers = `TCP: inuse ${told} orphan 0 tw 0 alloc ${told} mem 1\nUDP: inuse 0 mem 0\nRAW: inuse 0\nFRAG: inuse 0 memory 0\n`;
  writeFileSync(join(root, "1/net/sockstat"), `sockets: used ${told}\n${numbers}`);
}

async function metrics(): Promise<(name: string) => Record<string, number>> {
  const text = await (await fetch(`${server.urls[0]}metrics`)).text();
  const families = readExposition(text);
  return (name) => Object.fromEntries(families.get(`procnet_${name}`)?.samples ?? []);
}
const sumOf = (samples: Record<string, number>): number =>
  Object.values(samples).reduce((sum, value) => sum + value, 0);

it("too many sockets are counted, and looked at again when they are clearly fewer", async () => {
  write(3000, 3000);
  const many = await metrics();
  expect(many("degraded")).toEqual({ "": 1 });
  expect(many("sockets")).toEqual({
    'netns="",protocol="tcp",state="ESTABLISHED"': 2700,
    'netns="",protocol="tcp",state="TIME_WAIT"': 300,
  });
  expect(many("owners_unknown")).toEqual({});
  expect(many("opened_total")).toEqual({});
  expect(many("port_sockets")).toEqual({});
  const success = many("scrape_collector_success");
  expect(success).toMatchObject({ 'collector="procnet_sockets"': 1, 'collector="procnet_processes"': 0 });
  expect(success).toMatchObject({ 'collector="procnet_health"': 1, 'collector="procnet_events"': 0 });
  expect(sumOf(many("health_finding"))).toBeGreaterThanOrEqual(0);

  for (const path of ["sockets", "processes", "listeners", "destinations", "health", "events"]) {
    const answer = await fetch(`${server.urls[0]}api/v1/${path}`);
    expect(answer.status, path).toBe(503);
    expect(await answer.json(), path).toMatchObject({
      kind: "error",
      message: expect.stringContaining("1000 sockets"),
    });
  }
  expect((await fetch(`${server.urls[0]}healthz`)).status).toBe(200);

  // Fewer than the limit, but not clearly: what is told stays.
  write(900, 900);
  expect((await metrics())("degraded")).toEqual({ "": 1 });
  write(700, 700);
  await metrics();
  const few = await metrics();
  expect(few("degraded")).toEqual({ "": 0 });
  expect(sumOf(few("sockets"))).toBe(700);
  expect(sumOf(few("port_sockets"))).toBe(700);
  expect((await fetch(`${server.urls[0]}api/v1/sockets`)).status).toBe(200);

  // The kernel told of fewer than there are: a look finds it, the next one is none.
  write(1500, 10);
  await metrics();
  expect((await metrics())("degraded")).toEqual({ "": 1 });
});

it("the limit is left well below where it is reached", () => {
  let least: number | undefined = 100;
  const many = new TooMany(100, () => least);
  expect(many.ask()).toBe(false);
  least = 101;
  expect(many.ask()).toBe(true);
  least = 81;
  expect(many.ask()).toBe(true);
  least = 80;
  expect(many.ask()).toBe(false);
  least = undefined;
  many.found(101);
  expect(many.ask()).toBe(true);
  many.found(80);
  expect(many.ask()).toBe(false);
});
